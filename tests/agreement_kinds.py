"""Kinds of column for generated packages: how the schema describes one, which values it holds, how they are written."""

from __future__ import annotations

import base64
import datetime as dt
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

# Delimiters, quotes, newlines and other alphabets; nothing that is invisible or lost, which is a finding of its own.
LETTERS = st.sampled_from([*"abcXYZ019 ,;|'\"-_.\t\n", "é", "Ж", "漢", "\u0301", "𝛼"])


@dataclass(frozen=True)
class Kind:
    """`values` can be put in order if `ordered`, and can be a key if `hashable`; `text` writes one as a cell."""

    described: Mapping[str, Any]
    values: st.SearchStrategy[Any]
    text: Callable[[Any], str] = str
    ordered: bool = False
    hashable: bool = False
    long: bool = False  # has a length that can be limited
    constraints: Mapping[str, Any] = field(default_factory=dict)


def _kind(type: str, values: st.SearchStrategy[Any], text: Callable[[Any], str] = str, **more: Any) -> Kind:
    flags = {name: more.pop(name) for name in ("ordered", "hashable", "long", "constraints") if name in more}
    return Kind({"type": type, **more}, values, text, **flags)


def _with_comma(value: Decimal) -> str:
    return f"{value:,.2f}".translate(str.maketrans(",.", ".,"))


_NUMBERS = st.integers(-99_999, 99_999)
_DECIMALS = st.integers(-9_999_999, 9_999_999).map(lambda cents: Decimal(cents).scaleb(-2))
_DATES = st.dates(dt.date(1000, 1, 1))
_TIMES = st.times().map(lambda moment: moment.replace(microsecond=0))
_MOMENTS = st.datetimes(dt.datetime(1000, 1, 1)).map(lambda moment: moment.replace(microsecond=0))
_WORDS = st.text(LETTERS, min_size=1, max_size=6)
_PLACES = st.tuples(st.integers(-180, 180), st.integers(-90, 90))
_JSON = st.recursive(
    st.none() | st.booleans() | _NUMBERS | _WORDS, lambda inner: st.lists(inner, max_size=2), max_leaves=3
)
_DURATIONS = st.sampled_from(["P1Y", "P2M10D", "PT5M", "P1DT12H", "P3W"])

KINDS: tuple[Kind, ...] = (
    _kind("integer", _NUMBERS, ordered=True, hashable=True),
    _kind("integer", st.integers(0, 999), lambda value: f"{value} %", bareNumber=False),
    _kind("number", _DECIMALS, ordered=True, hashable=True),
    _kind("number", _DECIMALS, _with_comma, decimalChar=",", groupChar=".", ordered=True),
    _kind("number", st.integers(0, 999), lambda value: f"EUR {value}.50", bareNumber=False),
    _kind("boolean", st.booleans(), lambda value: "true" if value else "0"),
    _kind(
        "boolean", st.booleans(), lambda value: "yes" if value else "no", trueValues=["yes"], falseValues=["no", "n"]
    ),
    _kind("date", _DATES, ordered=True, hashable=True),
    _kind("date", _DATES, lambda value: value.strftime("%d/%m/%Y"), format="%d/%m/%Y", ordered=True),
    _kind("date", _DATES, format="any"),
    _kind("time", _TIMES, ordered=True, hashable=True),
    _kind("time", _TIMES, lambda value: value.strftime("%H:%M"), format="%H:%M"),
    _kind("datetime", _MOMENTS, dt.datetime.isoformat, ordered=True, hashable=True),
    _kind("datetime", _MOMENTS, lambda value: f"{value.isoformat()}Z", hashable=True),
    _kind("datetime", _MOMENTS, lambda value: value.strftime("%Y.%m.%d %H:%M"), format="%Y.%m.%d %H:%M"),
    _kind("year", st.integers(1000, 9999), ordered=True, hashable=True),
    _kind("yearmonth", _DATES, lambda value: value.strftime("%Y-%m"), ordered=True),
    _kind("duration", _DURATIONS),
    _kind("geopoint", _PLACES, lambda value: f"{value[0]},{value[1]}"),
    _kind("geopoint", _PLACES, lambda value: json.dumps(list(value)), format="array"),
    _kind("geopoint", _PLACES, lambda value: json.dumps({"lon": value[0], "lat": value[1]}), format="object"),
    _kind("geojson", _PLACES, lambda value: json.dumps({"type": "Point", "coordinates": value})),
    _kind("object", st.dictionaries(_WORDS, _JSON, max_size=2), json.dumps, long=True),
    _kind("array", st.lists(_JSON, max_size=3), json.dumps, long=True),
    _kind(
        "list",
        st.lists(_NUMBERS, min_size=1, max_size=3),
        lambda value: ";".join(map(str, value)),
        itemType="integer",
        delimiter=";",
        long=True,
    ),
    _kind("list", st.lists(_DATES.map(str), min_size=1, max_size=3), ",".join, itemType="date", long=True),
    _kind("any", _WORDS),
    _kind("string", _WORDS, hashable=True, long=True),
    _kind("string", _WORDS, hashable=True, long=True),
    _kind("string", st.text("ABC", min_size=3, max_size=3), hashable=True, constraints={"pattern": "[A-Z]{3}"}),
    _kind("string", st.integers(0, 9999).map("{:04}".format), hashable=True, constraints={"pattern": r"\d{4}|x"}),
    _kind("string", st.text("abc", min_size=1).map("{}@example.org".format), format="email", hashable=True),
    _kind("string", st.text("abc", min_size=1).map("https://example.org/{}".format), format="uri", hashable=True),
    _kind("string", st.uuids().map(str), format="uuid", hashable=True),
    _kind(
        "string", st.binary(min_size=1, max_size=6).map(lambda value: base64.b64encode(value).decode()), format="binary"
    ),
)
