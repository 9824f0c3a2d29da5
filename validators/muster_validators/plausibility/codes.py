"""Which columns hold codes: a few values that many rows share."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from muster_validators.plausibility.subject import Subject, filled, tolerances
from musterroll.package.table import Table

_DIGITS = re.compile(r"[0-9]+")


def coded_columns(subject: Subject) -> Iterator[tuple[Table, str, Counter[str]]]:
    """Table as it is, column, and how many rows held each value in the release before."""
    limits = tolerances()["category"]
    for old, table in subject.pairs:
        for name in old.header:
            texts = all(is_text(side.schema.fields.get(name)) for side in (old, table))
            if name not in table.index or name in old.schema.key_columns or not texts:
                continue
            values = Counter(filled(old, name))
            few = len(values) <= limits["distinct"] and values.total() >= limits["repeats"] * len(values)
            few = few and not _are_numbered(values)
            if values and (few or is_listed(old.schema.fields.get(name, {}))):
                yield table, name, values


def is_listed(field: Mapping[str, Any]) -> bool:
    """Whether the schema lists the values, so that the structure layer sees to it that there are no others."""
    return "categories" in field or "enum" in field.get("constraints", {})


def _are_numbered(values: Iterable[str]) -> bool:
    """Whether the values differ in little but their digits, as places in a document do (`par. 3`, `par. 4`)."""
    known = set(values)
    bare = {_DIGITS.sub("0", value) for value in known}
    return any(map(_DIGITS.search, known)) and len(bare) <= len(known) / 2


def is_text(field: Mapping[str, Any] | None) -> bool:
    """Whether a field holds texts, as one does of which the schema says nothing."""
    return field is None or field.get("type", "string") == "string"
