"""Finds themes: sets empty utterances aside, clusters the rest, trims groups, names them and chooses quotations."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from tipmine.ids import content_id
from tipmine.lexical.wordlists import content_words
from tipmine.records import DEFAULT_SEED, Member, TextUnit, Theme, ThemeSet
from tipmine.themes.bertopic_model import topic_terms
from tipmine.themes.consensus import consensus, stability
from tipmine.themes.figures import theme_figures
from tipmine.themes.labels import IdeaNames, clean_terms, label, thesaurus_words
from tipmine.themes.prepare import check_ids, set_aside
from tipmine.themes.quotes import choose_quotes
from tipmine.themes.vectors import theme_vectors
from tipmine.threads import one_thread

MIN_SIZE = 3
"""Fewest utterances of a theme."""
MIN_DOCS = 2
"""Fewest transcripts from which a theme's utterances must come, if the corpus has that many."""
LEAST_STABILITY = 0.5
"""Least stability (mean best Jaccard index) of a theme shown as a finding. Lower: chance groups are shown."""
LEAST_LIKENESS = 0.05
"""Least mean cosine between the utterances of two groups for a group from a single transcript to join the other as a
whole. Higher leaves more ungrouped, lower joins different matters: over ten studies the mean agreement with gold (ARI)
is .48 with 0, .49 with .05, .47 with .1, and .475 if none join."""
LEAST_COSINE = 0.15
"""Least cosine to the centre of its theme for an utterance to be grouped. Higher leaves more ungrouped."""
SECOND_SHARE = 0.9
"""An utterance belongs to a second theme too if its cosine to that theme is at least this share of the highest one."""
LEAST_SECOND_COSINE = 0.45
"""Least cosine to a second theme. Lower puts more utterances into two themes."""
FEWEST_UTTERANCES = 6
"""With fewer utterances than this, no themes are sought; all stay ungrouped."""
GUIDE_WEIGHT = 1.0
"""Length of the dimension that marks a guide's words; an utterance's vector has length 1. Higher: only words decide."""
LEAST_GUIDED_SHARE = 0.5
"""Least share of a theme's utterances with a guide's words for the theme to take the guide's name."""
FEWEST_TERMS = 3
"""If a theme has at least this many terms that occur in two transcripts, its other terms are dropped."""
TERM_TURNS = 2
"""Fewest turns of a theme that must hold a term unknown to the thesaurus. Lower: fragments of words are shown."""
ID_MEMBERS = 8
"""Number of strongest members whose ids make up the theme's id; reruns thus give the same id."""


@dataclass(frozen=True)
class _Group:
    """Utterances of a prospective theme, by index; each weight is the cosine to the group's centre."""

    members: tuple[int, ...]
    weights: Mapping[int, float]


@one_thread()
def find_themes(
    units: Sequence[TextUnit],
    *,
    seed: int = DEFAULT_SEED,
    vectors: str = "",
    guides: Mapping[str, Sequence[str]] | None = None,
) -> ThemeSet:
    """The themes of these utterances, largest first.

    `units` must be in the order of their conversations. `vectors` names a local embedding model folder. `guides` are an
    analyst's seed words by name: utterances that hold them are drawn together, and groups in which at least half the
    utterances hold them become one theme of that name. Raises RecordError if two units have the same id.
    """
    check_ids(units)
    aside = set_aside(units)
    kept = [index for index, unit in enumerate(units) if unit.id not in aside]
    if len(kept) < FEWEST_UTTERANCES:
        ungrouped = tuple(units[index].id for index in kept)
        return ThemeSet((), ungrouped, aside, theme_figures((), ungrouped, aside))
    points = theme_vectors(units, seed=seed, folder=vectors)[kept]
    spoken = [units[index] for index in kept]
    guide_masks = _guided_by(spoken, guides or {})
    if guide_masks:  # one more dimension per guide moves utterances with its words towards each other
        points = np.hstack([points, GUIDE_WEIGHT * np.column_stack(list(guide_masks.values())).astype(np.float32)])
    final, runs = consensus(points, [unit.doc for unit in spoken], seed=seed)
    groups = _joined_by_guide(_groups_large_enough(points, final, spoken), guide_masks)
    themes = _themes(groups, spoken, runs, guide_masks)
    grouped = {member.id for theme in themes for member in theme.members}
    outliers = tuple(unit.id for unit in spoken if unit.id not in grouped)
    return ThemeSet(themes, outliers, aside, theme_figures(themes, outliers, aside))


def _guided_by(units: Sequence[TextUnit], guides: Mapping[str, Sequence[str]]) -> dict[str, NDArray[np.bool_]]:
    """Guide name -> for each unit, whether it holds one of the guide's words."""
    return {
        name: np.array([any(word in unit.text for word in words) for unit in units], bool)
        for name, words in guides.items()
    }


def _groups_large_enough(
    points: NDArray[np.float32], labels: NDArray[np.int64], units: Sequence[TextUnit]
) -> list[_Group]:
    """Groups with enough utterances and transcripts, including smaller groups that were like them and joined them.

    A group still too small is dissolved; each of its utterances joins the nearest of these groups, if near enough.
    """
    rows = points / np.maximum(np.linalg.norm(points, axis=1, keepdims=True), 1e-9)
    docs = [unit.doc for unit in units]
    fewest = _fewest_docs(docs)
    large = [inside for inside in _small_groups_joined(rows, labels, docs) if _is_large_enough(inside, docs, fewest)]
    if not large:
        return []
    centres = np.array([points[inside].mean(axis=0) for inside in large])
    centres /= np.maximum(np.linalg.norm(centres, axis=1, keepdims=True), 1e-9)
    cosines = rows @ centres.T
    home = cosines.argmax(axis=1)
    for column, inside in enumerate(large):
        home[inside] = column
    return _with_distinct_ids(_groups_by_cosine(cosines, home), units)


def _groups_by_cosine(cosines: NDArray[np.float32], home: NDArray[np.int64]) -> list[_Group]:
    """The groups with at least MIN_SIZE utterances, each with those that belong to it in the second place.

    `cosines` are those of utterances (rows) to the centres of groups (columns), `home` is each utterance's own group.
    """
    at_home = cosines[np.arange(len(cosines)), home]
    grouped = at_home >= LEAST_COSINE
    groups = []
    for column in range(cosines.shape[1]):
        primary = (home == column) & grouped
        near_enough = cosines[:, column] >= np.maximum(SECOND_SHARE * at_home, LEAST_SECOND_COSINE)
        secondary = (home != column) & near_enough & grouped
        if primary.sum() >= MIN_SIZE:
            members = tuple(int(index) for index in np.flatnonzero(primary | secondary))
            weights = {index: round(float(min(1.0, max(0.0, cosines[index, column]))), 4) for index in members}
            groups.append(_Group(members, weights))
    return groups


def _small_groups_joined(
    rows: NDArray[np.float32], labels: NDArray[np.int64], docs: Sequence[str]
) -> list[NDArray[np.int64]]:
    """The groups as indices, after those too small to stand alone have joined others as a whole, the most alike first.

    `rows` are the utterances as vectors of length 1. A question and its answers are alike, so a matter that two
    transcripts speak of is often found as two groups. Whole groups match each other more reliably than single
    utterances do.
    """
    fewest = _fewest_docs(docs)
    groups = [np.flatnonzero(labels == name) for name in np.unique(labels)]
    sources = [{docs[int(index)] for index in inside} for inside in groups]
    while True:
        weak = [not _is_large_enough(inside, docs, fewest) for inside in groups]
        means = np.array([rows[inside].mean(axis=0) for inside in groups])
        pairs = [
            (float(means[one] @ means[other]), one, other)
            for one, other in combinations(range(len(groups)), 2)
            if (weak[one] or weak[other]) and len(sources[one] | sources[other]) >= fewest
        ]
        likeness, one, other = max(pairs, default=(-1.0, 0, 0))
        if likeness < LEAST_LIKENESS:
            return groups
        groups[one] = np.concatenate([groups[one], groups.pop(other)])
        sources[one] |= sources.pop(other)


def _is_large_enough(inside: NDArray[np.int64], docs: Sequence[str], fewest: int) -> bool:
    """Whether a group has enough utterances, from at least `fewest` transcripts."""
    return len(inside) >= MIN_SIZE and len({docs[int(index)] for index in inside}) >= fewest


def _fewest_docs(docs: Sequence[str]) -> int:
    """Fewest transcripts from which a group must come, in a corpus whose utterances come from `docs`."""
    return min(MIN_DOCS, len(set(docs)))


def _with_distinct_ids(groups: Sequence[_Group], units: Sequence[TextUnit]) -> list[_Group]:
    """The groups, with those that have the same strongest members joined, since their themes would have the same id."""
    joined: dict[str, list[_Group]] = {}
    for group in groups:
        joined.setdefault(_theme_id({units[i].id: group.weights[i] for i in group.members}), []).append(group)
    unions = [_union(parts) for parts in joined.values()]
    # Joining may change the strongest members, so the ids are compared again.
    return unions if len(unions) == len(groups) else _with_distinct_ids(unions, units)


def _theme_id(weights: Mapping[str, float]) -> str:
    return content_id("t", *sorted(sorted(weights, key=lambda member: (-weights[member], member))[:ID_MEMBERS]))


def _themes(
    groups: Sequence[_Group],
    units: Sequence[TextUnit],
    runs: Sequence[NDArray[np.int64]],
    guide_masks: Mapping[str, NDArray[np.bool_]],
) -> tuple[Theme, ...]:
    """The themes of the groups, with terms, label and quotations; stable ones first, then by size.

    `runs` are the clusterings that measure stability, `guide_masks` says which units hold the words of each guide.
    """
    ranked = topic_terms([" ".join(content_words(unit.words)) for unit in units], _main_groups(groups, len(units)))
    names = IdeaNames(units)
    known = thesaurus_words(units)
    many_docs = len({unit.doc for unit in units}) >= MIN_DOCS
    themes = []
    for number, group in enumerate(groups):
        members = [units[index] for index in group.members]
        terms = clean_terms(_recurring_terms(ranked.get(number, ()), members, known, many_docs))
        guide = _guide_of(group, guide_masks)
        ideas = [(guide, 1.0)] if guide else names.of(group.weights)
        theme = _theme(members, group, terms, stability(_mask(group, len(units)), runs), many_docs)
        named = label(members, _weights_by_id(members, group), terms, ideas)
        themes.append(replace(theme, label=named))
    return tuple(sorted(themes, key=lambda theme: (not theme.stable, -theme.size, theme.id)))


def _main_groups(groups: Sequence[_Group], size: int) -> list[int]:
    """For each of `size` utterances the number of the group in which it weighs most (of equals, the first), or -1."""
    main = [-1] * size
    for number, group in enumerate(groups):
        for index in group.members:
            if main[index] < 0 or group.weights[index] > groups[main[index]].weights[index]:
                main[index] = number
    return main


def _joined_by_guide(groups: Sequence[_Group], guide_masks: Mapping[str, NDArray[np.bool_]]) -> list[_Group]:
    """The groups, with those that belong to the same guide joined."""
    joined: dict[str | int, list[_Group]] = {}
    for number, group in enumerate(groups):
        joined.setdefault(_guide_of(group, guide_masks) or number, []).append(group)
    return [_union(parts) for parts in joined.values()]


def _union(groups: Sequence[_Group]) -> _Group:
    weights: dict[int, float] = {}
    for group in groups:
        for index, weight in group.weights.items():
            weights[index] = max(weight, weights.get(index, 0.0))
    return _Group(tuple(sorted(weights)), weights)


def _guide_of(group: _Group, guide_masks: Mapping[str, NDArray[np.bool_]]) -> str:
    """The name of the guide whose words most members hold, if at least `LEAST_GUIDED_SHARE` of them do; else empty."""
    shares = {name: float(mask[list(group.members)].mean()) for name, mask in guide_masks.items()}
    best = max(shares, key=lambda name: shares[name], default="")
    return best if best and shares[best] >= LEAST_GUIDED_SHARE else ""


def _recurring_terms(
    ranked: Sequence[tuple[str, float]], members: Sequence[TextUnit], known: Collection[str], many_docs: bool
) -> Sequence[tuple[str, float]]:
    """The terms that occur in two transcripts; if those are too few, the terms in two turns or among the `known` words.

    A term that occurs in only one turn may be a fragment of a word that the tokenizer did not know.
    """
    docs: dict[str, set[str]] = {}
    turns: Counter[str] = Counter()
    for unit in members:
        for word in set(unit.words):
            docs.setdefault(word, set()).add(unit.doc)
            turns[word] += 1
    shared = [pair for pair in ranked if len(docs.get(pair[0], ())) >= MIN_DOCS]
    if many_docs and len(shared) >= FEWEST_TERMS:
        return shared
    return [pair for pair in ranked if turns[pair[0]] >= TERM_TURNS or pair[0] in known]


def _mask(group: _Group, size: int) -> NDArray[np.bool_]:
    """For each of `size` utterances, whether it is a member of the group."""
    inside = np.zeros(size, bool)
    inside[list(group.members)] = True
    return inside


def _weights_by_id(members: Sequence[TextUnit], group: _Group) -> dict[str, float]:
    return {unit.id: group.weights[index] for unit, index in zip(members, group.members, strict=True)}


def _theme(
    members: Sequence[TextUnit], group: _Group, terms: tuple[str, ...], stability_score: float, many_docs: bool
) -> Theme:
    """The theme of a group, without a label yet; `many_docs` says whether the corpus has MIN_DOCS transcripts."""
    weights = _weights_by_id(members, group)
    docs = tuple(sorted({unit.doc for unit in members}))
    return Theme(
        id=_theme_id(weights),
        label="",
        terms=terms,
        size=len(members),
        docs=docs,
        stability=stability_score,
        members=tuple(Member(unit.id, weights[unit.id]) for unit in members),
        quotes=choose_quotes(members, weights, terms),
        stable=stability_score >= LEAST_STABILITY and (len(docs) >= MIN_DOCS or not many_docs),
    )
