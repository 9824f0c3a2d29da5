"""Numbers in words: nothing more certain than the record."""

from __future__ import annotations

import pytest

from musterroll.record.balance import Gap
from musterroll.record.count import Interval
from musterroll.record.host import UNNAMED, Host
from musterroll.site.addresses import of_cell
from musterroll.site.model.words import (
    code_in_words,
    gap_in_digits,
    gap_in_words,
    in_words,
    people_in_words,
    place_in_words,
)


@pytest.mark.parametrize(
    ("value", "words", "people"),
    [
        (None, "none", "nobody"),
        (Interval(0, 0, 0), "0", "nobody"),
        (Interval(1, 1, 1), "1", "1 person"),
        (Interval(150, 150, 150), "150", "150 people"),
        (Interval(961, 980, 1055), "980, between 961 and 1,055", "980 (961–1,055) people"),
        (Interval(961, 980, None), "980, at least 961", "980 (961–…) people"),
        (Interval(0, 50, 60), "50, at most 60", "50 (0–60) people"),
        (Interval(3150, None, None), "at least 3,150", "at least 3,150 people"),
        (Interval(0, None, 50), "at most 50", "at most 50 people"),
        (Interval(54, None, 65), "between 54 and 65", "between 54 and 65 people"),
        (Interval(0, None, None), "an unstated number", "an unstated number of people"),
    ],
)
def test_a_number_is_told_with_its_range(value: Interval | None, words: str, people: str) -> None:
    assert (in_words(value), people_in_words(value)) == (words, people)


@pytest.mark.parametrize(
    ("gap", "words", "digits"),
    [
        (Gap(None, None, None), "", "–"),
        (Gap(0, 0, 0), "as many came as were promised", "0"),
        (Gap(209, 265, 269), "265 fewer came than were promised", "265 (209–269)"),
        (Gap(-5, -2, 0), "2 more came than were promised", "−2 (−5–0)"),
        (Gap(2095, None, None), "at least 2,095 fewer came than were promised", "≥ 2,095"),
        (Gap(-78, None, None), "how many are missing cannot be told, for pledges give no number", "?"),
        (Gap(None, None, 50), "how many are missing cannot be told, for pledges give no number", "≤ 50"),
    ],
)
def test_a_gap_is_told_only_as_far_as_it_is_known(gap: Gap, words: str, digits: str) -> None:
    assert (gap_in_words(gap), gap_in_digits(gap)) == (words, digits)


def test_codes_are_words_and_names_keep_their_capitals() -> None:
    assert [code_in_words(code) for code in ("rotation_in", "notified_un")] == ["rotation in", "notified to the UN"]


def test_a_place_is_told_by_the_name_of_the_country_of_the_mission() -> None:
    places = ("in_haiti", "in_country", "training_abroad")

    for host, inside in ((Host("HTI", "Haiti"), "in Haiti"), (UNNAMED, "in the country")):
        assert [place_in_words(code, host) for code in places] == [inside, inside, "training abroad"]


@pytest.mark.parametrize(
    ("table", "column", "text", "address"),
    [
        ("commitments", "part_of", "C-0001", "rows/commitments.html#C-0001"),
        ("contributions", "part_of", "M-0001", "rows/contributions.html#M-0001"),
        ("deployments", "commitment_id", "C-0001", "rows/commitments.html#C-0001"),
        ("missions", "predecessor_id", "MSS", "rows/missions.html#MSS"),
        ("deployments", "country_code", "KEN", "countries/KEN.html"),
        ("evidence", "source_id", "seed 1/ü", "sources.html#seed%201%2F%C3%BC"),
        ("deployments", "deployment_id", "D-0001", None),
        ("deployments", "commitment_id", "", None),
        ("deployments", "note", "C-0001", None),
    ],
)
def test_a_cell_that_names_a_row_leads_there(table: str, column: str, text: str, address: str | None) -> None:
    assert of_cell(table, column, text) == address
