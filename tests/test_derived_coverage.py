"""What is known of each country in each month: what the tables can tell, and what they cannot and therefore do not."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from golden import build_base
from musterroll.errors import Unusable
from musterroll.package.folder import Folder
from musterroll.package.opening import require_package
from musterroll.record.derived.coverage import coverage
from musterroll.record.derived.months import last_day_of, months_between
from musterroll.record.loading import load_record
from musterroll.record.record import Record
from musterroll.record.searches import Search, searches_of
from records import Row, condition, mission, move, on, pledge, proof, record, stock
from running import muster
from sourced import country, event, party, says, source

HORIZON = on("2024-06-15")


def held(*rows: Row, searches: tuple[Search, ...] = ()) -> Record:
    """A record with Belize and Kenya, of a mission from February to the horizon in June 2024."""
    found = record(mission("MSS", "2024-02-10/"), country("BLZ"), country("KEN"), *rows, horizon=HORIZON)
    found.searches = searches
    return found


def states(of: Record, code: str = "BLZ") -> dict[str, str]:
    """The state of each month in which anything is known."""
    rows = (row for row in coverage(of) if row.country == code)
    return {row.month.isoformat()[:7]: row.state for row in rows if row.state != "no_search_recorded"}


def months(of: Record) -> list[str]:
    return [row.month.isoformat()[:7] for row in coverage(of) if row.country == "BLZ"]


# Which months


def test_the_months_run_from_the_mandate_to_the_horizon() -> None:
    assert months(held()) == ["2024-02", "2024-03", "2024-04", "2024-05", "2024-06"]


@pytest.mark.parametrize(
    "row",
    [
        pledge("50", "2024-01-20", "offered"),
        move("2", "2024-01-20"),
        stock("2", "2024-01-20"),
        condition("met", "2024-01-20"),
        event("E-0001", "2024-01-20", "request"),
    ],
    ids=["promise", "arrival", "report", "condition", "request"],
)
def test_they_begin_with_the_first_request_or_promise_of_the_preparation(row: Row) -> None:
    assert months(held(row))[0] == "2024-01"


@pytest.mark.parametrize(
    "rows",
    [
        [event("E-0001", "2023-12-01", "attack")],
        [event("E-0001", "2019-01-31", "request")],
        [pledge("50", "2023-12-01"), proof("commitments", "C-0001", "deprecated", revision="1")],
    ],
    ids=["background", "years before", "not believed"],
)
def test_background_is_no_preparation(rows: list[Row]) -> None:
    assert months(held(*rows))[0] == "2024-02"


def test_every_country_of_the_record_has_every_month() -> None:
    rows = coverage(held(country("ARG")))

    assert [row.country for row in rows] == ["ARG"] * 5 + ["BLZ"] * 5 + ["KEN"] * 5


def test_months_are_counted_over_the_turn_of_a_year_and_in_leap_years() -> None:
    assert months_between(on("2023-11-30"), on("2024-02-01")) == [
        on(f"{month}-01") for month in ("2023-11", "2023-12", "2024-01", "2024-02")
    ]
    assert last_day_of(on("2024-02-01")) == on("2024-02-29")
    assert last_day_of(date(9999, 12, 1)) == date.max


# What is found


def test_nothing_found_is_no_claim_that_anybody_looked() -> None:
    assert {row.state for row in coverage(held())} == {"no_search_recorded"}


def test_a_source_counts_in_the_month_of_its_publication_and_in_that_of_what_it_tells() -> None:
    of = held(pledge("50", "2024-03-05"), source("s", "2024-05-02"), says("s", "commitments", "C-0001", revision="1"))

    assert states(of) == {"2024-03": "found", "2024-05": "found"}
    assert states(of, "KEN") == {}
    assert {row.sources for row in coverage(of) if row.state == "found"} == {("s",)}


@pytest.mark.parametrize(
    ("row", "table", "id"),
    [
        (move("2", "2024-03-05"), "deployments", "deployments-1"),
        (stock("2", "2024-03-05"), "strengths", "S-0001"),
        (event("E-0001", "2024-03-05"), "events", "E-0001"),
    ],
)
def test_a_source_speaks_of_a_country_in_every_table(row: Row, table: str, id: str) -> None:
    assert states(held(row, party("E-0001", "BLZ"), source("s"), says("s", table, id))) == {"2024-03": "found"}


def test_a_condition_is_about_the_country_of_its_pledge_and_a_figure_about_those_of_its_event() -> None:
    of = held(
        pledge("50", "2024-04-01"),
        condition("met", "2024-03-05"),
        event("E-0001", "2024-05-05"),
        ("event_figures", {"figure_id": "F-0001", "event_id": "E-0001"}),
        party("E-0001", "KEN"),
        party("E-0001", "BLZ"),
        source("s"),
        says("s", "conditions", "conditions-1"),
        says("s", "event_figures", "F-0001"),
    )

    assert states(of) == {"2024-03": "found", "2024-05": "found"}
    assert states(of, "KEN") == {"2024-05": "found"}


def test_context_speaks_of_a_country_and_what_is_not_believed_does_not() -> None:
    of = held(
        move("2", "2024-03-05"),
        move("9", "2024-04-05"),
        source("s"),
        says("s", "deployments", "deployments-1", stance="context"),
        says("s", "deployments", "deployments-2", rank="deprecated"),
    )

    assert states(of) == {"2024-03": "found"}


def test_the_whole_mission_and_the_fund_are_no_country() -> None:
    of = held(stock("400", "2024-03-05", country=""), source("s", "2024-03-06"), says("s", "strengths", "S-0001"))

    assert {row.state for row in coverage(of)} == {"no_search_recorded"}


def test_what_reaches_over_two_months_is_possibly_of_either() -> None:
    of = held(move("2", "2024-03-25/2024-04-02"), source("s"), says("s", "deployments", "deployments-1"))

    assert states(of) == {"2024-03": "possibly_found", "2024-04": "possibly_found"}


def test_what_has_no_last_day_is_possibly_of_the_month_in_which_it_may_have_begun() -> None:
    of = held(move("2", "2024-03-25/"), source("s"), says("s", "deployments", "deployments-1"))

    assert states(of) == {"2024-03": "possibly_found"}


def test_what_is_surely_of_a_month_is_named_without_what_may_be_of_it() -> None:
    of = held(
        move("2", "2024-03-25/2024-04-02"),
        move("3", "2024-03-05"),
        source("s"),
        source("t"),
        says("s", "deployments", "deployments-1"),
        says("t", "deployments", "deployments-2"),
    )

    march = next(row for row in coverage(of) if row.month == on("2024-03-01"))
    assert (march.state, march.sources) == ("found", ("t",))


def test_evidence_of_rows_and_sources_that_are_not_there_is_of_no_country() -> None:
    of = held(move("2", "2024-03-05"), says("gone", "deployments", "deployments-1"), says("gone", "events", "E-9999"))

    assert states(of) == {"2024-03": "found"}


def test_how_closely_a_month_was_read_is_told_for_all_countries_alike() -> None:
    of = held(source("a", "2024-03-05"), source("b", "2024-03-30"), source("c", "2024-03-30/2024-04-02"), source("d"))

    assert {row.month.month: row.sources_of_month for row in coverage(of)} == {2: 0, 3: 2, 4: 0, 5: 0, 6: 0}


# What was sought in vain


def search(earliest: str, latest: str, *countries: str, sought: str = "what became of the pledge") -> Search:
    return Search(countries, on(earliest), on(latest), sought)


def test_a_recorded_search_covers_the_whole_months_within_it() -> None:
    of = held(searches=(search("2024-02-01", "2024-04-29", "BLZ"), search("2024-02-15", "2024-03-31", "BLZ", "KEN")))

    assert states(of) == {"2024-02": "searched_none", "2024-03": "searched_none"}
    assert states(of, "KEN") == {"2024-03": "searched_none"}


def test_what_was_found_is_found_whatever_else_was_sought() -> None:
    rows = (move("2", "2024-03-05"), source("s"), says("s", "deployments", "deployments-1"))
    of = held(*rows, searches=(search("2024-01-01", "2024-12-31", "BLZ", sought="a rotation"),))

    found = [row for row in coverage(of) if row.country == "BLZ"]
    assert [row.state for row in found] == ["searched_none", "found", *["searched_none"] * 3]
    assert {row.sought for row in found} == {("a rotation",)}


_MONTH = st.integers(1, 6).map(lambda month: f"2024-{month:02}")
_WINDOW = st.tuples(_MONTH, st.integers(1, 29), _MONTH, st.integers(1, 29)).map(
    lambda ends: sorted([f"{ends[0]}-{ends[1]:02}", f"{ends[2]}-{ends[3]:02}"])
)


@given(_WINDOW, _WINDOW)
def test_a_month_is_found_if_and_only_if_a_whole_window_lies_in_it(told: list[str], published: list[str]) -> None:
    """Day by day: found where all days of the row or of the source are of one month, possibly where some are."""
    of = held(move("2", "/".join(told)), source("s", "/".join(published)), says("s", "deployments", "deployments-1"))
    days = [{day[:7] for day in _days(*window)} for window in (told, published)]

    for row in (row for row in coverage(of) if row.country == "BLZ"):
        month = row.month.isoformat()[:7]
        touched = [window for window in days if month in window]
        assert (row.state == "found") == any(window == {month} for window in touched)
        assert (row.state == "no_search_recorded") == (not touched)


def _days(first: str, last: str) -> list[str]:
    return [date.fromordinal(day).isoformat() for day in range(on(first).toordinal(), on(last).toordinal() + 1)]


# How a descriptor tells of searches


def described(folder: Path, searches: Any) -> Path:
    base = build_base("mission", folder / "mission")
    descriptor = json.loads((base / "datapackage.json").read_text())
    (base / "datapackage.json").write_text(json.dumps({**descriptor, "searches": searches}))
    return base


GOOD = {"countries": ["BHS"], "earliest": "2024-01-01", "latest": "2024-12-31", "sought": "a rotation"}


def test_the_descriptor_tells_of_searches(tmp_path: Path) -> None:
    base = described(tmp_path, [GOOD])

    assert load_record(base).searches == (Search(("BHS",), on("2024-01-01"), on("2024-12-31"), "a rotation"),)
    assert "searched_none" in {row.state for row in coverage(load_record(base)) if row.country == "BHS"}
    assert muster("validate", "--layer", "structure", "--layer", "facts", base).code == 0


def test_a_descriptor_without_searches_tells_of_none(tmp_path: Path) -> None:
    assert searches_of(require_package(Folder(build_base("mission", tmp_path / "mission")))) == ()


@pytest.mark.parametrize(
    ("searches", "said"),
    [
        ({}, "searches in the descriptor is no list"),
        ([GOOD, "x"], "searches[1] in the descriptor is no object"),
        ([{**GOOD, "countries": []}], "must name countries"),
        ([{**GOOD, "countries": "BHS"}], "must name countries"),
        ([{**GOOD, "countries": ["BHS", 1]}], "must name countries"),
        ([{**GOOD, "sought": " "}], "must say what was sought"),
        ([{**GOOD, "sought": None}], "must say what was sought"),
        ([{**GOOD, "earliest": "2025-01-01"}], "ends before it begins"),
        ([{**GOOD, "latest": "soon"}], "must have a date latest"),
        ([{**GOOD, "latest": 2024}], "must have a date latest"),
        ([{name: value for name, value in GOOD.items() if name != "earliest"}], "must have a date earliest"),
    ],
)
def test_a_search_that_is_not_told_as_it_must_be_is_refused_with_its_place(
    searches: Any, said: str, tmp_path: Path
) -> None:
    base = described(tmp_path, searches)

    with pytest.raises(Unusable) as refusal:
        load_record(base)
    assert said in str(refusal.value)
    assert "searches" in muster("validate", "--layer", "facts", base).stdout
