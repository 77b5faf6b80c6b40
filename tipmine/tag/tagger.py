"""The tagger: passages of one document in, taggings out."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from threadpoolctl import ThreadpoolController

from tipmine.records import ActorTag, Passage, Tagging, Token
from tipmine.tag.abbreviations import by_short_form, find_introductions, find_uses
from tipmine.tag.actors import Identity, Linker, PassageNames, SectorModel, codebook_names
from tipmine.tag.addressees import ASKING, named_above
from tipmine.tag.candidates import Candidate, CandidateFinder, FinderType, split_tokens, with_abbreviations
from tipmine.tag.codebook import UNTAGGED_KINDS
from tipmine.tag.columns import Columns, columns_of
from tipmine.tag.gazetteer import load_gazetteer
from tipmine.tag.labels import labelled_role, without_labels
from tipmine.tag.model_store import check_files, find_model, load_arrays, load_terms
from tipmine.tag.open_names import Name, NameCRF
from tipmine.tag.pillar_tagger import PillarModel, TokensByPassage
from tipmine.tag.pillars import Float64Array
from tipmine.tag.role_context import NamedActor
from tipmine.tag.roles import RoleCRF, below_heading
from tipmine.threads import one_thread


@dataclass(frozen=True, slots=True)
class ActorModel:
    """A trained actor model: finds names, identifies the actors, and decides their roles."""

    names: NameCRF
    roles: RoleCRF
    sectors: SectorModel

    @classmethod
    def load(cls, folder: Path) -> ActorModel:
        """Read a model folder. Raises DamagedFileError if a file has changed since it was written."""
        check_files(folder)
        sectors = SectorModel.restore(load_terms(folder / "sector_letters.txt"), load_arrays(folder / "sectors.skops"))
        return cls(NameCRF(folder / "names.crfsuite"), RoleCRF(folder / "roles.crfsuite"), sectors)


class Tagger:
    """Tags passages with pillars and actors, one document per call."""

    def __init__(self, pillars: PillarModel, actors: ActorModel, finder: FinderType) -> None:
        gazetteer = load_gazetteer()
        self._pillars = pillars
        self._actors = actors
        self._candidates = CandidateFinder(gazetteer, finder)
        self._linker = Linker(gazetteer, actors.sectors)
        # Kept here, since looking for them takes as long as tagging a page. The models have loaded all of them.
        self._libraries = ThreadpoolController()

    def tag(self, passages: Sequence[Passage], tokens: TokensByPassage) -> list[Tagging]:
        """Pillars and actors of one document's passages, in order; `tokens` gives the tokens of each text."""
        with one_thread(self._libraries):
            return self._tag(passages, tokens)

    def _tag(self, passages: Sequence[Passage], tokens: TokensByPassage) -> list[Tagging]:
        pillars = self._pillars.tag(passages, tokens)
        actors = self._tag_actors(passages, tokens)
        return [
            Tagging(passage.id, passage.kind, tags, scores, tagged)
            for passage, (tags, scores), tagged in zip(passages, pillars, actors, strict=True)
        ]

    @property
    def thresholds(self) -> Float64Array:
        """The probability from which each pillar is tagged, in the order of PILLARS."""
        return self._pillars.calibration.thresholds

    def pillar_scores(self, passages: Sequence[Passage], tokens: TokensByPassage) -> Float64Array:
        """The probability of each pillar (column) for each passage (row), without the discount for untagged kinds."""
        return self._pillars.scores(passages, tokens)

    def _tag_actors(self, passages: Sequence[Passage], tokens: TokensByPassage) -> list[tuple[ActorTag, ...]]:
        tagged = [passage.kind not in UNTAGGED_KINDS for passage in passages]
        listed = self._candidates.settle([self._candidates.find(passage.text) for passage in passages])
        # Headings introduce abbreviations as well, so every passage is searched for them.
        known = by_short_form(
            pair
            for passage, candidates in zip(passages, listed, strict=True)
            for pair in find_introductions(passage.text, candidates)
        )
        both = [
            with_abbreviations(candidates, find_uses(passage.text, words, known)) if wanted else []
            for passage, words, candidates, wanted in zip(passages, tokens, listed, tagged, strict=True)
        ]
        cut = [split_tokens(words, candidates) for words, candidates in zip(tokens, both, strict=True)]
        named = [
            PassageNames(passage.text, self._names_in(passage, words, candidates) if wanted else [], candidates)
            for passage, words, candidates, wanted in zip(passages, cut, both, tagged, strict=True)
        ]
        identities = self._linker.identify(named)
        return [
            self._actors_of(passage, words, names.names, who, columns)
            for passage, words, names, who, columns in zip(
                passages, cut, named, identities, columns_of(passages), strict=True
            )
        ]

    def _names_in(self, passage: Passage, words: Sequence[Token], candidates: Sequence[Candidate]) -> list[Name]:
        names = without_labels(passage.text, self._actors.names.names(words, candidates, passage.kind))
        return codebook_names(passage.text, names, candidates)

    def _actors_of(
        self,
        passage: Passage,
        words: Sequence[Token],
        names: Sequence[Name],
        identities: Sequence[Identity],
        columns: Columns,
    ) -> tuple[ActorTag, ...]:
        named = [NamedActor(name.start, name.end, who.sector) for name, who in zip(names, identities, strict=True)]
        decided = self._actors.roles.roles(passage.text, words, named, passage.kind)
        if passage.kind in ASKING and (above := named_above(passage.section)):
            decided = below_heading(passage.text, named, decided, ", ".join(tag.text for tag in above))
        roles = [
            columns.role(name.start) or labelled_role(passage.text, name.start) or role
            for name, role in zip(names, decided, strict=True)
        ]
        return tuple(
            ActorTag(
                start=name.start,
                end=name.end,
                text=passage.text[name.start : name.end],
                actor=who.actor,
                name=who.name,
                sector=who.sector,
                level=who.level,
                role=role.role,
                score=name.score * role.probability,
                reason=f"{who.how}; {role.reason}",
            )
            for name, who, role in zip(names, identities, roles, strict=True)
        )


def load_tagger(folder: Path | None, *, finder: FinderType) -> Tagger:
    """The tagger with the models in `folder` (in `pillars/` and `actors/`, or itself a model), else the shipped ones.

    Raises MissingPartError if there is no model, DamagedFileError if a model file has changed since it was written.
    """
    pillars = PillarModel.load(find_model(folder, "pillars"))
    actors = ActorModel.load(find_model(folder, "actors"))
    return Tagger(pillars, actors, finder)


def model_fingerprint(folder: Path | None) -> str:
    """Sixteen hex digits that change with the models in `folder`, or with the shipped ones.

    Raises DamagedFileError for a damaged model, so that a run stops before its first document.
    """
    digest = hashlib.sha256()
    for kind in ("pillars", "actors"):
        meta = check_files(find_model(folder, kind))
        digest.update(json.dumps(meta.get("files"), sort_keys=True).encode())
    return digest.hexdigest()[:16]
