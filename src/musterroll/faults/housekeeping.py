"""Faults of the tables about the record itself: waivers, retired ids, errata, sources."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from musterroll.faults.edits import Edit, Rows, cells_changed, spots, tables_changed
from musterroll.faults.fault import Fault, Inject, Kind
from musterroll.faults.original import Original, rows_where

_WAIVER = {
    "waiver_id": "W-0901",
    "check_id": "deployed-within-pledged",
    "table_name": "deployments",
    "fingerprint": "0123456789ab",
    "reason": "Both sources are credible.",
    "expires_on": "2999-12-31",
}
_RETIRED = {"id": "D-0901", "table_name": "deployments", "retired_in": "1.0.1", "reason": "Entered twice."}


def _row_added(original: Original, name: str, at: Sequence[str], texts: dict[str, str]) -> Fault | None:
    """A row with these cells is entered; the others are empty, a source is the first one there is."""
    table, sources = original.tables.get(name), original.tables.get("sources")
    if table is None or sources is None or not sources.rows or not set(texts) <= set(table.header):
        return None
    given = {"source_id": sources.rows[0][sources.index["source_id"]], **texts}
    row = [given.get(label, "") for label in table.header]
    rows: Rows = [*(list(cells) for cells in table.rows), row]
    return tables_changed(
        {name: (table, rows)}, [(table, len(table.rows), field) for field in at], f"{name}: {', '.join(texts.values())}"
    )


def _waiver(*at: str, **texts: str) -> Inject:
    return lambda original, _: _row_added(original, "waivers", at, {**_WAIVER, **texts})


def _retired(original: Original, random: Random) -> Fault | None:
    """The id of a row that is still there is listed as retired."""
    table = original.tables.get("deployments")
    if table is None or not table.rows:
        return None
    id = table.cell(random.randrange(len(table.rows)), "deployment_id")
    fault = _row_added(original, "retired_ids", ["id"], {**_RETIRED, "id": id})
    if fault is None:
        return None
    alive = cells_changed(Edit(table, rows_where(table, deployment_id=id)[0], "deployment_id", id)).places
    return Fault(fault.files, (*fault.places, *alive), fault.says)


def _retired_unknown(original: Original, _: Random) -> Fault | None:
    return _row_added(original, "retired_ids", ["successor_id"], {**_RETIRED, "successor_id": "D-0999"})


def _erratum(original: Original, random: Random) -> Fault | None:
    """An erratum of this release tells of a correction that was not made."""
    table = original.tables.get("deployments")
    version = str(original.package.version)
    if table is None or not table.rows:
        return None
    row = random.randrange(len(table.rows))
    texts = {
        "erratum_id": "X-0901",
        "table_name": "deployments",
        "row_id": table.cell(row, "deployment_id"),
        "field": "date_latest",
        "before": "2024-01-01",
        "after": table.cell(row, "date_latest"),
        "cause": "we_were_wrong",
        "versions_affected": "1.1.0",
        "fixed_in": version,
    }
    return _row_added(original, "errata", ["row_id"], texts)


def _of_errata(field: str, text: str) -> Inject:
    def inject(original: Original, random: Random) -> Fault | None:
        table = original.tables.get("errata")
        rows = (
            [row for row in range(len(table.rows)) if table.cell(row, field)] if table and field in table.index else []
        )
        return cells_changed(Edit(table, random.choice(rows), field, text)) if table and rows else None

    return inject


def _erratum_gone(original: Original, random: Random) -> Fault | None:
    from musterroll.faults.deletion import without

    table = original.tables.get("errata")
    return without(original, [(table, random.randrange(len(table.rows)))]) if table and table.rows else None


def _source(field: str) -> Inject:
    """Two sources have one address, or a source has the day of another year."""

    def inject(original: Original, random: Random) -> Fault | None:
        table = original.tables.get("sources")
        if table is None or field not in table.index:
            return None
        rows = [row for row in range(len(table.rows)) if table.cell(row, field)]
        if len(rows) < 2:
            return None
        one, two = random.sample(rows, 2)
        return cells_changed(
            Edit(table, one, field, table.cell(two, field)), at=[(table, row, field) for row in (one, two)]
        )

    return inject


def _published_early(original: Original, random: Random) -> Fault | None:
    """A source that is cited as support is dated years before what it reports."""
    table, evidence = original.tables.get("sources"), original.tables.get("evidence")
    if table is None or evidence is None:
        return None
    cited = {
        evidence.cell(row, "source_id")
        for row in rows_where(evidence, stance="supports", rank="preferred")
        if evidence.cell(row, "field")
    }
    rows = [
        row
        for row in range(len(table.rows))
        if table.cell(row, "source_id") in cited and table.cell(row, "published_latest")
    ]
    if not rows:
        return None
    row = random.choice(rows)
    edits = [
        Edit(table, row, name, f"2015{table.cell(row, name)[4:]}")
        for name in ("published_earliest", "published_latest")
        if table.cell(row, name)
    ]
    used = rows_where(evidence, source_id=table.cell(row, "source_id"))
    return cells_changed(*edits, at=[*spots(edits), *((evidence, number, "source_id") for number in used)])


_S = "housekeeping"
KINDS: tuple[Kind, ...] = (
    Kind("waiver-of-nothing", _S, "a waiver accepts a finding that is not made", "cell", _waiver("fingerprint")),
    Kind(
        "waiver-expired",
        _S,
        "a waiver has expired",
        "cell",
        _waiver("expires_on", "fingerprint", expires_on="2020-12-31"),
    ),
    Kind(
        "waiver-of-no-check",
        _S,
        "a waiver names a check that nobody can waive",
        "cell",
        _waiver("check_id", check_id="type-error"),
    ),
    Kind("waiver-without-reason", _S, "a waiver gives no reason", "cell", _waiver("reason", reason=" ")),
    Kind("retired-and-alive", _S, "an id is retired, and its row is still there", "cell", _retired),
    Kind("retired-for-nobody", _S, "the successor of a retired id does not exist", "cell", _retired_unknown),
    Kind(
        "erratum-of-nothing",
        _S,
        "an erratum tells of a correction that was not made",
        "cell",
        _erratum,
        "only the release before shows what was not corrected",
    ),
    Kind(
        "erratum-for-nobody", _S, "an erratum names a row that does not exist", "cell", _of_errata("row_id", "D-9999")
    ),
    Kind(
        "erratum-deleted",
        _S,
        "an erratum of an earlier release is gone",
        "row",
        _erratum_gone,
        "a shorter list is a list",
    ),
    Kind("source-address-twice", _S, "two sources have one address", "cell", _source("url")),
    Kind("source-too-old", _S, "a source is dated years before what it reports", "cell", _published_early),
)
