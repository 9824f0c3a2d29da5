"""Corrections in words: which row, what it said, what it says now, and what the erratum adds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from musterroll.changes.change import CellChange, Change
from musterroll.changes.corrections import Erratum
from musterroll.record.asserted import DATE_STEMS, NUMBER_STEMS
from musterroll.release.changelog.gathered import Corrected
from musterroll.release.changelog.markdown import ID, inert, name
from musterroll.release.changelog.subject import Subject
from musterroll.release.changelog.words import Row, days, number_in, window_in

CAUSES: Mapping[str, str] = {
    "we_were_wrong": "Corrections: we were wrong",
    "source_changed": "Corrections: a source changed",
    "world_changed": "Corrections: the world changed",
    "": "Changes whose cause no erratum gives",
}


def corrected(subject: Subject, item: Corrected) -> str:
    """`**Kenya**, arrival D-0002: people 200 → 217 (X-0001). Some were left out.`"""
    told = "; ".join(_before_after(item.change, stem, cells) for stem, cells in item.cells.items())
    if not told:
        told = "the row is new" if item.change.kind == "row_added" else "the row is gone"
    return f"{named(subject, item.change)}: {told}{_because(item.erratum)}"


def named(subject: Subject, change: Change) -> str:
    """The row that changed, in words."""
    row, id = change.row or {}, inert("/".join(change.key.values()), ID)
    what = _NAMES.get(change.table or "")
    if what is None:
        return f"{name(change.table or '')} {id}"
    if change.table == "commitments":
        id = f"{inert(row.get('commitment_id', ''), ID)}, revision {inert(row.get('revision', ''), ID)}"
    if change.table == "deployments":
        what = inert(row.get("movement", what).replace("_", " "))
    belongs = inert(row.get(_BELONGS.get(change.table or "", ""), ""), ID)
    told = f"{what} {id}{f' of {belongs}' if belongs else ''}"
    country = row.get("country_code") if change.table != "countries" else None
    return f"**{subject.country(country)}**, {told}" if country else f"{told[:1].upper()}{told[1:]}"


_NAMES = {
    "missions": "mission",
    "commitments": "pledge",
    "conditions": "condition",
    "contributions": "contribution",
    "deployments": "movement",
    "strengths": "reported strength",
    "events": "event",
    "event_figures": "figure",
    "countries": "country",
    "sources": "source",
}
_BELONGS = {"conditions": "commitment_id", "event_figures": "event_id"}


def _before_after(change: Change, stem: str, cells: Sequence[CellChange]) -> str:
    after: Row = change.row or {}
    before = {**after, **{cell.field: cell.old or "" for cell in cells}}
    texts = [_text(row, stem) for row in (before, after)]
    if None in texts or texts[0] == texts[1]:
        return ", ".join(map(_cell, cells))
    return f"{_STEMS[stem]} {texts[0]} → {texts[1]}"


def _text(row: Row, stem: str) -> str | None:
    """A number or a date in one notation; None for everything else."""
    if stem in NUMBER_STEMS:
        return number_in(row, stem)
    window = window_in(row, stem) if stem in DATE_STEMS else None
    return None if window is None else days(window)


_STEMS = {
    "personnel": "people",
    "amount": "amount",
    "figure": "number",
    "date": "date",
    "announced": "announced",
    "as_of": "as of",
}


def _cell(cell: CellChange) -> str:
    one, two = (f"“{inert(text)}”" if text else "empty" for text in (cell.old, cell.new))
    return f"{name(cell.field)} {one} → {two}"


def _because(erratum: Erratum | None) -> str:
    """Which erratum says why, and its note as a sentence of its own."""
    if erratum is None:
        return "."
    return f" ({inert(erratum.id, ID)}). {inert(erratum.note)}".rstrip()
