"""New pledges, what became of others, and what they depend on, in words."""

from __future__ import annotations

from collections.abc import Mapping

from musterroll.package.table import Table
from musterroll.release.changelog.markdown import ID, inert
from musterroll.release.changelog.subject import Subject
from musterroll.release.changelog.words import Row, id_in, number_in, people_in, when_in


def commitment(subject: Subject, row: Row) -> str:
    """Who promised how many and when; of a later revision, what became of the pledge."""
    country, before = subject.country(row.get("country_code")), _revision_before(subject, row)
    if before is None:
        part = f", a part of {inert(row['part_of'], ID)}," if row.get("part_of") else ""
        act = _act(row)
        return f"**{country}** {act}{part} {when_in(row, 'announced')} ({id_in(row, 'commitment_id')})."
    named = f"{id_in(row, 'commitment_id')}, revision {inert(row.get('revision', ''), ID)}"
    number = number_in(before, "personnel")
    still = "still " if number == number_in(row, "personnel") else ""
    return (
        f"**{country}**, {named}: {still}{people_in(row, number)}; {_status(before, row)}, "
        f"{when_in(row, 'announced')}{_REASONS.get(row.get('change_reason', ''), '')}."
    )


def _act(row: Row) -> str:
    status = row.get("status", "")
    if status in _VAGUE and number_in(row, "personnel") == "?":
        return _VAGUE[status]
    return _PROMISES.get(status, "pledged {}").format(people_in(row))


_VAGUE = {"interest": "showed interest in taking part", "declined": "declined to take part"}
_PROMISES = {
    "interest": "showed interest in sending {}",
    "offered": "offered {}",
    "pledged": "pledged {}",
    "notified_un": "notified the United Nations of {}",
    "approved": "approved {}",
    "suspended": "put on hold a pledge of {}",
    "withdrawn": "took back a pledge of {}",
    "declined": "declined to send {}",
    "lapsed": "let lapse a pledge of {}",
    "fulfilled": "carried out in full a pledge of {}",
}
_REASONS = {
    "source_corrected": "; a source corrected what it had said",
    "found_later": "; an older statement, found later",
}


def _revision_before(subject: Subject, row: Row) -> Row | None:
    """The revision before by number, in the new release."""
    table = subject.content.tables["commitments"]
    before = [
        found
        for found in (dict(zip(table.header, cells, strict=True)) for cells in table.rows)
        if found["commitment_id"] == row.get("commitment_id") and _number(found) < _number(row)
    ]
    return max(before, key=_number, default=None)


def _number(row: Row) -> int:
    return int(row["revision"])


def _status(before: Row, row: Row) -> str:
    one, two = (inert(each.get("status", "").replace("_", " ")) for each in (before, row))
    return f"still {two}" if one == two else f"{one} → {two}"


def condition(subject: Subject, row: Row) -> str:
    """What a pledge depends on, and whether that is settled."""
    kind = _label(subject, "conditions", "kind", row)
    state = {"met": f"met {when_in(row, 'date')}", "failed": f"failed {when_in(row, 'date')}"}
    settled = state.get(row.get("status", ""), "still open")
    of = inert(row.get("commitment_id", ""), ID)
    country = _country_of_commitment(subject, row.get("commitment_id", ""))
    return f"**{country}**, {of} depends on {kind}: {settled} ({id_in(row, 'condition_id')})."


def _country_of_commitment(subject: Subject, commitment: str) -> str:
    table = subject.content.tables["commitments"]
    pairs = zip(table.column("commitment_id"), table.column("country_code"), strict=True)
    return subject.country(next((country for id, country in pairs if id == commitment), None))


def _label(subject: Subject, table: str, column: str, row: Row) -> str:
    """What the schema calls a code."""
    code = row.get(column, "")
    return inert(_labels(subject.content.tables[table], column).get(code, code.replace("_", " ")))


def _labels(table: Table, column: str) -> Mapping[str, str]:
    listed = table.schema.fields.get(column, {}).get("categories") or []
    return {item["value"]: str(item.get("label", item["value"])) for item in listed if isinstance(item, dict)}
