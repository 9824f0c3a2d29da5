"""From a number of the balance to the rows that it adds up from and to the sources that say so."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from golden import build_base
from musterroll.record.balance import balance
from musterroll.record.count import Interval, total
from musterroll.record.terms import Term, Terms
from records import Row, condition, move, on, pledge, record, stock
from running import muster
from sourced import says, source
from test_formats import schema


def terms(*stated: Row, day: str = "2024-12-31", country: str | None = "BLZ") -> list[Term]:
    held = record(*stated)
    return Terms(held).of(next(row for row in balance(held, on(day)) if row.country == country))


def named(found: list[Term]) -> list[tuple[str, tuple[str, ...]]]:
    return [(term.id if term.revision is None else f"{term.id}/{term.revision}", term.measures) for term in found]


def cited(term: Term) -> list[str]:
    return [proof.evidence.cells["source_id"] for proof in term.proofs]


# Which rows


def test_a_pledge_is_named_with_the_measures_that_it_adds_to() -> None:
    found = terms(
        pledge("50", "2024-01-01"),
        pledge("50", "2024-02-01", "notified_un", revision=2),
        pledge("9", "2024-02-01", "offered", id="C-0002"),
        pledge("5", "2024-02-01", "interest", id="C-0003"),
        pledge("3", "2024-02-01", id="C-0004", part_of="C-0001"),
    )

    assert named(found) == [("C-0001/2", ("pledged", "notified", "in_force")), ("C-0002/1", ("pledged", "offered"))]


def test_the_conditions_that_a_pledge_waits_for_are_named_behind_it() -> None:
    found = terms(
        pledge("50", "2024-01-01"), condition("open"), condition("met", "2024-03-01"), condition("met", "2025-01-01")
    )

    assert named(found) == [
        ("C-0001/1", ("pledged",)),
        ("conditions-1", ("waits_for",)),
        ("conditions-3", ("waits_for",)),
    ]
    assert found[1].number is None


def test_movements_are_named_with_the_places_in_which_they_count() -> None:
    found = terms(
        move("2", "2024-09-12"),
        move("60", "2024-10-01", place="offshore"),
        move("9", "2024-10-01", "rotation_in"),
        move("9", "2024-10-01", place="training_abroad"),
        move("1", "2024-11-01", "death"),
        move("5", "2025-01-01"),
        stock("~2", "2024-11-02"),
    )

    assert named(found) == [
        ("deployments-1", ("deployed", "present")),
        ("deployments-5", ("deployed", "present")),
        ("deployments-2", ("deployed",)),
        ("S-0001", ("reported",)),
    ]


def test_of_the_whole_mission_only_the_report_is_named() -> None:
    found = terms(move("2", "2024-09-12"), stock("2", "2024-11-02", country=""), country=None)

    assert named(found) == [("S-0001", ("reported",))]


@given(
    st.lists(
        st.builds(
            pledge,
            st.sampled_from(["50", "~20", "<=9", ">=2", "?", "1/2/4"]),
            st.sampled_from(["2024-01-01", "2024-02-01/2025-01-01", "2024-03-01/"]),
            st.sampled_from(["offered", "pledged", "notified_un", "withdrawn", "interest"]),
            id=st.sampled_from(["C-0001", "C-0002"]),
            revision=st.integers(1, 2),
            country=st.just("BLZ"),
        ),
        max_size=4,
        unique_by=lambda row: (row[1]["commitment_id"], row[1]["revision"]),
    )
)
def test_the_numbers_of_the_terms_add_up_to_those_of_the_balance(stated: list[Row]) -> None:
    held = record(*stated, condition("open", revision=2))
    for row in balance(held, on("2024-12-31")):
        if row.country and row.pledged:
            found = Terms(held).of(row)
            for name in ("pledged", "offered", "notified", "in_force"):
                numbers = [term.number.interval for term in found if term.number and name in term.measures]
                assert total(numbers) == getattr(row, name)


def test_the_arrivals_add_up_to_those_deployed() -> None:
    found = terms(move("200", "2024-06-25"), move("~60", "2024-10-01", place="offshore"), move("1/2/4", "2024-11-01"))

    numbers = [term.number.interval for term in found if term.number and "deployed" in term.measures]
    assert total(numbers) == Interval(200 + 54 + 1, 200 + 60 + 2, 200 + 66 + 4)


# Which sources


def test_the_believed_evidence_of_the_number_is_cited_the_preferred_first() -> None:
    (term,) = terms(
        move("2", "2024-09-12"),
        *(source(id) for id in "abcdef"),
        says("a", "deployments", "deployments-1", "9", field="personnel", stance="conflicts"),
        says("b", "deployments", "deployments-1", "2", field="personnel"),
        says("c", "deployments", "deployments-1", "2", field="personnel", rank="preferred"),
        says("d", "deployments", "deployments-1", "2", field="personnel", rank="deprecated"),
        says("e", "deployments", "deployments-1", "?", field="personnel", stance="context"),
        says("f", "deployments", "deployments-1", "2024-09-12", field="date", rank="preferred"),
    )

    assert cited(term) == ["c", "a", "b"]
    assert [proof.source is not None for proof in term.proofs] == [True] * 3


def test_where_nothing_says_the_number_the_evidence_of_the_row_is_cited() -> None:
    (term,) = terms(move("?", "2024-09-12"), source("a"), says("a", "deployments", "deployments-1"))

    assert cited(term) == ["a"]


def test_a_revision_that_repeats_a_number_cites_those_who_said_it_of_the_revision_before() -> None:
    (term,) = terms(
        pledge("50", "2024-01-01"),
        pledge("40", "2024-02-01", revision=2),
        pledge("50", "2024-03-01", "approved", revision=3),
        source("a"),
        source("b"),
        source("c"),
        says("a", "commitments", "C-0001", "50", revision="1", field="personnel", rank="preferred"),
        says("b", "commitments", "C-0001", "40", revision="2", field="personnel", rank="preferred"),
        says("c", "commitments", "C-0001", "approved", revision="3", field="status", rank="preferred"),
    )

    assert cited(term) == ["a"]


# What the command says


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_base("mission", tmp_path_factory.mktemp("base") / "mission")


def test_every_format_says_where_the_numbers_come_from(package: Path) -> None:
    asked = ("balance", package, "--as-of", "2025-02-01", "--country", "KEN", "--sources")
    text = muster(*asked).stdout
    document = json.loads(muster(*asked, "--format", "json").stdout)
    (cells,) = csv.DictReader(io.StringIO(muster(*asked, "--format", "csv").stdout))

    schema("balance-1").validate(document)
    (row,) = document["rows"]
    ids = ["C-0001/3", "D-0001", "D-0002", "D-0006", "S-0001"]
    assert cells["row_ids"].split() == ids
    assert [term["id"] for term in row["terms"]] == [id.partition("/")[0] for id in ids]
    assert row["terms"][0]["measures"] == ["pledged", "notified", "in_force"]
    assert row["terms"][-1]["number"] == {"min": 400, "best": 400, "max": 400}
    assert set(cells["source_ids"].split()) == {
        proof["source_id"] for term in row["terms"] for proof in term["evidence"]
    }
    assert "pledged, notified, in force 1,000  C-0001 revision 3  notified_un 2024-05-29 to 2024-05-31" in text
    assert "    supports, preferred  personnel = 1000 (revision 1)  gazette-2023-10-05 par. 2" in text
    assert "deployed, present 18  D-0006  departure 2024-11-30 to 2024-12-15" in text


def test_a_condition_that_is_waited_for_is_told_with_its_sources(package: Path) -> None:
    asked = ("balance", package, "--as-of", "2025-02-01", "--country", "JAM", "--sources")
    document = json.loads(muster(*asked, "--format", "json").stdout)

    schema("balance-1").validate(document)
    waiting = [term for term in document["rows"][0]["terms"] if term["measures"] == ["waits_for"]]
    assert [(term["table"], term["number"]) for term in waiting] == [("conditions", None)]
    assert waiting[0]["evidence"]
    assert "  waits for  K-0004  funding" in muster(*asked).stdout.splitlines()


def test_of_the_whole_mission_it_is_said_that_it_is_a_sum(package: Path) -> None:
    text = muster("balance", package, "--as-of", "2025-02-01", "--sources").stdout

    assert "all: the sum of the countries; reported of the whole" in text.splitlines()
    assert "  reported 426  S-0002  present 2024-10-20" in text


def test_without_being_asked_no_format_says_so(package: Path) -> None:
    asked = ("balance", package, "--as-of", "2025-02-01", "--country", "KEN")

    assert "gazette" not in muster(*asked).stdout
    assert "terms" not in json.loads(muster(*asked, "--format", "json").stdout)["rows"][0]
    assert "row_ids" not in muster(*asked, "--format", "csv").stdout


def test_what_is_shown_can_go_to_a_file(package: Path, tmp_path: Path) -> None:
    place = tmp_path / "balance.txt"
    result = muster("balance", package, "--as-of", "2025-02-01", "--sources", "--output", place)

    assert (result.code, result.stdout) == (0, "")
    assert "gazette-2023-10-05 par. 2" in place.read_text(encoding="utf-8")


def test_what_sources_say_is_shown_and_not_obeyed(package: Path, tmp_path: Path) -> None:
    base = shutil.copytree(package, tmp_path / "hostile")
    file = base / "data/evidence.csv"
    file.write_text(file.read_text().replace("par. 2", "[bold]par. 2[/]"))

    assert "[bold]par. 2[/]" in muster("balance", base, "--as-of", "2025-02-01", "--sources").stdout
