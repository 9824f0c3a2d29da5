"""Mission records in memory: a test states the rows it needs, all other tables are empty.

Numbers are written in the notation of `value_asserted`, or `45/48/60` where
sources differ; windows as `2024-07-01/2024-07-31`, one day alone, or `2024-07-01/`
if the end is not known.
"""

from __future__ import annotations

from collections import Counter
from datetime import date

from musterroll.package.dialect import Dialect
from musterroll.package.table import Schema, Table
from musterroll.record.count import parse_notation
from musterroll.record.missions import current_mission
from musterroll.record.profile import profile_schemas
from musterroll.record.record import Record
from musterroll.record.rows import Mission

Row = tuple[str, dict[str, str]]
Triple = tuple[int | None, int | None, int | None]


def record(*rows: Row, horizon: date | None = None) -> Record:
    """A record of these rows; without missions among them, of MSS and then GSF."""
    if not any(name == "missions" for name, _ in rows):
        rows = (mission("MSS", "2023-10-02/2025-10-02"), mission("GSF", "2025-10-03/", "MSS"), *rows)
    tables = {name: _empty(name) for name in profile_schemas()}
    met: Counter[str] = Counter()
    for name, cells in rows:
        table = tables[name]
        met[name] += 1
        defaults = {table.header[0]: f"{name}-{met[name]}"}
        unknown = set(cells) - set(table.header)
        assert not unknown, f"{name} has no {unknown}"
        table.rows.append([{**defaults, **cells}.get(column, "") for column in table.header])
        table.lines.append(len(table.rows) + 1)
    for table in tables.values():  # so that findings have places
        table.data = "".join(",".join(row) + "\n" for row in [table.header, *table.rows]).encode()
    return Record(tables, horizon)


def mission(id: str, mandate: str, predecessor: str = "") -> Row:
    """A mission with its mandate; `2025-10-03/` still runs."""
    begins, until = _ends(mandate)
    return "missions", {
        "mission_id": id,
        "authorised_from": begins,
        "authorised_until": until,
        "predecessor_id": predecessor,
    }


def pledge(
    number: str,
    announced: str,
    status: str = "pledged",
    *,
    id: str = "C-0001",
    revision: int = 1,
    country: str = "BLZ",
    mission: str = "MSS",
    part_of: str = "",
) -> Row:
    """One revision of a commitment."""
    summable = not part_of and status not in {"interest", "declined"}
    return "commitments", {
        "commitment_id": id,
        "revision": str(revision),
        "mission_id": mission,
        "country_code": country,
        "status": status,
        "is_summable": "true" if summable else "false",
        "part_of": part_of,
        **_number(number),
        **_window("announced", announced),
    }


def condition(status: str, settled: str = "", *, commitment: str = "C-0001", revision: int = 1) -> Row:
    """What a commitment waits for, from a revision on."""
    cells = {"commitment_id": commitment, "revision": str(revision), "status": status}
    return "conditions", {**cells, **(_window("date", settled) if settled else {})}


def move(
    number: str,
    when: str,
    movement: str = "arrival",
    *,
    country: str = "BLZ",
    mission: str = "MSS",
    place: str = "in_haiti",
) -> Row:
    """A movement; an arrival in Haiti unless told otherwise. Their ids are `deployments-1` and so on."""
    cells = {"mission_id": mission, "country_code": country, "movement": movement, "place": place}
    return "deployments", {**cells, **_number(number), **_window("date", when)}


def stock(
    number: str, as_of: str, *, country: str = "BLZ", measure: str = "present", mission: str = "MSS", id: str = "S-0001"
) -> Row:
    """A reported strength."""
    cells = {"strength_id": id, "mission_id": mission, "country_code": country, "measure": measure}
    return "strengths", {**cells, **_number(number), **_window("as_of", as_of)}


def proof(table: str, row_id: str, rank: str, *, revision: str = "") -> Row:
    """Evidence for a row as a whole."""
    return "evidence", {"table_name": table, "row_id": row_id, "revision": revision, "rank": rank, "stance": "supports"}


def on(day: str) -> date:
    """The day."""
    return date.fromisoformat(day)


def mission_at(record: Record, day: str) -> Mission:
    """The mission whose mandate runs on the day."""
    return current_mission(record, on(day))


def _empty(name: str) -> Table:
    schema = Schema(profile_schemas()[name], f"schemas/{name}.json")
    return Table(name, f"data/{name}.csv", schema, Dialect(), tuple(schema.fields))


def _number(text: str) -> dict[str, str]:
    if "/" in text:
        ends, qualifier = [int(part) if part else None for part in text.split("/")], "disputed"
    else:
        count = parse_notation(text)
        ends, qualifier = [count.min, count.best, count.max], count.qualifier
    cells = {
        f"personnel_{end}": "" if value is None else str(value)
        for end, value in zip(("min", "best", "max"), ends, strict=True)
    }
    return {**cells, "personnel_qualifier": qualifier}


def _window(stem: str, text: str) -> dict[str, str]:
    earliest, latest = _ends(text)
    return {f"{stem}_earliest": earliest, f"{stem}_latest": latest}


def _ends(text: str) -> tuple[str, str]:
    earliest, slash, latest = text.partition("/")
    return earliest, latest if slash else earliest
