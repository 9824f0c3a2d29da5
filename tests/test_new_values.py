"""`muster new --set`: what fits the schema is written, and of what does not nothing is, with what would fit."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branches import ARRIVAL, fails, new, record_in_form, rows, settings
from musterroll.drafting.notation import cells_of, written_days, written_number
from musterroll.drafting.slug import slug_of
from musterroll.package.canonical import csv_record
from musterroll.package.dialect import Dialect
from musterroll.record.asserted import parse_days
from musterroll.record.count import parse_notation
from running import muster

NUMBER = tuple(f"personnel_{end}" for end in ("min", "best", "max", "qualifier"))
DAYS = ("date_earliest", "date_latest")


@pytest.fixture
def package(tmp_path: Path) -> Path:
    return record_in_form(tmp_path / "record")


@pytest.mark.parametrize(
    ("setting", "told"),
    [
        ("movment=arrival", "Did you mean movement?"),
        ("movment=arrival", "Its columns are deployment_id, mission_id"),
        ("movement=arival", "\n  arrival         people came\n"),
        ("movement=arival", "\n  death           people died"),
        ("date_earliest=2025-02-30", "it must be a date such as 2025-02-06"),
        ("date_earliest=2025-2-3", "it must be a date such as 2025-02-06"),
        ("personnel_min=12.0", "it must be a whole number such as 12"),
        ("personnel_min=1_000", "it must be a whole number such as 12"),
        ("personnel_min=-1", "minimum is 0"),
        ("personnel=about 100", "a number is written 200, ~200 (about)"),
        ("date=6 February", "a date is written 2025-02-06, 2025-02"),
        ("country_code=Kenya", "it does not have the form [A-Z]{3}"),
        ("country_code=SLV", "countries has no such row; there are BHS, BLZ, JAM, KEN. If it is new: muster new c"),
        ("mission_id=UN", "missions has no such row; there are GSF, MSS."),
        ("commitment_id=C-0077", "commitments has no such row; there are C-0001, C-0002"),
        ("place=", "it must not be empty"),
        ("note=\x1b[31mred", "it holds a control character"),
        ("note=one\ntwo", "it holds a control character"),
        ("note=\udce9", "it holds a control character or bytes that are no text"),
    ],
)  # fmt: skip
def test_a_value_that_does_not_fit_is_refused_with_what_would(setting: str, told: str, package: Path) -> None:
    result = fails(package, "deployments", "--set", setting)

    assert told in result.stderr
    assert "\x1b" not in result.stderr


def test_every_fault_is_told_at_once(package: Path) -> None:
    words = settings({"movement": "x", "place": "y", "date": "z"})

    told = fails(package, "deployments", *words, "--set", "place=in_haiti", "--set", "nothing").stderr
    assert "'nothing' is not COLUMN=VALUE" in told
    told = fails(package, "deployments", *words, "--set", "place=in_haiti").stderr
    assert all(text in told for text in ("movement=x", "date=z", "place is set twice"))


def test_the_source_must_be_there(package: Path) -> None:
    told = fails(package, "deployments", "--source", "gazete-2025-12-20").stderr

    assert "sources has no such row" in told
    assert "muster new sources" in told


def test_a_table_that_is_not_there_is_told_with_those_that_are(package: Path) -> None:
    assert "the tables are commitments, conditions" in fails(package, "deployment").stderr


def test_unique_and_alternative_forms_are_looked_at(package: Path) -> None:
    cells = {"country_code": "SLV", "kind": "state", "name_en": "Kenya", "name_fr": "x", "name_es": "x", "alpha2": "KE"}

    told = fails(package, "countries", *settings(cells)).stderr

    assert "alpha2=KE: countries has a row with that alpha2" in told
    assert "name_en=Kenya" in told


def test_what_would_be_a_formula_or_a_tag_elsewhere_is_a_text_here(package: Path) -> None:
    note = '=HYPERLINK("https://example.org"),<script>'

    new(package, "deployments", *settings(ARRIVAL, {"note": note}))

    assert rows(package, "deployments")[-1].endswith(csv_record([note], Dialect()))


@given(
    st.one_of(
        st.builds("{}{}".format, st.sampled_from(["", "~", ">=", ">", "<=", "<"]), st.integers(1, 10**6)),
        st.tuples(st.integers(0, 500), st.integers(0, 500)).map(lambda ends: f"{min(ends)}..{max(ends)}"),
        st.just("?"),
    )
)  # fmt: skip
def test_a_number_in_cells_and_in_evidence_is_the_same_number(text: str) -> None:
    cells = cells_of(NUMBER, text)

    assert parse_notation(written_number("personnel", cells)) == parse_notation(text)


@given(st.dates(), st.integers(0, 400), st.sampled_from(["day", "month", "year", "about", "window", "open"]))
def test_a_window_in_cells_and_in_evidence_is_the_same_window(first: object, days: int, how: str) -> None:
    day = str(first)
    text = {
        "day": day, "month": day[:7], "year": day[:4], "window": f"{day[:7]}/{day[:4]}-12", "open": f"{day}/..",
        "about": f"{day[:7]}~",
    }[how]  # fmt: skip
    if how == "about" and day[:7] in {"0001-01", "9999-12"}:
        return  # beyond the calendar

    assert parse_days(written_days("date", cells_of(DAYS, text))) == parse_days(text)


@pytest.mark.parametrize(
    ("cells", "text"),
    [
        (
            {"personnel_min": "45", "personnel_best": "48", "personnel_max": "60", "personnel_qualifier": "disputed"},
            "48",
        ),
        ({"personnel_min": "45", "personnel_max": "60", "personnel_qualifier": "disputed"}, ""),
        ({"personnel_best": "x"}, ""),
        ({"personnel_qualifier": "between", "personnel_min": "4"}, ""),
        ({}, ""),
    ],
)
def test_cells_that_no_notation_can_say_leave_the_evidence_to_the_user(cells: dict[str, str], text: str) -> None:
    assert written_number("personnel", cells) == text


@pytest.mark.parametrize(
    ("cells", "slug"),
    [
        ({"publisher": "The Gazette", "published_earliest": "2025-02-07", "published_latest": "2025-02-07"},
         "the-gazette-2025-02-07"),
        ({"publisher": "Le Nouvelliste", "published_earliest": "2025-02-01", "published_latest": "2025-02-28"},
         "le-nouvelliste-2025-02"),
        ({"publisher": "Ministère de l'Intérieur"}, "ministere-de-linterieur"),
        ({"url": "https://www.haitilibre.com/en/x"}, "haitilibre"),
        ({"url": "https://["}, None),
        ({"title": "More police arrive in Haiti today"}, "more-police-arrive-in"),
        ({"title": "…"}, None),
    ],
)  # fmt: skip
def test_the_id_of_a_source_says_who_and_when(cells: dict[str, str], slug: str | None) -> None:
    assert slug_of(cells, ()) == slug


def test_a_second_source_of_the_day_is_told_apart_by_its_title(package: Path) -> None:
    cells = {
        "publisher": "Gazette",
        "published": "2025-02-07",
        "title": "More police",
        "type": "news",
        "language": "en",
    }
    words = settings(cells, {"read_extent": "whole"})

    ids = [new(package, "sources", *words) for _ in range(4)]

    assert ids == [f"gazette-2025-02-07{end}" for end in ("", "-more", "-more-police", "-2")]
    assert "publisher=…" in fails(package, "sources").stderr


@given(
    st.fixed_dictionaries({}, optional={name: st.text(max_size=90) for name in ("publisher", "title", "url")}),
    st.lists(st.integers(0, 5), max_size=4),
)
def test_whatever_a_source_is_called_its_id_has_the_form_and_is_free(cells: dict[str, str], again: list[int]) -> None:
    taken: list[str] = []
    for _ in range(len(again) + 1):
        slug = slug_of({**cells, "published_earliest": "2025-02-07", "published_latest": "2025-02-07"}, taken)
        assert slug is None or (slug not in taken and re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9.]+)*", slug))
        taken += [slug] if slug else []


def test_bounds_lengths_and_types_of_any_schema_are_looked_at(tmp_path: Path) -> None:
    fields: list[dict[str, Any]] = [
        {"name": "id", "constraints": {"pattern": "T-[0-9]{3}"}},
        {"name": "when", "type": "date", "constraints": {"minimum": "2025-01-01", "maximum": "2025-12-31"}},
        {"name": "share", "type": "number", "constraints": {"exclusiveMinimum": 0, "exclusiveMaximum": 1}},
        {"name": "price", "type": "number", "bareNumber": False},
        {"name": "word", "constraints": {"minLength": 2, "maxLength": 4, "minimum": "a"}},
        {"name": "grade", "constraints": {"enum": ["a", "b"]}},
        {"name": "many", "categories": [f"c{number}" for number in range(60)]},
        {"name": "odd", "constraints": {"pattern": "("}},
        {"name": "seen", "type": "datetime", "format": "%d.%m.%Y"},
        {"name": "more", "type": "object"},
        {"name": "wrong", "type": "integer", "constraints": {"minimum": "abc"}},
    ]
    schema = {"fields": fields, "primaryKey": "id"}
    resources = [{"name": "things", "path": "things.csv", "schema": schema}]
    (tmp_path / "datapackage.json").write_text(json.dumps({"name": "x", "resources": resources}))
    (tmp_path / "things.csv").write_text(",".join(str(field["name"]) for field in fields) + "\n")
    bad = {
        "when": "2026-01-01", "share": "1", "price": "cheap", "word": "x", "grade": "c", "many": "c99",
        "seen": "2025-01-01", "more": "[1]",
    }  # fmt: skip

    told = fails(tmp_path, "things", *settings(bad)).stderr

    for text in (
        "maximum is 2025-12-31", "exclusiveMaximum is 1", "a number such as", "minLength is 2", "which are\n  a\n  b",
        "no code of many; did you mean c9,", "(written %d.%m.%Y)", "a JSON object",
    ):  # fmt: skip
        assert text in told
    good = {
        "when": "2025-01-01",
        "share": "0.5",
        "price": "€3",
        "word": "four",
        "grade": "a",
        "many": "c59",
        "odd": "(",
    }
    assert new(tmp_path, "things", *settings(good, {"more": "{}", "wrong": "3"})) == "T-001"
    assert "maxLength is 4" in fails(tmp_path, "things", "--set", "word=fifth").stderr
    assert "exclusiveMinimum is 0" in fails(tmp_path, "things", "--set", "share=0").stderr
    assert "minimum is 2025" in fails(tmp_path, "things", "--set", "when=2024-12-31").stderr


def test_a_code_far_from_any_of_many_is_told_with_how_many_there_are(tmp_path: Path) -> None:
    fields = [
        {"name": "id", "constraints": {"pattern": "T-[0-9]{3}"}},
        {"name": "many", "categories": [f"c{n}" for n in range(60)]},
    ]
    resources = [{"name": "things", "path": "t.csv", "schema": {"fields": fields, "primaryKey": "id"}}]
    (tmp_path / "datapackage.json").write_text(json.dumps({"name": "x", "resources": resources}))
    (tmp_path / "t.csv").write_text("id,many\n")

    assert "there are 60 others" in fails(tmp_path, "things", "--set", "many=zzz").stderr
    assert muster("new", "things", tmp_path, "--set", "many=c7").code == 0
