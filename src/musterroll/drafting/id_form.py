"""Ids that are letters, a hyphen and digits: how a table writes them, and what number one is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from musterroll.drafting.unfit import Unfit
from musterroll.package.table import Table, as_names

_PATTERN = re.compile(r"(?P<prefix>[A-Za-z]+)-(?:\[0-9\]|\\d)\{(?P<digits>[1-9])\}")
_ID = re.compile(r"(?P<prefix>[A-Za-z]+)-(?P<digits>[0-9]{1,9})")


@dataclass(frozen=True, slots=True)
class IdForm:
    """So many digits behind a prefix and a hyphen."""

    prefix: str
    digits: int

    def number(self, text: str) -> int | None:
        """The number of an id, or None if the text is no id of this form."""
        match = _ID.fullmatch(text)
        if match is None or match["prefix"] != self.prefix or len(match["digits"]) != self.digits:
            return None
        return int(match["digits"])

    def id(self, number: int) -> str:
        """The id with that number; raises `Unfit` if the digits do not suffice."""
        if len(str(number)) > self.digits:
            raise Unfit(f"no id is left: {self.prefix}-{'9' * self.digits} was the last that {self.digits} digits give")
        return f"{self.prefix}-{number:0{self.digits}}"


def id_form(table: Table) -> IdForm | None:
    """The form of the ids that a table gives, from the pattern of its key or, without one, from all of its ids.

    None if it gives none: it has no key, the key begins with a reference to
    another table, or its ids have no such form.
    """
    key = table.schema.primary_key
    if not key or key[0] not in table.index or key[0] in _borrowed(table):
        return None
    field = table.schema.fields.get(key[0], {})
    if "pattern" in (field.get("constraints") or {}):
        return pattern_form(field)
    matches = [_ID.fullmatch(text) for text in table.column(key[0])]
    forms = {IdForm(match["prefix"], len(match["digits"])) if match else None for match in matches}
    return forms.pop() if len(forms) == 1 else None


def pattern_form(field: Mapping[str, Any]) -> IdForm | None:
    """The form that a column's pattern prescribes, if it is one of letters, a hyphen and digits."""
    match = _PATTERN.fullmatch(str((field.get("constraints") or {}).get("pattern", "")))
    return IdForm(match["prefix"], int(match["digits"])) if match else None


def _borrowed(table: Table) -> set[str]:
    """Columns that hold ids of other tables, by a foreign key of their own."""
    keys = table.schema.descriptor.get("foreignKeys") or []
    others = (item for item in keys if (item.get("reference") or {}).get("resource") not in {None, "", table.name})
    return {names[0] for item in others if len(names := as_names(item.get("fields"))) == 1}
