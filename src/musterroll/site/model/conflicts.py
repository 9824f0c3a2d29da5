"""Where sources disagree, what was chosen, and why; and what was set aside."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from musterroll.record.claims import Claim, claims, subject_of
from musterroll.record.record import NUMBER_STEMS
from musterroll.record.rows import Evidence
from musterroll.release.changelog.words import days
from musterroll.site.addresses import anchor, of_conflict, of_row, of_source
from musterroll.site.model.lines import DATE_STEMS, line
from musterroll.site.model.rows import heading, source_titles
from musterroll.site.model.words import code_in_words
from musterroll.site.subject import Subject

WHOLE, EVENTS = "The missions as a whole", "Events"
_RANKS = ("preferred", "normal", "deprecated")
_STANCES = ("supports", "conflicts", "context")


@dataclass(frozen=True)
class Voice:
    """What one source says, how it is ranked, why, and where it says so; `address` is its place among the evidence."""

    value: str
    stance: str
    rank: str
    reason: str
    source: str
    source_address: str
    published: str
    locator: str
    id: str
    address: str


@dataclass(frozen=True)
class Dispute:
    """All that is said of one field of one row, what the record has, and why: the reason of what was preferred."""

    anchor: str
    heading: str
    row: str
    address: str
    field: str
    chosen: str
    voices: tuple[Voice, ...]
    set_aside: tuple[Voice, ...]

    @property
    def is_open(self) -> bool:
        """Whether credible sources disagree; else all that disagrees was set aside."""
        return any(voice.stance == "conflicts" for voice in self.voices)


@dataclass(frozen=True)
class Topic:
    """The disputes about a country, about the missions as a whole, or about events."""

    anchor: str
    title: str
    disputes: tuple[Dispute, ...]


def topics(subject: Subject) -> list[Topic]:
    """Every field about which sources disagree or of which evidence was set aside, by what it is about.

    What is still open comes first.
    """
    found: dict[tuple[str, str], list[Dispute]] = {}
    titles = source_titles(subject)
    owners = dict(zip(*map(subject.table("commitments").column, ("commitment_id", "country_code")), strict=True))
    for claim in claims(subject.record):
        if any(item.stance == "conflicts" or item.rank == "deprecated" for item in claim.own):
            found.setdefault(_topic(subject, claim, owners), []).append(_dispute(subject, claim, titles))
    order = sorted(found, key=lambda topic: (topic[1] in (WHOLE, EVENTS), topic[1] == EVENTS, topic[1]))
    return [Topic(*topic, tuple(sorted(found[topic], key=lambda it: not it.is_open))) for topic in order]


def _topic(subject: Subject, claim: Claim, owners: Mapping[str, str]) -> tuple[str, str]:
    cells = line(subject, claim.table, claim.row).cells
    if "event_id" in cells:
        return "events", EVENTS
    code = cells.get("country_code") or (
        owners.get(cells["commitment_id"], "") if claim.table.name == "conditions" else ""
    )
    return (anchor(code), subject.names.get(code, code)) if code else ("whole", WHOLE)


def _dispute(subject: Subject, claim: Claim, titles: Mapping[str, str]) -> Dispute:
    table, row_id, revision = subject_of(claim.table, claim.row)
    it = line(subject, claim.table, claim.row)
    voices = [_voice(subject, item, titles) for item in sorted(claim.evidence, key=_order)]
    return Dispute(
        anchor=of_conflict(table, row_id, revision, claim.field).partition("#")[2],
        heading=heading(subject, claim.table, claim.row),
        row=it.id,
        address=of_row(table, row_id, revision),
        field=code_in_words(claim.field) if claim.field else "the row as a whole",
        chosen=_chosen(claim, it.number, it.when),
        voices=tuple(voice for voice in voices if voice.rank != "deprecated"),
        set_aside=tuple(voice for voice in voices if voice.rank == "deprecated"),
    )


def _chosen(claim: Claim, number: str, when: str) -> str:
    """What the record has, in its notation."""
    if claim.field == NUMBER_STEMS.get(claim.table.name):
        return f"{number} (disputed)" if claim.values[-1] == "disputed" else number
    if claim.field == DATE_STEMS.get(claim.table.name):
        return when
    return " ".join(filter(None, claim.values)) if claim.field else ""


def _order(item: Evidence) -> tuple[int, int, int]:
    return _RANKS.index(item.rank), _STANCES.index(item.stance), item.row


def _voice(subject: Subject, item: Evidence, titles: Mapping[str, str]) -> Voice:
    evidence = subject.table("evidence")
    id, when = evidence.cell(item.row, "evidence_id"), subject.record.published.get(item.source)
    return Voice(
        value=item.value,
        stance=item.stance,
        rank=item.rank,
        reason=evidence.cell(item.row, "reason"),
        source=titles.get(item.source, item.source),
        source_address=of_source(item.source),
        published=days(when) if when and (when.earliest or when.latest) else "undated",
        locator=evidence.cell(item.row, "locator"),
        id=id,
        address=f"{of_row(item.table, item.of, item.revision).partition('#')[0]}#{anchor(id)}",
    )


def counts(found: list[Topic]) -> Iterator[int]:
    """How many disputes are open, and how many pieces of evidence were set aside."""
    every = [dispute for topic in found for dispute in topic.disputes]
    yield sum(dispute.is_open for dispute in every)
    yield sum(len(dispute.set_aside) for dispute in every)
