"""What an analyst changes by hand: small functions from one ThemeSet to the next. Ids of untouched themes stay."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from tipmine.errors import UsageError
from tipmine.ids import content_id
from tipmine.records import Member, Theme, ThemeSet


def rename(themes: ThemeSet, theme: str, label: str) -> ThemeSet:
    """The set with another label on one theme."""
    _theme(themes, theme)
    return replace(themes, themes=tuple(replace(t, label=label) if t.id == theme else t for t in themes.themes))


def merge(themes: ThemeSet, ids: Sequence[str], label: str = "") -> ThemeSet:
    """The set with these themes as one; it takes the place, the id and (without `label`) the label of the first."""
    parts = [_theme(themes, id_) for id_ in dict.fromkeys(ids)]
    if len(parts) < 2:
        raise UsageError(", ".join(ids), "one theme cannot be merged", "two or more theme ids")
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
        stable=True,  # a person says so
    )
    gone = {part.id for part in parts[1:]}
    kept = [whole if theme.id == whole.id else theme for theme in themes.themes if theme.id not in gone]
    return replace(themes, themes=tuple(kept))


def split(themes: ThemeSet, theme: str, members: Collection[str], label: str) -> ThemeSet:
    """The set with these members of a theme as a theme of their own, right behind it."""
    whole = _theme(themes, theme)
    taken = [member for member in whole.members if member.id in set(members)]
    if not taken or len(taken) == len(whole.members):
        raise UsageError(theme, "a split must take some members and leave some", "ids of members of the theme")
    part = _restricted(whole, {member.id for member in taken}, content_id("t", *sorted(m.id for m in taken)), label)
    rest = _restricted(whole, {m.id for m in whole.members} - {m.id for m in taken}, whole.id, whole.label)
    found = [piece for t in themes.themes for piece in ((rest, part) if t.id == theme else (t,))]
    return replace(themes, themes=tuple(found))


def _restricted(whole: Theme, ids: Collection[str], id_: str, label: str) -> Theme:
    members = tuple(member for member in whole.members if member.id in ids)
    quotes = tuple(quote for quote in whole.quotes if quote.id in ids)
    return replace(whole, id=id_, label=label, size=len(members), members=members, quotes=quotes, stable=True)


def _theme(themes: ThemeSet, id_: str) -> Theme:
    for theme in themes.themes:
        if theme.id == id_:
            return theme
    raise UsageError(id_, "no such theme", ", ".join(theme.id for theme in themes.themes))
