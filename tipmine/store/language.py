"""The query language: parses a query into terms (`marks.py` finds them in a passage).

| written | means |
|---|---|
| `ล่าม ผู้เสียหาย`, `ล่าม AND ผู้เสียหาย` | both, anywhere in the passage; each is split into words that must be adjacent |
| `"การคัดแยกผู้เสียหาย"`, `"นา"` | exactly these letters, wherever words begin and end: นา in นาย, too |
| `ล่าม OR คนแปล` | one of them |
| `(ล่าม OR คนแปล) ตำรวจ` | brackets group; in any depth |
| `-ตำรวจ`, `-(ตำรวจ OR อัยการ)`, `ล่าม NOT ตำรวจ` | not this |
| `คุ้มครอง*` | words with this beginning |
| `ล่าม NEAR/5 ตำรวจ` | both, in either order, with at most five words between them |
| `(ล่าม OR แปล*) NEAR/5 "สถานีตำรวจ"` | likewise for alternatives, beginnings of words and quotations |
| `~ล่าม` | this, or any synonym in the thesaurus |
| `pillar:protection year:2567` | passages with this value of a facet; several values of one facet are alternatives |

`OR` binds less tightly than adjacency; NEAR, `-` and NOT bind more tightly. Operators are in capitals; in quotation
marks they are letters. The sides of a NEAR may be prefixes, quotations (there only their words count) and alternatives
in brackets; `-a NEAR b` excludes passages with both close together. An abbreviation matches with and without full
stops; Thai and Arabic digits are equal, and so are Latin capitals and small letters, in quotations too; so is there
MAI YAMOK with and without a space before it. A word is also found as a part of a compound that the dictionary has as
one word (`compounds.py`): ค้ามนุษย์ in การค้ามนุษย์. Unclosed quotation marks and brackets, operators without operands and
lone punctuation are ignored; a query of nothing else is refused. Between quotation marks, a quotation mark or backslash
after a backslash is meant literally.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from tipmine.errors import QuestionError
from tipmine.store.forms import index_words
from tipmine.store.index import FACETS
from tipmine.store.terms import Term

NEAR_WORDS = 10
"""Most words between the two sides of a NEAR without a number."""
_MOST_NEAR = 100
"""Largest number of words that a NEAR can ask for; a larger one is reduced to this."""
MOST_LETTERS = 5_000
"""Longest query in code points. Real queries have a hundred or so."""
_MOST_ALTERNATIVES = 500
"""Most alternatives of a query after its brackets are expanded. Higher: searching is slow."""
_MOST_TERMS = 20_000
"""Most terms in all alternatives together. Higher: searching is slow."""
_TOKEN = re.compile(
    r"(?P<open>-?\()|(?P<close>\))|(?P<minus>-?)(?P<wide>~?)"
    rf'(?:(?P<facet>{"|".join(FACETS)}):)?(?:"(?P<quoted>(?:[^"\\]|\\["\\]|\\(?!["\\]))*)"|(?P<bare>[^\s()]+))'
)
_ESCAPED = re.compile(r'\\(["\\])')
_BARE = re.compile(r'[^\s()"]+')
_NEAR = re.compile(r"NEAR(?:/(\d{1,4}))?")
_IGNORED = ("Cc", "Cf", "Cs", "Co", "Cn")
"""Unicode categories to ignore in a query: controls, invisible formatting, surrogates, unassigned characters."""
Alternatives = list[list[Term]]
"""Alternatives: a passage must match all terms of at least one group."""


def parse(text: str) -> Alternatives:
    """Parse a query into groups of terms; a passage must match all terms of at least one group. Facets are left out.

    An empty query has no groups. Raises QuestionError for one that is too long, expands to too many alternatives, or is
    written but has nothing to search for.

    >>> [[term.letters for term in group] for group in parse('"a b" c OR d kind:plan')]
    [['a b', 'c'], ['d']]
    >>> [[term.letters for term in group] for group in parse("(a OR b) c")]
    [['a', 'c'], ['b', 'c']]
    """
    levels = [_Level()]
    searched = has_facet = lost = False
    for token in _tokens(text):
        bare, operator = token["bare"] or "", _operator(token)
        if token["open"]:
            levels.append(_Level(negative=levels[-1].negated(token["open"].startswith("-"))))
        elif token["close"]:
            if len(levels) > 1:
                _close_bracket(levels)
        elif token["facet"]:
            has_facet = True
        elif operator == "OR":
            levels[-1].end_alternative()
        elif operator == "NOT":
            levels[-1].not_waits = not levels[-1].not_waits
        elif operator == "AND":
            continue
        elif near := _NEAR.fullmatch(operator):
            if levels[-1].near_left:
                levels[-1].distance = min(int(near[1] or NEAR_WORDS), _MOST_NEAR)
        elif term := _term(bool(token["wide"]), _unquoted(token), bare):
            levels[-1].add_operand([[term]], negative=levels[-1].negated(bool(token["minus"])))
            searched = True
        else:
            lost = True
    while len(levels) > 1:
        _close_bracket(levels)
    if not searched and (lost or (not has_facet and _typeable(text).strip())):
        wrong, expected = "there is nothing in it to search for", 'words, or signs in quotation marks, such as "ๆ"'
        raise QuestionError(text.strip(), wrong, expected, code="nothing")
    return levels[0].finish()


def _close_bracket(levels: list[_Level]) -> None:
    """Make the innermost level, of at least two, an operand of the one around it."""
    inner = levels.pop()
    levels[-1].add_operand(inner.finish(), negative=inner.negative)


def _operator(token: re.Match[str]) -> str:
    """The operator that a token is, as it is written; empty for any other token."""
    bare = token["bare"] or ""
    is_one = bare == token[0] and (bare in ("AND", "OR", "NOT") or _NEAR.fullmatch(bare))
    return bare if is_one else ""


@dataclass
class _Level:
    """The state of the parser inside a pair of brackets.

    `complete` are the alternatives before the last OR, `current` is the one being read (several, once its brackets are
    expanded).
    """

    negative: bool = False
    """Whether a minus or NOT before the bracket excludes what is in it."""
    complete: Alternatives = field(default_factory=list)
    current: Alternatives = field(default_factory=lambda: [[]])
    operand: Alternatives = field(default_factory=list)
    """The last operand, or the result of the last ones joined by NEAR."""
    operand_negative: bool = False
    """Whether the last operand, and a NEAR that begins with it, is excluded."""
    near_left: Alternatives = field(default_factory=list)
    """The left side of a NEAR that follows: the last operand alone."""
    distance: int = -1
    """The distance of a NEAR that waits for its right side; negative if no NEAR waits."""
    not_waits: bool = False
    """Whether a NOT waits for what it excludes."""

    def negated(self, minus: bool) -> bool:
        """Whether an operand is excluded, by a minus before it or a waiting NOT, which does not wait any longer."""
        waited, self.not_waits = self.not_waits, False
        return minus != waited

    def add_operand(self, alternatives: Alternatives, *, negative: bool) -> None:
        """Add an operand, joined to the previous one by a waiting NEAR, else adjacent to it.

        `a NEAR b NEAR c` means (a NEAR b) and (b NEAR c): the first pair is kept, the second added. A negated NEAR
        keeps its left side and excludes the pair; a minus before the left side excludes the pair alone.

        >>> def read(text):
        ...     return [(term.letters, term.negative, term.near and term.near.letters) for term in parse(text)[0]]
        >>> read("a NEAR b NEAR c")
        [('a', False, 'b'), ('b', False, 'c')]
        >>> read("a NEAR -b")
        [('a', False, None), ('a', True, 'b')]
        >>> read("-a NEAR b")
        [('a', True, 'b')]
        """
        if not alternatives:
            return
        if self.distance < 0:
            self._settle()
            self.operand, self.operand_negative = alternatives, negative
        else:
            pair = _near(self.near_left, alternatives, self.distance)
            is_first = self.operand is self.near_left
            kept = [[]] if is_first and not negative else self.operand
            self.operand = _all_of(kept, _none_of(pair) if negative else pair)
        self.near_left, self.distance = alternatives, -1

    def end_alternative(self) -> None:
        """Handle an OR: what was read so far is one alternative."""
        self._settle()
        self.complete += [group for group in self.current if group]
        self.current, self.distance, self.not_waits = [[]], -1, False

    def finish(self) -> Alternatives:
        """Close the bracket and return all alternatives."""
        self.end_alternative()
        return self.complete

    def _settle(self) -> None:
        """Join the last operand to the current alternative: no NEAR can follow it any more."""
        if self.operand:
            operand = _none_of(self.operand) if self.operand_negative else self.operand
            self.current = _all_of(self.current, operand)
        self.operand, self.near_left = [], []


def _all_of(left: Alternatives, right: Alternatives) -> Alternatives:
    """What matches both: each alternative of the left with each of the right."""
    terms = len(left) * sum(map(len, right)) + len(right) * sum(map(len, left))
    _check_size(len(left) * len(right), terms)
    groups = [list(dict.fromkeys((*a, *b))) for a in left for b in right]
    # Duplicates are dropped: expanded negated brackets would otherwise repeat the same terms many times.
    return list({frozenset(group): group for group in groups}.values())


def _none_of(alternatives: Alternatives) -> Alternatives:
    """What matches none of the alternatives: at least one term of each does not match (De Morgan)."""
    excluded: Alternatives = [[]]
    for group in alternatives:
        excluded = _all_of(excluded, [[replace(term, negative=not term.negative)] for term in group])
    return excluded


def _near(left: Alternatives, right: Alternatives, distance: int) -> Alternatives:
    """Each term of the left NEAR each term of the right; terms that are negative or a NEAR stay as they are."""
    _check_size(len(left) * len(right), sum(map(len, left)) * sum(map(len, right)))
    pairs = []
    for a in left:
        for b in right:
            unchanged = [term for term in (*a, *b) if term.negative or term.near]
            lefts = [replace(term.near or term, negative=False) for term in a if not term.negative]
            rights = [replace(term, near=None) for term in b if not term.negative]
            joined = [replace(one, near=other, distance=distance) for one in lefts for other in rights]
            pairs.append(unchanged + joined)
    return pairs


def _check_size(alternatives: int, terms: int) -> None:
    """Raises QuestionError for more alternatives, or terms in them, than can be searched for in a reasonable time."""
    if alternatives > _MOST_ALTERNATIVES or terms > _MOST_TERMS:
        raise QuestionError(
            "query",
            "has too many alternatives",
            f"at most {_MOST_ALTERNATIVES} alternatives when its brackets are multiplied out",
            "ask a part of it",
            code="too_many",
            most=_MOST_ALTERNATIVES,
        )


def _tokens(text: str) -> Iterator[re.Match[str]]:
    """The tokens of a query, as matches of `_TOKEN`. Raises QuestionError for one that is too long."""
    if len(text) > MOST_LETTERS:
        raise QuestionError(
            "query",
            f"is too long: {len(text):,} letters",
            f"at most {MOST_LETTERS:,}",
            "ask a part of it",
            code="too_long",
            most=MOST_LETTERS,
        )
    return _TOKEN.finditer(_typeable(text))


def _typeable(text: str) -> str:
    """The text with letters that people can type only: without controls, and with sara am as one letter."""
    kept = "".join(map(_typeable_letter, text))
    return kept.replace("\N{THAI CHARACTER NIKHAHIT}\N{THAI CHARACTER SARA AA}", "\u0e33")


def _typeable_letter(char: str) -> str:
    """The character, a space for a control (a line break), or nothing for others that cannot be typed."""
    category = unicodedata.category(char)
    if category not in _IGNORED:
        return char
    return " " if category == "Cc" else ""


def _term(wide: bool, quoted: str | None, bare: str) -> Term | None:
    """The term of a token; None if there is nothing in it to search for. `wide`: with its synonyms."""
    if quoted is not None:
        return Term(" ".join(quoted.split()), quoted=True) if quoted.strip() else None
    letters = bare.strip('"')
    if index_words([letters]):
        return Term(letters.rstrip("*"), prefix=letters.endswith("*"), widened=wide)
    return None


def _unquoted(token: re.Match[str]) -> str | None:
    """The text between the quotation marks of a token; None if it has no quotation marks."""
    return None if token["quoted"] is None else _ESCAPED.sub(r"\1", token["quoted"])


def quoted(value: str) -> str:
    r"""The value of a facet as written in a query: in quotation marks if it holds signs of the query language.

    Quotation marks and backslashes inside get a backslash before them.

    >>> print(quoted("plan"), quoted("ผู้ให้ข้อมูล 1"), quoted('นาย "ก"'))
    plan "ผู้ให้ข้อมูล 1" "นาย \"ก\""
    """
    return value if _BARE.fullmatch(value) else _in_quotes(value)


def _in_quotes(letters: str) -> str:
    return '"' + letters.replace("\\", "\\\\").replace('"', '\\"') + '"'


def closed(text: str) -> str:
    """A query of the same meaning in which all brackets and quotation marks are paired, so that others can be added.

    Raises QuestionError for a query that is too long.

    >>> closed('1) ล่าม OR (แปล "ตำรวจ'), closed('"สถานี ตำรวจ" -(ก OR ข)')
    ('1 ล่าม OR ( แปล ตำรวจ )', '"สถานี ตำรวจ" -( ก OR ข )')
    """
    pieces: list[str] = []
    depth = 0
    for token in _tokens(text):
        if token["close"] and not depth:
            continue
        depth += bool(token["open"]) - bool(token["close"])
        # An unclosed quotation mark could be closed by one in a query added after it.
        bare = token["bare"].strip('"') if token["bare"] else None
        if bare is None:
            pieces.append(token[0])
        elif bare:
            pieces.append(token[0][: token.start("bare") - token.start()] + bare)
    return " ".join(pieces + [")"] * depth)


def as_letters(text: str) -> str:
    """The query with its plain words in quotation marks, so that they are found inside any other word.

    Excluded words, beginnings, synonyms and facets stay as they are, and so does a query with NEAR, which is about
    words. Raises QuestionError for a query that is too long.

    >>> as_letters("(นา OR ล่าม) -นาย แปล* kind:plan"), as_letters("นา NEAR ล่าม")
    ('( "นา" OR "ล่าม" ) -นาย แปล* kind:plan', 'นา NEAR ล่าม')
    """
    tokens = list(_tokens(closed(text)))
    operators = [_operator(token) for token in tokens]
    if any(_NEAR.fullmatch(operator) for operator in operators):
        return text
    excluded = [False]
    pieces: list[str] = []
    for token, operator, before in zip(tokens, operators, ("", *operators), strict=False):
        if token["open"]:
            excluded.append(excluded[-1] or before == "NOT" or token["open"].startswith("-"))
        elif token["close"]:
            excluded.pop()
        bare = token[0]
        plain = bare == token["bare"] and not operator and not bare.endswith("*") and bool(index_words([bare]))
        pieces.append(_in_quotes(bare) if plain and before != "NOT" and not excluded[-1] else bare)
    return " ".join(pieces)


def facets_of(text: str) -> dict[str, list[str]]:
    """The facet values written in a query. Raises QuestionError for one with a minus or NOT before it.

    >>> facets_of('ล่าม pillar:protection pillar:policy speaker:"ผู้ให้ข้อมูล 1"')
    {'pillar': ['protection', 'policy'], 'speaker': ['ผู้ให้ข้อมูล 1']}
    """
    values_of: dict[str, list[str]] = {}
    before = ""
    for token in _tokens(text):
        operator_before, before = before, _operator(token)
        if token["facet"]:
            if token["minus"] or operator_before == "NOT":
                wrong = "the values of a facet cannot be left out"
                raise QuestionError(token[0], wrong, "the values that are wanted", code="minus", written=token[0])
            values_of.setdefault(token["facet"], []).append(_unquoted(token) or token["bare"] or "")
    return {facet: [value for value in values if value] for facet, values in values_of.items() if any(values)}
