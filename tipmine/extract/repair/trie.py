"""The word list as a tree of letters (trie), built only where texts need it.

Building the whole tree of 100,000 words takes half a second and 60 MB, and a text needs only a small part of it. Each
node knows the range of the sorted word list that begins with its letters, and makes a child when it is first needed;
after that, a step is one dictionary look-up.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence

_RARE = 13.0
"""Cost from which a word is rare."""
_RARE_EXTRA = 8.0
"""Extra cost of a rare word that arises only by a repair."""
_AFTER_ALL = "\uffff"


class Node(dict[str, "Node | None"]):
    """The letters so far: `node[letter]` is the node one letter on, or None if no word begins in this way.

    `cost` is the cost of the letters as a word, 0.0 if they are only the beginning of one; `depth` counts them.
    """

    __slots__ = ("_costs", "_high", "_likeliest", "_low", "_strict", "_surcharge", "_words", "cost", "depth")

    def __init__(
        self,
        words: Sequence[str],
        costs: Mapping[str, float],
        low: int,
        high: int,
        depth: int,
        cost: float,
        strict: bool = False,
    ) -> None:
        super().__init__()
        self._words, self._costs = words, costs
        self._low, self._high, self.depth = low, high, depth
        self.cost = cost
        self._surcharge = strict
        self._strict: Node | None = None
        self._likeliest: float | None = None

    def strict(self) -> Node:
        """This node in a tree in which rare words cost more, for words that arise only by a repair."""
        if self._surcharge:
            return self
        if self._strict is None:
            cost = _strict_cost(self.cost)
            bounds = (self._low, self._high, self.depth)
            self._strict = Node(self._words, self._costs, *bounds, cost, strict=True)
        return self._strict

    def likeliest(self) -> float:
        """The cost of the commonest word that begins with these letters."""
        if self._likeliest is None:
            self._likeliest = min(self._costs[word] for word in self._words[self._low : self._high])
        return self._likeliest

    # Nodes are keys of the decoder's states: one node is one state.
    __hash__ = object.__hash__  # type: ignore[assignment]
    __eq__ = object.__eq__
    __ne__ = object.__ne__

    def __missing__(self, char: str) -> Node | None:
        letters = self._words[self._low][: self.depth] + char
        low = bisect_left(self._words, letters, self._low, self._high)
        high = bisect_left(self._words, letters + _AFTER_ALL, low, self._high)
        child = None
        if low < high:
            cost = self._costs[letters] if self._words[low] == letters else 0.0
            if self._surcharge:
                cost = _strict_cost(cost)
            child = Node(self._words, self._costs, low, high, self.depth + 1, cost, strict=self._surcharge)
        self[char] = child
        return child


def _strict_cost(cost: float) -> float:
    return cost + _RARE_EXTRA if cost > _RARE else cost


def grow(costs: Mapping[str, float]) -> Node:
    """The root of the tree of all words of `costs`, which must not be empty."""
    words = sorted(costs)
    return Node(words, costs, 0, len(words), 0, 0.0)
