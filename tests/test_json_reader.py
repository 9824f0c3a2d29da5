"""Strict JSON agrees with the standard library where that is right, and knows where everything stands."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from musterroll.package import limits
from musterroll.package.json_reader import Document, parse
from musterroll.package.places import position
from musterroll.package.problem import Rejected

_TEXT = st.text(st.characters(exclude_categories=["Cs"]))
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | _TEXT,
    lambda inner: st.lists(inner) | st.dictionaries(_TEXT, inner),
    max_leaves=20,
)


def fault(data: bytes) -> tuple[str, int | None, int | None]:
    with pytest.raises(Rejected) as caught:
        parse(data, "x.json")
    problem = caught.value.problem
    return problem.check, problem.line, problem.column


@given(_JSON, st.sampled_from([None, 2]), st.booleans())
def test_what_the_standard_library_writes_is_read_back_equal(value: Any, indent: int | None, ascii_only: bool) -> None:
    text = json.dumps(value, indent=indent, ensure_ascii=ascii_only)

    assert parse(text.encode(), "x.json").value == value


@given(_JSON)
def test_the_text_at_every_place_begins_the_value_that_stands_there(value: Any) -> None:
    text = json.dumps(value, indent=1)
    document = parse(text.encode(), "x.json")
    decoder = json.JSONDecoder()

    for pointer, offset in document.offsets.items():
        expected = value
        for step in pointer:
            expected = expected[step]
        assert decoder.raw_decode(text, offset)[0] == expected


@given(st.binary(max_size=60))
def test_any_bytes_end_in_a_value_that_the_standard_library_reads_too_or_in_a_problem(data: bytes) -> None:
    try:
        document = parse(data, "x.json")
    except Rejected:
        return

    assert json.loads(data) == document.value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{"a": 1, "a": 2}', ("json-duplicate-key", 1, 10)),
        ('{"a": {"a": 1},\n "b": NaN}', ("json-non-finite", 2, 7)),
        ("[1e400]", ("json-non-finite", 1, 2)),
        ("[-Infinity]", ("json-non-finite", 1, 2)),
        ("[" + "9" * 1001 + "]", ("json-number", 1, 2)),
        ("[" * 70 + "]" * 70, ("limit-depth", 1, 66)),
        ("[" * 100_000, ("limit-depth", 1, 66)),
        ("", ("json-syntax", 1, 1)),
        ("{} x", ("json-syntax", 1, 4)),
        ("[1,]", ("json-syntax", 1, 4)),
        ('{"a": 1,}', ("json-syntax", 1, 9)),
        ('{"a" 1}', ("json-syntax", 1, 6)),
        ("[1 2]", ("json-syntax", 1, 4)),
        ("[01]", ("json-syntax", 1, 3)),
        ('["\\ud800"]', ("json-syntax", 1, 2)),
        ('["a\nb"]', ("json-syntax", 1, 4)),
        ("{a: 1}", ("json-syntax", 1, 2)),
        ("{} \ufeff", ("json-syntax", 1, 4)),
    ],
)
def test_a_fault_is_named_with_line_and_column(text: str, expected: tuple[str, int, int]) -> None:
    assert fault(text.encode()) == expected


def test_bytes_that_are_not_utf8_or_begin_with_a_mark_are_refused() -> None:
    assert fault(b'{"a":\n "\xe9"}') == ("json-syntax", 2, 3)
    assert fault(b"\xef\xbb\xbf{}") == ("json-syntax", 1, 1)
    assert fault('{"a": 1}'.encode("utf-16")) == ("json-syntax", 1, 1)


def test_a_file_over_the_limit_is_refused_before_it_is_parsed() -> None:
    assert fault(b" " * (limits.JSON_BYTES + 1)) == ("limit-size", None, None)


def test_a_place_that_is_not_there_is_that_of_its_nearest_parent() -> None:
    document: Document = parse(b'{\n  "a": {"b": 1}\n}', "x.json")

    assert document.place(("a", "b")) == (2, 14)
    assert document.place(("a", "missing", 3)) == (2, 8)


def test_lines_end_at_any_newline() -> None:
    assert position("a\r\nb\rc\nd", 7) == (4, 1)
