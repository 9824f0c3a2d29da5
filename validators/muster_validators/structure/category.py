"""Every value of a column with `categories` is one of them, exactly.

Why: Frictionless does not look at the v2 property `categories`, so a misspelt code would pass and drop out of every count by category.

Example: `pledgd` where the categories are interest, offered, pledged.

Remedy: Use one of the listed codes; a new code is first added to the schema and described there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Any

from muster_validators.check import describe
from muster_validators.finding import Finding
from musterroll.package.table import Table

_MANY = 200  # beyond that a guess costs more than it helps
INFO = describe(__name__, __doc__, layer="structure")


def run(table: Table) -> Iterator[Finding]:
    """Findings for every present value that is not a category."""
    for name, field in table.schema.fields.items():
        allowed = category_values(field)
        if not allowed or name not in table.index:
            continue
        missing = table.schema.missing_values(name)
        for row, text in enumerate(table.column(name)):
            if text not in missing and text not in allowed:
                close = get_close_matches(text, allowed, n=1) if len(allowed) <= _MANY else []
                hint = f" Did you mean {close[0]}?" if close else ""
                message = f"{text!r} is not a category of {name}.{hint}"
                yield INFO.at(table, row, name, message, expected=", ".join(allowed))


def category_values(field: Mapping[str, Any]) -> list[str]:
    """The values of `categories`, written plain or as objects with a label."""
    listed = field.get("categories") or []
    return [str(item["value"]) if isinstance(item, dict) else str(item) for item in listed]
