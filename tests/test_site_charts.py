"""Charts: valid Vega-Lite, drawn the same everywhere, and honest about what nobody knows."""

from __future__ import annotations

import json
import re
import sys
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
import vl_convert

from musterroll.errors import Unavailable
from musterroll.record.balance import BalanceRow
from musterroll.record.count import Interval
from musterroll.site.charts.drawing import drawn
from musterroll.site.charts.explorable import by_day
from musterroll.site.charts.palette import PROPERTIES
from musterroll.site.charts.promised import NARROW, WIDE, Report, Size, promised_and_present
from musterroll.site.charts.world import world
from musterroll.site.model.key import Key

_NONE = Interval(0, 0, 0)
_ROW = BalanceRow(
    mission="MSS", country=None, as_of=date(2024, 1, 1), pledged=Interval(1000, None, None), offered=None,
    notified=None, in_force=None, deployed=_NONE, present=_NONE, allowed=None, pledges_without_number=1, reported=None,
    reported_as_of=None, verdict="holds", why=(), last_heard=None,
)  # fmt: skip
_ROWS = [_ROW, replace(_ROW, as_of=date(2024, 7, 1), present=Interval(196, 200, 210))]
_MARKS = [(date(2024, 3, 1), "MSS begins")]


def _marks_of(specification: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for layer in specification["layer"]:
        found += _marks_of(layer, kind) if "layer" in layer else [layer] * (layer["mark"]["type"] == kind)
    return found


@pytest.mark.parametrize("size", [WIDE, NARROW])
def test_a_chart_over_time_is_valid_vega_lite(size: Size) -> None:
    import altair

    specification = promised_and_present(_ROWS, _MARKS, [Report(date(2024, 7, 2), 205)], size, "in Haiti")

    altair.LayerChart.from_dict(specification, validate=True)


def test_the_map_is_valid_vega_lite() -> None:
    import altair

    specification = world({"KEN": "present", "BRB": "promised"}, {"KEN": "404", "BRB": "052"}, "HTI")

    altair.LayerChart.from_dict(specification, validate=True)


def test_what_is_at_least_so_many_has_no_upper_edge() -> None:
    bands = _marks_of(promised_and_present(_ROWS, [], [], WIDE, "in Haiti"), "area")

    heights = sorted(band["data"]["values"][0]["high"] for band in bands if band["data"]["values"][0]["low"] == 1000)
    assert len(heights) > 5, "the colour fades in steps"
    assert len(set(heights)) == len(heights)


def test_what_has_an_upper_end_is_drawn_up_to_it_and_no_further() -> None:
    rows = [replace(row, pledged=Interval(900, 1000, 1100)) for row in _ROWS]

    bands = _marks_of(promised_and_present(rows, [], [], WIDE, "in Haiti"), "area")

    promised = [band["data"]["values"][0] for band in bands if band["data"]["values"][0]["low"] == 900]
    assert [(point["low"], point["high"]) for point in promised] == [(900, 1100)]


def test_a_handful_of_people_does_not_fill_the_chart() -> None:
    rows = [replace(row, pledged=None, present=Interval(2, 2, 2)) for row in _ROWS]

    (rules,) = {point["low"] for mark in _marks_of(promised_and_present(rows, _MARKS, [], WIDE, "in Haiti"), "rule")
                for point in mark["data"]["values"]}  # fmt: skip
    assert rules >= 10


def test_days_that_are_near_each_other_have_one_label_each_on_the_axis_and_at_the_marks() -> None:
    for size in (WIDE, NARROW):
        for first, last in [((2025, 1, 6), (2025, 1, 8)), ((2025, 1, 6), (2025, 3, 25)), ((2023, 7, 1), (2026, 2, 28))]:
            rows = [replace(row, as_of=date(*day)) for row, day in zip(_ROWS, (first, last), strict=True)]
            told = vl_convert.vegalite_to_svg(promised_and_present(rows, [], [], size, "in Haiti"))
            days = re.findall(r"<text[^>]*>((?:\d+ )?[A-Z][a-z]{2} \d+)</text>", told)
            assert len(set(days)) == len(days) > 1, days
    rows, marks = [replace(row, as_of=date(2024, 9, 1)) for row in _ROWS], [*_MARKS, (date(2024, 3, 9), "GSF begins")]

    near, far = [_marks_of(promised_and_present(rows, each, [], WIDE, "in Haiti"), "text") for each in (marks, _MARKS)]
    heights = {point["text"].split("\n")[0]: mark["mark"]["dy"] for mark in near for point in mark["data"]["values"]}
    assert heights["GSF begins"] - heights["MSS begins"] >= 2 * 17, "the second stands below both lines of the first"
    assert len(near) == len(far) + 2


def test_the_long_name_of_a_country_does_not_stand_beside_the_line() -> None:
    texts = _marks_of(promised_and_present(_ROWS, [], [], WIDE, "in Democratic Republic of the Congo"), "text")

    assert {point["text"] for mark in texts for point in mark["data"]["values"]} == {
        "promised\n≥ 1,000",
        "in the country\n200 (196–210)",
    }


def test_the_key_explains_what_is_in_the_chart_and_nothing_else() -> None:
    exact, wide, more = Interval(900, 900, 900), Interval(800, 900, 1000), Interval(800, None, None)
    keys = [Key([replace(_ROW, pledged=each) for each in found]) for found in ([exact], [wide], [more], [wide, more])]

    assert [(key.promised, key.shade) for key in keys] == [
        ("people promised", ""),
        ("people promised, with the range that sources allow", "closed"),
        ("people promised, at least; where it fades, nobody said how many more", "open"),
        ("people promised, with the range that sources allow; where it fades, nobody said how many more", "open"),
    ]
    assert (Key([_ROW]).present, Key(_ROWS).present) == ("", ", with the range that sources allow")


def test_the_line_falls_at_a_takeover_only_if_promises_stood() -> None:
    after = replace(_ROW, mission="GSF", as_of=date(2025, 10, 3))
    told = [(_ROW.pledged, None), (_ROW.pledged, _ROW.pledged), (None, None)]

    found = [Key([replace(_ROW, pledged=then), replace(after, pledged=now)]).takeovers for then, now in told]
    assert found == ["GSF", "", ""]
    assert Key([_ROW, replace(_ROW, pledged=None)]).takeovers == "", "a promise was taken back"


def test_a_drawing_takes_the_colours_of_the_page_and_brings_no_style_or_script() -> None:
    drawing = drawn(promised_and_present(_ROWS, _MARKS, [], WIDE, "in Haiti"), "a", "<b>Title</b>", "Text")

    assert not re.search(r"style=|<script|<style|href=|<b>|#[0-9a-f]{6}", drawing.svg)
    assert 'role="img" aria-labelledby="a-title a-text"' in drawing.svg
    used = set(re.findall(r"var\((--[a-z]+)\)", drawing.svg))
    assert used <= set(PROPERTIES.values())
    assert {"--promised", "--came"} <= used


def test_every_country_of_the_map_leads_somewhere_small_ones_too() -> None:
    specification = world({"KEN": "present", "BRB": "promised"}, {"KEN": "404", "BRB": "052"}, "HTI")

    drawing = drawn(
        specification, "map", "Map", "Text", {"KEN": ("Kenya & co", "countries/KEN.html"), "BRB": ("B", "b")}
    )

    assert '<a href="countries/KEN.html"><title>Kenya &amp; co</title>' in drawing.svg
    assert '<a href="b"><title>B</title>' in drawing.svg
    assert drawing.svg.count("href") == 2
    assert 'role="group" aria-labelledby="map-title map-text"' in drawing.svg


def test_without_the_drawing_library_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "vl_convert", None)

    with pytest.raises(Unavailable, match=r"musterroll\[site\]"):
        drawn(promised_and_present(_ROWS, [], [], WIDE, "in Haiti"), "a", "Title", "Text")


def test_the_name_of_a_country_ends_no_expression_and_is_no_path() -> None:
    chart = by_day(promised_and_present(_ROWS, [], [], WIDE, "in A.b[0]'\"\\"), _ROWS, "in A.b[0]'\"\\")
    told = json.dumps(vl_convert.vegalite_to_vega(chart))

    assert json.dumps(r"""datum["In A\.b\[0\]\'\'/"]""")[1:-1] in told
    assert vl_convert.vegalite_to_svg(chart)
