"""An analyst's edits of themes. Each function takes a ThemeSet and returns a new one; other themes keep their ids.

Edits are stored as records that identify a theme by some of its utterances. New transcripts change the ids and members
of themes but not earlier utterances, so `replay` finds the theme again after a rerun.
    {"do": "rename", "theme": ["fg1#3", "fg2#8"], "label": "..."}
    {"do": "merge", "themes": [["fg1#3"], ["fg2#1", "fg2#4"]], "label": "..."}
    {"do": "split", "theme": ["fg1#3"], "members": ["fg1#9", "fg3#2"], "label": "..."}
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from tipmine.errors import UsageError
from tipmine.ids import content_id
from tipmine.records import Member, Quote, TextUnit, Theme, ThemeSet
from tipmine.themes.figures import theme_figures
from tipmine.themes.quotes import choose_quotes

FOUND_AGAIN = 0.5
"""Least share of an edit's utterances that a theme must hold to be the one edited. Lower: the wrong theme is edited."""


def replay(
    themes: ThemeSet, edits: Sequence[Mapping[str, Any]], units: Sequence[TextUnit]
) -> tuple[ThemeSet, list[str]]:
    """The set with all edits applied in order, and a sentence for each that could not be applied, or only in part.

    `units` are the utterances of the themes. Raises UsageError for a record that is not an edit.
    """
    missed: list[str] = []
    for number, edit in enumerate(edits, 1):
        edited = [_find_theme(themes, ids) for ids in _themes_of(edit, f"edit {number}")]
        ids = [theme.id for theme in edited if theme]
        try:
            themes = _applied(themes, edit, ids, units)
        except UsageError as error:
            missed.append(f"edit {number} ({edit['do']}): {error}")
            continue
        if len(ids) < len(edited):
            missed.append(
                f"edit {number} ({edit['do']}): applied to {len(ids)} of {len(edited)} themes; no others found"
            )
    return themes, missed


def _themes_of(edit: Mapping[str, Any], where: str) -> list[list[str]]:
    """For each theme that an edit names, the ids by which it names it. Raises UsageError if `edit` is not an edit."""
    named = edit.get("themes") if edit.get("do") == "merge" else [edit.get("theme")]
    wanted = "do: rename, merge or split; theme or themes; label"
    if edit.get("do") not in {"rename", "merge", "split"} or not isinstance(named, list) or not named:
        raise UsageError(where, "is not an edit", wanted)
    ids_of = [[ids] if isinstance(ids, str) else ids for ids in named]
    if not all(isinstance(ids, list) and ids and all(isinstance(id_, str) for id_ in ids) for ids in ids_of):
        raise UsageError(where, "a theme must be named by ids of its utterances", wanted)
    return ids_of


def _applied(themes: ThemeSet, edit: Mapping[str, Any], ids: Sequence[str], units: Sequence[TextUnit]) -> ThemeSet:
    """The set after one edit of the themes `ids`. Raises UsageError if it cannot be applied."""
    label = str(edit.get("label") or "")
    merges = edit["do"] == "merge"
    if len(ids) < (min(2, len(edit["themes"])) if merges else 1):
        raise UsageError("theme", "no theme holds the utterances named", "ids of utterances of one theme")
    if merges:
        if len(set(ids)) == 1 and len(ids) > 1:  # the rerun has already merged them
            return rename(themes, ids[0], label) if label else themes
        return merge(themes, ids, label)
    if not label:
        raise UsageError("label", "a theme would have no name", "a label")
    if edit["do"] == "split":
        return split(themes, ids[0], [str(member) for member in edit.get("members") or ()], label, units)
    return rename(themes, ids[0], label)


def _find_theme(themes: ThemeSet, ids: Sequence[str]) -> Theme | None:
    """The theme that holds most of these utterances (at least `FOUND_AGAIN`); else one whose own id is among `ids`."""
    shares = {
        theme.id: len({member.id for member in theme.members} & set(ids)) / len(set(ids)) for theme in themes.themes
    }
    best = max(themes.themes, key=lambda theme: shares[theme.id], default=None)
    if best and shares[best.id] >= FOUND_AGAIN:
        return best
    return next((theme for theme in themes.themes if theme.id in ids), None)


def keep_ids(themes: ThemeSet, before: Sequence[Theme]) -> ThemeSet:
    """The set with the ids of `before`: a theme that holds most utterances of an earlier theme takes its id.

    Ids are derived from the strongest utterances, which a new transcript may change. Without this, the labels that
    people gave by id would be lost.
    """
    earlier = {theme.id for theme in before}
    for old in before:
        again = _find_theme(themes, [member.id for member in old.members])
        if again and again.id not in earlier and old.id not in {theme.id for theme in themes.themes}:
            kept = (replace(theme, id=old.id) if theme is again else theme for theme in themes.themes)
            themes = replace(themes, themes=tuple(kept))
    return themes


def read_themes(record: Mapping[str, Any], subject: str = "themes") -> ThemeSet:
    """A ThemeSet from the record that `as_json` wrote. Raises UsageError about `subject` for any other record."""
    try:
        themes = tuple(
            replace(
                Theme(**theme),
                terms=_tuple(theme["terms"]),
                docs=_tuple(theme["docs"]),
                members=tuple(Member(**member) for member in _tuple(theme["members"])),
                quotes=tuple(Quote(**quote) for quote in _tuple(theme["quotes"])),
            )
            for theme in _tuple(record["themes"])
        )
        theme_set = ThemeSet(themes, _tuple(record["outliers"]), {**record["set_aside"]}, {**record["figures"]})
        _check_values(theme_set)
    except (KeyError, TypeError) as error:
        raise UsageError(subject, "not themes as `tipmine themes` writes them", "its JSON file") from error
    return theme_set


def _tuple(values: Any) -> tuple[Any, ...]:
    """A list of JSON as a tuple. Raises TypeError for anything else."""
    if not isinstance(values, list):
        raise TypeError(values)
    return tuple(values)


def _check_values(themes: ThemeSet) -> None:
    """Raises TypeError if a text of the themes is no text, or a number no number."""
    texts: list[Any] = [*themes.outliers, *themes.set_aside.values()]
    numbers: list[Any] = [*themes.figures.values()]
    for theme in themes.themes:
        texts += [theme.id, theme.label, *theme.terms, *theme.docs]
        texts += [*(member.id for member in theme.members), *(quote.id for quote in theme.quotes)]
        numbers += [theme.size, theme.stability, *(member.weight for member in theme.members)]
        numbers += [offset for quote in theme.quotes for offset in (quote.start, quote.end)]
    if not all(isinstance(text, str) for text in texts) or not all(isinstance(n, int | float) for n in numbers):
        raise TypeError


def rename(themes: ThemeSet, theme: str, label: str) -> ThemeSet:
    """The set with `label` as the label of the theme with the id `theme`."""
    _theme_by_id(themes, theme)
    return replace(themes, themes=tuple(replace(t, label=label) if t.id == theme else t for t in themes.themes))


def merge(themes: ThemeSet, ids: Sequence[str], label: str = "") -> ThemeSet:
    """The set with these themes merged into the first, which keeps its id and, without `label`, its label."""
    parts = [_theme_by_id(themes, id_) for id_ in dict.fromkeys(ids)]
    if len(parts) < 2:
        raise UsageError(", ".join(ids), "one theme alone cannot be merged", "two or more theme ids")
    weights: dict[str, float] = {}
    for part in parts:
        for member in part.members:
            weights[member.id] = max(member.weight, weights.get(member.id, 0.0))
    whole = replace(
        parts[0],
        label=label or parts[0].label,
        terms=tuple(dict.fromkeys(term for part in parts for term in part.terms)),
        size=len(weights),
        docs=tuple(sorted({doc for part in parts for doc in part.docs})),
        stability=min(part.stability for part in parts),
        members=tuple(Member(id_, weight) for id_, weight in weights.items()),
        quotes=tuple(dict.fromkeys(quote for part in parts for quote in part.quotes)),
        stable=True,  # a person decided it
    )
    gone = {part.id for part in parts[1:]}
    return _with_themes(
        themes, [whole if theme.id == whole.id else theme for theme in themes.themes if theme.id not in gone]
    )


def split(themes: ThemeSet, theme: str, members: Collection[str], label: str, units: Sequence[TextUnit]) -> ThemeSet:
    """The set with these members of a theme moved to a new theme right after it.

    Each part gets the transcripts, terms and quotations of its own utterances, which must be among `units`. Both keep
    the stability of the whole, since the runs did not look for the parts.
    """
    whole = _theme_by_id(themes, theme)
    moved = {member.id for member in whole.members} & set(members)
    left = {member.id for member in whole.members} - moved
    if not moved or not left:
        raise UsageError(theme, "a split must take some members and leave some", "ids of members of the theme")
    unit_of = {unit.id: unit for unit in units}
    unknown = sorted((moved | left) - set(unit_of))
    if unknown:
        raise UsageError(theme, f"utterances of it are not given: {', '.join(unknown)}", "all utterances of the theme")
    part = _restricted(whole, moved, content_id("t", *sorted(moved)), label, unit_of)
    rest = _restricted(whole, left, whole.id, whole.label, unit_of)
    return _with_themes(themes, [piece for t in themes.themes for piece in ((rest, part) if t.id == theme else (t,))])


def _with_themes(themes: ThemeSet, edited: Sequence[Theme]) -> ThemeSet:
    figures = theme_figures(edited, themes.outliers, themes.set_aside)
    return replace(themes, themes=tuple(edited), figures=figures)


def _restricted(whole: Theme, ids: Collection[str], id_: str, label: str, unit_of: Mapping[str, TextUnit]) -> Theme:
    members = tuple(member for member in whole.members if member.id in ids)
    units = [unit_of[member.id] for member in members]
    words = {word for unit in units for word in unit.words}
    terms = tuple(term for term in whole.terms if term in words)
    return replace(
        whole,
        id=id_,
        label=label,
        terms=terms,
        size=len(members),
        docs=tuple(sorted({unit.doc for unit in units})),
        members=members,
        quotes=choose_quotes(units, {member.id: member.weight for member in members}, terms),
        stable=True,  # a person decided it
    )


def _theme_by_id(themes: ThemeSet, id_: str) -> Theme:
    for theme in themes.themes:
        if theme.id == id_:
            return theme
    raise UsageError(id_, "no such theme", ", ".join(theme.id for theme in themes.themes))
