"""How a CSV file says it is written: delimiter, quotes, header (Data Package v2, "Table Dialect")."""

from __future__ import annotations

import codecs
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

_DEFAULTS: Mapping[str, Any] = {
    "delimiter": ",",
    "lineTerminator": None,  # v2 says "\r\n"; unless declared, any one style will do
    "quoteChar": '"',
    "doubleQuote": True,
    "skipInitialSpace": False,
    "header": True,
    "headerRows": [1],
    "headerJoin": " ",
    "headerCase": True,
    "commentRows": [],
    "commentChar": None,
    "escapeChar": None,
    "nullSequence": None,
}
PROPERTIES = tuple(_DEFAULTS)
# What we write declares all that is not left to a reader's defaults.
AS_WRITTEN: Mapping[str, Any] = {
    "header": True,
    "delimiter": ",",
    "lineTerminator": "\n",
    "quoteChar": '"',
    "doubleQuote": True,
    "skipInitialSpace": False,
}

# What an encoding of plain text leaves as it is; UTF-7 and unicode_escape do not.
_PROBE = 'A,"b"\\n\\u0041+AGE-~{xn--bcher-kva'
_OLD_NAMES = {"caseSensitiveHeader": "headerCase"}  # v1
_NOT_ABOUT_CSV = {"$schema", "csvddfVersion", "csv", "title", "description"}


@dataclass(frozen=True)
class Dialect:
    """The part of a table dialect that this reader acts upon."""

    delimiter: str = ","
    quote: str = '"'
    line_terminator: str | None = None
    skip_initial_space: bool = False
    header: bool = True
    header_case: bool = True  # whether capitals in column names count


def read_dialect(declared: Mapping[str, Any]) -> tuple[Dialect, list[str]]:
    """The dialect, and the names of declared properties that this reader does not support.

    A table with an unsupported dialect is not read at all: half-understood
    quoting would be a guess.
    """
    settings = {_OLD_NAMES.get(name, name): value for name, value in declared.items()}
    settings = {**_DEFAULTS, **settings, **_csv_part(settings)}
    unsupported = sorted(name for name in settings.keys() - _NOT_ABOUT_CSV if not _is_supported(name, settings[name]))
    if settings["delimiter"] == settings["quoteChar"]:
        unsupported.append("quoteChar")
    dialect = Dialect(
        delimiter=str(settings["delimiter"]),
        quote=str(settings["quoteChar"]),
        line_terminator=settings["lineTerminator"],
        skip_initial_space=settings["skipInitialSpace"] is True,
        header=settings["header"] is not False,
        header_case=settings["headerCase"] is not False,
    )
    return dialect, unsupported


def read_encoding(declared: object) -> str | None:
    """Python's name of a declared encoding (UTF-8 if none is), or None if there is no such encoding of plain text."""
    if declared is None:
        return "utf-8"
    try:
        name = codecs.lookup(str(declared)).name
        is_plain = name.startswith(("utf-16", "utf-32")) or _PROBE.encode("ascii").decode(name) == _PROBE
    except (LookupError, ValueError):  # unknown, or a codec that is not of text
        return None
    return name if is_plain else None


def _csv_part(settings: Mapping[str, Any]) -> Mapping[str, Any]:
    nested = settings.get("csv")  # as Frictionless writes it
    return nested if isinstance(nested, dict) else {}


def _is_supported(name: str, value: object) -> bool:
    if name in {"delimiter", "quoteChar"}:
        return isinstance(value, str) and len(value) == 1 and (value.isprintable() or value == "\t")
    if name == "lineTerminator":
        return value in (None, "\n", "\r\n", "\r")
    if name in {"skipInitialSpace", "header", "headerCase"}:
        return isinstance(value, bool)
    return name in _DEFAULTS and bool(value == _DEFAULTS[name])
