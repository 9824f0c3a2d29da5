"""Every corrected cell has its cause in errata, and nothing else is asked for one."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from errata import A_DAY_EARLIER, diff_of, edit, erratum, unexplained
from golden import HERE, build_base
from musterroll.changes.corrections import WORLD, unexplained_corrections, unfounded_errata
from musterroll.changes.diff import compared
from musterroll.package.folder import Folder
from musterroll.record.claims import ID_COLUMNS
from running import replace

# A correction for each kind of column that holds a fact, in the made-up record: file, before, after, what is corrected.
FACTS = {
    "a count": (
        "deployments",
        "D-0003,MSS,JAM,arrival,mixed,24,24,24,exact",
        "D-0003,MSS,JAM,arrival,mixed,24,25,25,disputed",
        [
            ("D-0003", "personnel_best", "24", "25"),
            ("D-0003", "personnel_max", "24", "25"),
            ("D-0003", "personnel_qualifier", "exact", "disputed"),
        ],
    ),
    "a date": (
        *A_DAY_EARLIER,
        [("E-0002", "date_earliest", "2024-10-03", "2024-10-02")],
    ),
    "a code": ("events", "E-0001,vote", "E-0001,resolution", [("E-0001", "kind", "vote", "resolution")]),
    "a truth": (
        "commitments",
        "2023-07-29,2023-07-29,The government,true",
        "2023-07-29,2023-07-29,The government,false",
        [("C-0001/1", "is_summable", "true", "false")],
    ),
    "a reference": (
        "conditions",
        "K-0003,C-0004,1",
        "K-0003,C-0005,1",
        [("K-0003", "commitment_id", "C-0004", "C-0005")],
    ),
    "a reference that is no foreign key": (
        "deployments",
        "2024-10-18,in_haiti,C-0003",
        "2024-10-18,in_haiti,C-0004",
        [("D-0005", "commitment_id", "C-0003", "C-0004")],
    ),
    "a currency": (
        "contributions",
        "more_than,USD",
        "more_than,CAD",
        [("M-0002", "currency", "USD", "CAD")],
    ),
    "a place": (
        "events",
        "A town in the Artibonite",
        "Pont-Sondé",
        [("E-0002", "place", "A town in the Artibonite", "Pont-Sondé")],
    ),
    "a number that is gone": (
        "missions",
        "2025-10-03,,5550,MSS",
        "2025-10-03,,,MSS",
        [("GSF", "personnel_ceiling", "5550", "")],
    ),
}
WORDS = {
    "a note": ("deployments", "The ship went home.", "The ship sailed home."),
    "a name": ("missions", "Gang Suppression Force,", "The Gang Suppression Force,"),
    "a description": ("events", "The Security Council authorised", "The Council authorised"),
    "a text in the housekeeping": ("retired_ids", "The same boats", "Both boats"),
    "a date of a source": ("sources", "2023-10-05,2023-10-05,en", "2023-10-04,2023-10-05,en"),
    "a code of evidence": ("evidence", "V-0001,missions,MSS,,authorised_from", "V-0001,missions,MSS,,authorised_until"),
    "a value that is spelt otherwise": ("strengths", "planned,2500,2500,2500", "planned,02500,2500,2500"),
}


def test_a_fact_that_changes_is_a_correction(tmp_path: Path) -> None:
    def correct(package: Path) -> None:
        for table, before, after, _ in FACTS.values():
            replace(package, f"data/{table}.csv", before, after)

    with diff_of(tmp_path, correct) as diff:
        assert sorted(unexplained(diff)) == sorted(cell for *_, cells in FACTS.values() for cell in cells)
        assert {item.table for item in unexplained_corrections(diff)} == {table for table, *_ in FACTS.values()}


def test_words_and_what_is_not_about_the_world_need_no_erratum(tmp_path: Path) -> None:
    def reword(package: Path) -> None:
        for table, before, after in WORDS.values():
            replace(package, f"data/{table}.csv", before, after)

    with diff_of(tmp_path, reword) as diff:
        assert diff.counts["row_changed"] == len(WORDS)
        assert unexplained(diff) == []


def test_new_rows_and_new_columns_are_no_corrections(tmp_path: Path) -> None:
    def grow(package: Path) -> None:
        schema = json.loads((package / "schemas/events.json").read_text())
        schema["fields"].append({"name": "weight", "type": "integer"})
        (package / "schemas/events.json").write_text(json.dumps(schema))
        lines = (package / "data/events.csv").read_text().splitlines()
        rows = [f"{lines[0]},weight", *(f"{line},7" for line in lines[1:]), "E-0003,visit,2025-01-01,,,A visit.,7"]
        (package / "data/events.csv").write_text("\n".join(rows) + "\n")

    with diff_of(tmp_path, grow) as diff:
        assert diff.counts["row_added"] == 1
        assert unexplained(diff) == []


def test_a_foreign_key_is_a_reference_whatever_its_texts_look_like(tmp_path: Path) -> None:
    old, new = build_base("mission", tmp_path / "old"), build_base("mission", tmp_path / "new")
    for package in (old, new):
        schema = json.loads((package / "schemas/conditions.json").read_text())
        fields = [{"name": field["name"], "type": field["type"]} for field in schema["fields"]]
        (package / "schemas/conditions.json").write_text(json.dumps({**schema, "fields": fields}))
    replace(new, "data/conditions.csv", "K-0003,C-0004,1,facilities", "K-0003,C-0005,1,other")

    with compared(Folder(old), Folder(new)) as diff:
        assert unexplained(diff) == [("K-0003", "commitment_id", "C-0004", "C-0005")]


ANSWERS = (
    ("date_earliest", "{old}", "{new}"),
    ("date_earliest",),
    ("date",),
    ("date", "3 October", "2 October"),
    ("",),
)


def test_an_erratum_of_the_cell_its_stem_or_its_row_answers_it(tmp_path: Path) -> None:
    errata = [_about(number, *answer) for number, answer in enumerate(ANSWERS, start=1)]
    candidate = _about(6, "date", fixed="1.1.0-rc.1")

    with diff_of(tmp_path, shift, "".join([*errata, candidate])) as diff:
        assert [row for row, *_ in unexplained(diff)] == ["D-0007", "D-0008", "D-0009"]
        assert list(unfounded_errata(diff)) == []


NO_ANSWERS = (
    ("date_earliest", "2020-01-01", "{new}"),
    ("date_earliest", "", "{new}"),
    ("date_latest",),
    ("announced",),
)


def test_an_erratum_of_another_cell_row_table_version_or_value_does_not(tmp_path: Path) -> None:
    errata = [_about(number, *answer) for number, answer in enumerate(NO_ANSWERS, start=1)]
    others = [
        _about(4 + number, "date", fixed=fixed) for number, fixed in enumerate(("1.0.0", "1.2.0", "soon"), start=1)
    ]
    tables = [erratum("events D-0008", "date"), erratum("deployments D-9", "date")]

    with diff_of(tmp_path, shift, "".join([*errata, *others, *tables])) as diff:
        assert [row for row, *_ in unexplained(diff)] == [f"D-000{number}" for number in range(1, 10)]


def shift(package: Path) -> None:
    """Every movement begins a day earlier."""
    place = package / "data/deployments.csv"
    header, *lines = place.read_text().splitlines()
    place.write_text("\n".join([header, *map(_earlier, lines)]) + "\n")


def _earlier(line: str) -> str:
    old, new = _days(line)
    return line.replace(f",{old},", f",{new},", 1)


def _days(line: str) -> tuple[str, str]:
    """The first day of a movement, and the day before it."""
    old = line.split(",")[9]
    return old, str(date.fromisoformat(old) - timedelta(days=1))


def _about(number: int, field: str, before: str = "", after: str = "", *, fixed: str = "1.1.0") -> str:
    """An erratum about the movement of that number."""
    lines = (HERE / "packages/mission/data/deployments.csv").read_text().splitlines()
    old, new = _days(lines[number])
    told = [text.format(old=old, new=new) for text in (before, after)]
    return erratum(f"deployments D-000{number}", field, *told, fixed=fixed, id=str(number + 1))


@pytest.mark.parametrize("named", ["C-0001/1", "C-0001"])
def test_a_commitment_is_named_by_its_revision_or_as_a_whole(named: str, tmp_path: Path) -> None:
    with diff_of(tmp_path, edit(*FACTS["a truth"][:3]), erratum(f"commitments {named}", "is_summable")) as diff:
        assert unexplained(diff) == []
        assert list(unfounded_errata(diff)) == []


def test_the_erratum_of_another_revision_is_none_of_this_one(tmp_path: Path) -> None:
    with diff_of(tmp_path, edit(*FACTS["a truth"][:3]), erratum("commitments C-0001/2", "is_summable")) as diff:
        assert unexplained(diff) == FACTS["a truth"][3]
        assert [item.id for item in unfounded_errata(diff)] == ["X-0002"]


def test_each_cell_of_a_row_wants_its_own_answer(tmp_path: Path) -> None:
    table, before, after, expected = FACTS["a count"]

    with diff_of(tmp_path, edit(table, before, after), erratum("deployments D-0003", "personnel_best")) as diff:
        assert unexplained(diff) == expected[1:]


def test_a_release_candidate_is_answered_by_the_errata_of_its_release(tmp_path: Path) -> None:
    answer = erratum("events E-0002", "date")

    with diff_of(tmp_path, edit(*A_DAY_EARLIER), answer, version="1.1.0-rc.2") as diff:
        assert unexplained(diff) == []


def test_every_table_that_wants_evidence_speaks_about_the_world() -> None:
    assert set(WORLD) == {*ID_COLUMNS, "event_countries"}
