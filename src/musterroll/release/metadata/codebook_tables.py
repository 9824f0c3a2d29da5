"""One table in the codebook: its keys, its columns and their codes."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import quote

from musterroll.markdown import code, prose
from musterroll.release.content import Content
from musterroll.release.exports.foreign_keys import ForeignKey, foreign_keys
from musterroll.release.metadata.tables import CONSTRAINTS, Category, Column, DescribedTable

# How values are written, where a field says so.
_SPELLINGS: Mapping[str, str] = {
    "bareNumber": "bare numbers",
    "decimalChar": "decimal character",
    "delimiter": "delimiter",
    "falseValues": "false is written",
    "format": "format",
    "groupChar": "group character",
    "trueValues": "true is written",
}


def table_blocks(content: Content, table: DescribedTable, *, counted: bool = True) -> Iterator[str]:
    """The blocks of Markdown that describe a table, with how many rows it has if they are to be counted."""
    yield f'<a id="{anchor(table.name)}"></a>'
    yield f"## {code(table.name)}" + (f": {prose(table.title)}" if table.title != table.name else "")
    if table.description:
        yield prose(table.description)
    yield "\n".join(_keys(content, table, counted=counted))
    yield "\n".join(_columns(table))
    yield from (block for column in table.columns if column.categories for block in _codes(column))


def anchor(*names: str) -> str:
    """The anchor of a table, or of a column by table and column."""
    return "/".join(quote(name, safe="") for name in names)


def missing_words(missing: Sequence[Category]) -> str:
    """Which cells hold no value."""
    marks = [f"{code(item.value) if item.value else 'nothing'}{bracketed(item.label)}" for item in missing]
    return f"a value is missing where the cell holds {' or '.join(marks)}" if marks else "no value is missing"


def bracketed(text: str | None) -> str:
    """A text in brackets behind another; nothing if there is none."""
    return f" ({prose(text)})" if text else ""


def _keys(content: Content, table: DescribedTable, *, counted: bool) -> Iterator[str]:
    schema = table.table.schema
    yield f"- File: {code(table.path)}" if table.path else "- In the descriptor itself"
    if counted:
        yield f"- Rows: {len(table.table.rows):,}"
    yield f"- Primary key: {', '.join(map(code, schema.primary_key)) or 'none'}"
    yield from (f"- Unique together: {', '.join(map(code, key))}" for key in schema.unique_keys)
    yield from (_foreign_key(table, key) for key in foreign_keys(table.table, content.tables))


def _foreign_key(table: DescribedTable, key: ForeignKey) -> str:
    fields, columns = ", ".join(map(code, key.fields)), ", ".join(map(code, key.columns))
    target = "this table" if key.resource == table.name else f"[{code(key.resource)}](#{anchor(key.resource)})"
    return f"- {fields} refers to {columns} in {target}"


def _columns(table: DescribedTable) -> Iterator[str]:
    yield "| Column | Type | Meaning |"
    yield "|---|---|---|"
    for column in table.columns:
        target = f'<a id="{anchor(table.name, column.name)}"></a>'
        yield f"| {target}{code(column.name)} | {_type(column)} | {_meaning(table, column)} |"


def _type(column: Column) -> str:
    return f"{prose(column.type)}, [coded](#{_codes_anchor(column)})" if column.categories else prose(column.type)


def _meaning(table: DescribedTable, column: Column) -> str:
    heading = f"**{prose(column.title)}**" if column.title else None
    rules = "; ".join(_rules(table, column))
    parts = [heading, prose(column.description or ""), f"Rules: {rules}" if rules else None]
    return "<br>".join(filter(None, parts))


def _rules(table: DescribedTable, column: Column) -> Iterator[str]:
    """Constraints, spelling and own marks of missing values, in words."""
    for name, value in column.constraints.items():
        if name in {"required", "unique"}:
            yield from [name] if value is True else []
        else:
            yield f"{CONSTRAINTS.get(name) or prose(name)} {_values(value)}"
    spelled = {name: column.field[name] for name in _SPELLINGS if column.field.get(name, "default") != "default"}
    yield from (f"{_SPELLINGS[name]} {_values(value)}" for name, value in spelled.items())
    if column.missing != table.missing:
        yield missing_words(column.missing)


def _values(value: Any) -> str:
    items = value if isinstance(value, list) else [value]
    return ", ".join(code(item if isinstance(item, str) else json.dumps(item, ensure_ascii=False)) for item in items)


def _codes(column: Column) -> Iterator[str]:
    """The codes of a column: a table where they are explained, else a line."""
    heading = f'<a id="{_codes_anchor(column)}"></a>Codes of {code(column.name)}'
    if not any(item.label or item.description for item in column.categories):
        yield f"{heading}: {', '.join(code(item.value) for item in column.categories)}"
        return
    yield f"{heading}:"
    rows = [f"| {code(item.value)} | {_explained(item)} |" for item in column.categories]
    yield "\n".join(["| Code | Meaning |", "|---|---|", *rows])


def _codes_anchor(column: Column) -> str:
    return anchor(column.table, column.name, "codes")


def _explained(item: Category) -> str:
    return "<br>".join(prose(text) for text in (item.label, item.description) if text)
