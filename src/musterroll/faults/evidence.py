"""Faults of evidence: its values, ranks, stances and reasons."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from musterroll.faults.edits import Edit, cells_changed
from musterroll.faults.evidenced import believed, evidence_for, numbers
from musterroll.faults.fault import Fault, Inject, Kind
from musterroll.faults.original import Original, rows_where
from musterroll.faults.values import digit_mistyped
from musterroll.package.table import Table
from musterroll.record.asserted import DATE_STEMS, NUMBER_STEMS

Becomes = Callable[[Table, int, Random], str | None]


def _cell(field: str, becomes: Becomes) -> Inject:
    """Plants another text in one column of evidence; `becomes` returns None where a row does not lend itself to it."""

    def inject(original: Original, random: Random) -> Fault | None:
        evidence = original.tables.get("evidence")
        if evidence is None or field not in evidence.index:
            return None
        rows = list(range(len(evidence.rows)))
        random.shuffle(rows)
        for row in rows:
            new = becomes(evidence, row, random)
            if new is not None and new != evidence.cell(row, field):
                return cells_changed(Edit(evidence, row, field, new))
        return None

    return inject


def _is_preferred(table: Table, row: int) -> bool:
    return (
        table.cell(row, "rank") == "preferred"
        and table.cell(row, "stance") == "supports"
        and bool(table.cell(row, "field"))
    )


def _value(table: Table, row: int, random: Random) -> str | None:
    return digit_mistyped(table.cell(row, "value_asserted"), random) if _is_preferred(table, row) else None


def _dashed(table: Table, row: int, _: Random) -> str | None:
    """A range is written 54-65 instead of 54..65, or 200 as 200-."""
    value = table.cell(row, "value_asserted")
    numeric = value.lstrip("~<>=").replace("..", "").isdigit()
    if table.cell(row, "stance") == "context" or not numeric:
        return None
    return value.replace("..", "-") if ".." in value else f"{value} people"


def _demoted(table: Table, row: int, _: Random) -> str | None:
    return "normal" if _is_preferred(table, row) else None


def _deprecated(table: Table, row: int, _: Random) -> str | None:
    """Evidence that disagrees is set aside; the reason why it is kept stays."""
    in_range = table.cell(row, "field") in {*NUMBER_STEMS, *DATE_STEMS}
    credible = in_range and table.cell(row, "stance") == "conflicts" and table.cell(row, "rank") == "normal"
    return "deprecated" if credible else None


def _turned(table: Table, row: int, _: Random) -> str | None:
    stance = table.cell(row, "stance")
    is_asserting = bool(table.cell(row, "field")) and table.cell(row, "rank") == "normal"
    return {"supports": "conflicts", "conflicts": "supports"}.get(stance) if is_asserting else None


def _unreasoned(table: Table, row: int, _: Random) -> str | None:
    needed = table.cell(row, "stance") == "conflicts" or table.cell(row, "rank") == "deprecated"
    return "" if needed and table.cell(row, "reason") else None


def _other_field(table: Table, row: int, _: Random) -> str | None:
    field = table.cell(row, "field")
    return f"{field}s" if field else None


def _other_table(table: Table, row: int, _: Random) -> str | None:
    return {"deployments": "strengths", "strengths": "deployments"}.get(table.cell(row, "table_name"))


def _other_revision(table: Table, row: int, _: Random) -> str | None:
    revision = table.cell(row, "revision")
    return "19" if revision else None


def _locator(table: Table, row: int, _: Random) -> str | None:
    return "" if table.cell(row, "locator") else None


def _second_preferred(original: Original, random: Random) -> Fault | None:
    """Of two pieces of evidence for one number, both are preferred."""
    evidence = original.tables.get("evidence")
    for number in numbers(original, random):
        found = believed(original, evidence_for(original, number.table, number.row, number.stem)) if evidence else []
        plain = [row for row in found if evidence and evidence.cell(row, "rank") == "normal"]
        if evidence and plain and len(plain) < len(found):
            return cells_changed(
                Edit(evidence, plain[0], "rank", "preferred"), at=[(evidence, row, "rank") for row in found]
            )
    return None


def _hidden_conflict(original: Original, random: Random) -> Fault | None:
    """Evidence that disagrees is counted as support."""
    evidence = original.tables.get("evidence")
    rows = rows_where(evidence, stance="conflicts", rank="normal") if evidence else []
    random.shuffle(rows)
    return cells_changed(Edit(evidence, rows[0], "stance", "supports")) if evidence and rows else None


_S = "evidence"
KINDS: tuple[Kind, ...] = (
    Kind(
        "asserted-value-mistyped",
        _S,
        "a digit of what a source asserts is another",
        "cell",
        _cell("value_asserted", _value),
    ),
    Kind(
        "asserted-value-worded",
        _S,
        "what a source asserts is not in the notation",
        "cell",
        _cell("value_asserted", _dashed),
    ),
    Kind("preferred-demoted", _S, "no evidence for a field is preferred any more", "cell", _cell("rank", _demoted)),
    Kind("second-preferred", _S, "two pieces of evidence for a number are preferred", "cell", _second_preferred),
    Kind(
        "conflict-deprecated",
        _S,
        "evidence that disagrees is set aside, and the range stays",
        "cell",
        _cell("rank", _deprecated),
    ),
    Kind("conflict-as-support", _S, "evidence that disagrees is counted as support", "cell", _hidden_conflict),
    Kind("stance-turned", _S, "support is called conflict, or conflict support", "cell", _cell("stance", _turned)),
    Kind("reason-emptied", _S, "the reason why evidence is set aside is gone", "cell", _cell("reason", _unreasoned)),
    Kind("locator-emptied", _S, "the place in the source is gone", "cell", _cell("locator", _locator)),
    Kind(
        "evidence-for-no-field", _S, "evidence names a field that does not exist", "cell", _cell("field", _other_field)
    ),
    Kind("evidence-in-other-table", _S, "evidence names another table", "cell", _cell("table_name", _other_table)),
    Kind(
        "evidence-for-no-revision",
        _S,
        "evidence names a revision that does not exist",
        "cell",
        _cell("revision", _other_revision),
    ),
)
