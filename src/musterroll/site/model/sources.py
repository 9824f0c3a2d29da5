"""Every source: what it is, how much of it was read, and which numbers it supports or contradicts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from musterroll.record.rows import Evidence
from musterroll.release.changelog.words import days
from musterroll.release.metadata.saying import as_url
from musterroll.site.addresses import anchor, of_row
from musterroll.site.model.words import code_in_words
from musterroll.site.subject import Subject

STANCES: Mapping[str, str] = {"supports": "Supports", "conflicts": "Contradicts", "context": "Gives context to"}


@dataclass(frozen=True)
class Saying:
    """What a source says of one field of one row."""

    row: str
    field: str
    value: str
    address: str
    is_preferred: bool
    is_deprecated: bool


@dataclass(frozen=True)
class Source:
    """A source; `url` and `archive` are links only if they are web addresses."""

    id: str
    anchor: str
    title: str
    type: str
    facts: tuple[str, ...]
    url: str | None
    archive: str | None
    note: str
    published: str
    sayings: Mapping[str, tuple[Saying, ...]]

    @property
    def cited(self) -> int:
        """How often the record cites it."""
        return sum(map(len, self.sayings.values()))


def sources(subject: Subject) -> Iterator[Source]:
    """All sources, the newest first; undated ones last."""
    table, said = subject.table("sources"), _said(subject)
    published = subject.record.published
    found = []
    for row in range(len(table.rows)):
        id, cells = table.cell(row, "source_id"), {name: table.cell(row, name) for name in table.header}
        when = published[id]
        found.append(
            Source(
                id=id,
                anchor=anchor(id),
                title=cells["title"],
                type=code_in_words(cells["type"]),
                facts=tuple(_facts(cells, days(when) if when.latest or when.earliest else "undated")),
                url=as_url(cells["url"]),
                archive=as_url(cells["archive_url"]),
                note=cells["note"],
                published=str(when.latest or when.earliest or ""),
                sayings=said.get(id, {}),
            )
        )
    yield from sorted(found, key=lambda each: (each.published, each.id), reverse=True)


def _facts(cells: Mapping[str, str], published: str) -> Iterator[str]:
    yield from filter(None, [cells["publisher"], published, code_in_words(cells["type"])])
    if cells["language"] and cells["language"] != "en":
        yield f"language: {cells['language']}"
    yield f"read: {code_in_words(cells['read_extent'])}"


def _said(subject: Subject) -> Mapping[str, Mapping[str, tuple[Saying, ...]]]:
    """By source and stance; stances in the order in which they are shown."""
    found: dict[str, dict[str, list[Saying]]] = {}
    for item in subject.record.evidence:
        by_stance = found.setdefault(item.source, {stance: [] for stance in STANCES})
        by_stance.setdefault(item.stance, []).append(_saying(item))
    return {
        source: {stance: tuple(items) for stance, items in by_stance.items() if items}
        for source, by_stance in found.items()
    }


def _saying(item: Evidence) -> Saying:
    return Saying(
        row=item.of if item.revision is None else f"{item.of}/{item.revision}",
        field=code_in_words(item.field),
        value=item.value,
        address=of_row(item.table, item.of, item.revision),
        is_preferred=item.rank == "preferred",
        is_deprecated=item.rank == "deprecated",
    )
