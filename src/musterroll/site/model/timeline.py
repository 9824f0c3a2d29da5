"""What happened, in the order of time: the events, and what other tables say of pledges, movements and money."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from musterroll.package.table import Table
from musterroll.record.cells import window_of
from musterroll.record.claims import subject_of
from musterroll.record.host import Host
from musterroll.record.profile import SPELLINGS
from musterroll.record.spoken import GIVEN, RECIPIENTS
from musterroll.release.changelog.words import people_in
from musterroll.site.addresses import row_name
from musterroll.site.model.lines import DATE_STEMS, Line, line
from musterroll.site.model.words import code_in_words
from musterroll.site.subject import Subject

TABLES = ("commitments", "conditions", "deployments", "contributions", "events")

# What rows of other tables than events are called on the page, by the code that tells them apart.
KINDS: Mapping[str, str] = {
    "pledge": "Pledges",
    "condition": "Conditions met or failed",
    "arrival": "Arrivals",
    "departure": "Departures",
    "death": "Deaths of members",
    "money": "Money",
    "in_kind": "Equipment, training, logistics",
}
_MOVEMENTS = {"arrival": "arrival", "rotation_in": "arrival", "death": "death"}
_PROMISES = {
    "interest": "showed interest in sending {}",
    "offered": "offered {}",
    "pledged": "promised {}",
    "notified_un": "notified the United Nations of {}",
    "approved": "approved {}",
    "suspended": "put on hold a promise of {}",
    "withdrawn": "took back a promise of {}",
    "declined": "declined to send {}",
    "lapsed": "let lapse a promise of {}",
    "fulfilled": "carried out in full a promise of {}",
}
_MOVES = {
    "arrival": "{} arrived {}",
    "departure": "{} left; they had been {}",
    "rotation_in": "{} arrived {} and relieved as many",
    "rotation_out": "{} left, relieved by as many; they had been {}",
    "death": "{} died {}",
    "unreported_out": "{} must have left, although nobody reported it; they had been {}",
    "all_out": "everybody left who had been {1}",
}


@dataclass(frozen=True)
class Happening:
    """A row as something that happened: its kind, who had part in it, in words, and the years in which it may have."""

    anchor: str
    kind: str
    line: Line
    countries: tuple[str, ...]
    words: str
    years: tuple[int, ...]
    is_imprecise: bool


@dataclass(frozen=True)
class Year:
    """What happened in a year, each at the first day on which it may have been; None: nobody knows when."""

    year: int | None
    happenings: tuple[Happening, ...]


def years(subject: Subject) -> list[Year]:
    """All that happened, by year; what has no date comes last."""
    found = sorted(_happenings(subject), key=_order)
    return [
        Year(int(first) if first else None, tuple(those))
        for first, those in groupby(found, lambda it: it.line.first[:4])
    ]


def kinds(subject: Subject) -> Mapping[str, Mapping[str, str]]:
    """The kinds that can be asked for, by code, under their headings; events by what the schema calls them."""
    events = {f"event-{code}": code_in_words(code).capitalize() for code in subject.labels("events", "kind")}
    return {"The missions": KINDS, "Events": events}


def _happenings(subject: Subject) -> Iterator[Happening]:
    roles, owners = _parts(subject), _owners(subject)
    for name in TABLES:
        table = subject.table(name)
        for row in range(len(table.rows)):
            it = line(subject, table, row)
            if name != "conditions" or it.cells["status"] != "open":
                yield _happening(subject, table, row, it, _countries(it, roles, owners))


def _happening(subject: Subject, table: Table, row: int, it: Line, countries: tuple[str, ...]) -> Happening:
    window = window_of(table, row, DATE_STEMS[table.name])
    ends = [day.year for day in (window.earliest, window.latest) if day]
    return Happening(
        anchor=row_name(*subject_of(table, row)),
        kind=_kind(table.name, it),
        line=it,
        countries=countries,
        words=_words(subject, table.name, it, [subject.names.get(code, code) for code in countries]),
        years=tuple(range(min(ends), max(ends) + 1)) if ends else (),
        is_imprecise=window.earliest != window.latest,
    )


def _kind(name: str, it: Line) -> str:
    if name == "deployments":
        return _MOVEMENTS.get(it.cells["movement"], "departure")
    if name == "contributions":
        return "money" if it.cells["kind"] == "money" else "in_kind"
    return {"commitments": "pledge", "conditions": "condition"}.get(name) or f"event-{it.cells['kind']}"


def _words(subject: Subject, name: str, it: Line, who: list[str]) -> str:
    cells, of = it.cells, who[0] if who else "The fund as a whole"
    if name == "commitments":
        return f"{of} {_PROMISES.get(cells['status'], 'promised {}').format(people_in(cells))} ({cells['mission_id']})."
    if name == "conditions":
        kind = subject.labels(name, "kind").get(cells["kind"]) or code_in_words(cells["kind"])
        state = "was met" if cells["status"] == "met" else "failed"
        return f"{of}: what the promise waited for {state} ({kind}). {cells['description']}".strip()
    if name == "deployments":
        move = _MOVES.get(cells["movement"], "{} moved, {}")
        return f"{of}: {move.format(people_in(cells), _place(cells['place'], subject.record.host))}."
    if name == "contributions":
        act = GIVEN.get(cells["status"], cells["status"])
        return f"{of}: {_gift(it)} {act} {RECIPIENTS.get(cells['recipient'], cells['recipient'])}."
    return cells["description"]


def _place(code: str, host: Host) -> str:
    if code in SPELLINGS["deployments", "place"]:
        return host.inside
    return {"offshore": f"on ships off {host.name}", "training_abroad": "in training abroad"}.get(code, code)


def _gift(it: Line) -> str:
    """`USD 3,000,000`, `20 vehicles`, `training`."""
    amount, unit = it.number, it.cells["currency"] or it.cells["item"]
    if amount == "?":
        return f"{it.cells['kind']}{f' ({unit})' if unit and it.cells['kind'] != 'money' else ''}, amount not stated,"
    return f"{it.cells['kind']}, {amount}," if it.cells["kind"] != "money" else f"{amount}"


def _countries(it: Line, roles: Mapping[str, tuple[str, ...]], owners: Mapping[str, str]) -> tuple[str, ...]:
    """Who had part in it; a condition belongs to the country of its pledge."""
    if "event_id" in it.cells:
        return roles.get(it.cells["event_id"], ())
    code = it.cells.get("country_code") or owners.get(it.cells.get("commitment_id", ""), "")
    return (code,) if code else ()


def _parts(subject: Subject) -> Mapping[str, tuple[str, ...]]:
    """Countries by event."""
    table, found = subject.table("event_countries"), dict[str, dict[str, None]]()
    for event, code in zip(table.column("event_id"), table.column("country_code"), strict=True):
        found.setdefault(event, {})[code] = None
    return {event: tuple(codes) for event, codes in found.items()}


def _owners(subject: Subject) -> Mapping[str, str]:
    """Countries by pledge."""
    table = subject.table("commitments")
    return dict(zip(table.column("commitment_id"), table.column("country_code"), strict=True))


def _order(it: Happening) -> tuple[bool, str, str, str]:
    return not it.line.first, it.line.first, it.line.cells.get("date_latest", ""), it.anchor
