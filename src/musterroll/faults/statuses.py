"""Faults of codes that are valid and wrong: statuses, movements, measures, places, missions."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from musterroll.faults.edits import Edit, cells_changed
from musterroll.faults.evidenced import believed, evidence_for
from musterroll.faults.fault import Fault, Inject, Kind
from musterroll.faults.original import Original
from musterroll.package.table import Table
from musterroll.record.profile import SPELLINGS

Becomes = Callable[[Original, Table, int, Random], str | None]


def _in(name: str, field: str, becomes: Becomes) -> Inject:
    """Plants another code in a column of one table."""

    def inject(original: Original, random: Random) -> Fault | None:
        table = original.tables.get(name)
        if table is None or field not in table.index:
            return None
        rows = list(range(len(table.rows)))
        random.shuffle(rows)
        for row in rows:
            new = becomes(original, table, row, random)
            if new is not None and new != table.cell(row, field):
                return cells_changed(Edit(table, row, field, new))
        return None

    return inject


def _from(field: str, codes: dict[str, str]) -> Becomes:
    return lambda _, table, row, __: codes.get(table.cell(row, field))


def _evidenced(field: str, codes: dict[str, str]) -> Becomes:
    """Only where evidence says which code it is."""

    def becomes(original: Original, table: Table, row: int, _: Random) -> str | None:
        return codes.get(table.cell(row, field)) if evidence_for(original, table, row, field) else None

    return becomes


def _unevidenced(field: str, codes: dict[str, str]) -> Becomes:
    def becomes(original: Original, table: Table, row: int, _: Random) -> str | None:
        return None if evidence_for(original, table, row, field) else codes.get(table.cell(row, field))

    return becomes


def _mission_of_a_count(original: Original, table: Table, row: int, random: Random) -> str | None:
    """Of a believed total of those who have come; what is planned or promised may precede the mandate."""
    counts = table.cell(row, "measure") in {"present", "cumulative"}
    is_believed = bool(believed(original, evidence_for(original, table, row)))
    return _other_mission(original, table, row, random) if counts and is_believed else None


def _other_mission(_: Original, table: Table, row: int, __: Random) -> str | None:
    return {"MSS": "GSF", "GSF": "MSS"}.get(table.cell(row, "mission_id"))


def _other_kind(_: Original, table: Table, row: int, random: Random) -> str | None:
    return random.choice(
        [text for text in sorted(set(table.column("kind"))) if text != table.cell(row, "kind")] or [None]
    )


_PLEDGED = {
    "pledged": "approved",
    "approved": "pledged",
    "offered": "pledged",
    "interest": "offered",
    "notified_un": "approved",
}
_OTHER_KIND = {"police": "military", "military": "police", "mixed": "police", "unspecified": "police"}
_S = "statuses"
_BLAMED = "a sum does not come out, and the number is blamed: that its code is wrong nobody can know"
_UNCOUNTED = "a sum does not come out, and the row that counts no longer is not among those that add up to it"
_ALONE = "no evidence speaks of that code, and the other is as possible"
KINDS: tuple[Kind, ...] = (
    Kind(
        "status-with-evidence",
        _S,
        "a pledge has another status than its evidence says",
        "cell",
        _in("commitments", "status", _evidenced("status", _PLEDGED)),
    ),
    Kind(
        "payment-status",
        _S,
        "money that was promised is said to be paid",
        "cell",
        _in(
            "contributions",
            "status",
            _unevidenced("status", {"pledged": "deposited", "authorised": "deposited", "deposited": "pledged"}),
        ),
        _ALONE,
    ),
    Kind(
        "personnel-kind",
        _S,
        "police are said to be soldiers, or the reverse",
        "cell",
        _in("deployments", "personnel_kind", _unevidenced("personnel_kind", _OTHER_KIND)),
        _ALONE,
    ),
    Kind(
        "arrival-as-departure",
        _S,
        "an arrival is coded as a departure",
        "cell",
        _in("deployments", "movement", _from("movement", {"arrival": "departure"})),
        missed=_BLAMED,
    ),
    Kind(
        "departure-as-arrival",
        _S,
        "a departure is coded as an arrival",
        "cell",
        _in("deployments", "movement", _from("movement", {"departure": "arrival"})),
        "as long as no later total counts them, nobody can tell who came from who left",
    ),
    Kind(
        "arrival-as-rotation",
        _S,
        "an arrival is coded as a rotation, which changes no strength",
        "cell",
        _in("deployments", "movement", _from("movement", {"arrival": "rotation_in"})),
        missed=_UNCOUNTED,
    ),
    Kind(
        "place-abroad",
        _S,
        "people who came to the country of the mission are said to be in training abroad",
        "cell",
        _in(
            "deployments", "place", _from("place", dict.fromkeys(SPELLINGS["deployments", "place"], "training_abroad"))
        ),
        missed=_UNCOUNTED,
    ),
    Kind(
        "planned-as-present",
        _S,
        "a planned total is said to be present",
        "cell",
        _in("strengths", "measure", _from("measure", {"planned": "present"})),
        missed=_BLAMED,
    ),
    Kind(
        "present-as-planned",
        _S,
        "a total of those present is said to be planned",
        "cell",
        _in("strengths", "measure", _from("measure", {"present": "planned"})),
        _ALONE,
    ),
    Kind(
        "movement-of-other-mission",
        _S,
        "a movement belongs to a mission whose mandate did not run",
        "cell",
        _in("deployments", "mission_id", _other_mission),
    ),
    Kind(
        "strength-of-other-mission",
        _S,
        "a total of those who came belongs to a mission whose mandate did not run",
        "cell",
        _in("strengths", "mission_id", _mission_of_a_count),
    ),
    Kind(
        "condition-without-day",
        _S,
        "an open condition is said to be met, without a day",
        "cell",
        _in("conditions", "status", _from("status", {"open": "met"})),
    ),
    Kind(
        "condition-open-with-day",
        _S,
        "a condition that was met is said to be open",
        "cell",
        _in("conditions", "status", _from("status", {"met": "open"})),
    ),
    Kind(
        "event-kind",
        _S,
        "an event is of another kind",
        "cell",
        _in(
            "events",
            "kind",
            _other_kind,
        ),
        _ALONE,
    ),
    Kind(
        "role-exchanged",
        _S,
        "a country has another role in an event",
        "cell",
        _in(
            "event_countries",
            "role",
            _from("role", {"actor": "supporter", "supporter": "thanked", "thanked": "supporter"}),
        ),
        _ALONE,
    ),
)
