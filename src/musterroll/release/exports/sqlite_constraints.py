"""What a schema demands, as constraints of SQLite, each with the query that counts the rows against it.

Patterns are not among them: SQLite has no regular expressions of its own.
"""

# ruff: noqa: S608 - every name of a package goes through `quoted`, every value is bound or made a literal

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from musterroll.release.exports.sqlite_tables import SqlColumn, SqlTable, quoted
from musterroll.typed.columns import Value, is_exact_double, plain_reader, value_text

_BOUNDS = {"minimum": ">=", "exclusiveMinimum": ">", "maximum": "<=", "exclusiveMaximum": "<"}
_LENGTHS = {"minLength": ">=", "maxLength": "<="}
_COUNTED_IN_CHARACTERS = {"string", "None", "any"}


@dataclass(frozen=True)
class Constraint:
    """A clause of CREATE TABLE, and the query that counts the rows against it."""

    clause: str
    violations: str
    behind: str | None = None  # the column that the clause belongs to; None: it stands behind all columns
    key: frozenset[str] = frozenset()  # columns by whose values rows are told apart


def own_constraints(table: SqlTable) -> Iterator[Constraint | str]:
    """Constraints within one table; a text is one that SQLite cannot keep, in words."""
    schema = table.table.schema
    unique = [*schema.unique_keys, *((name,) for name, field in schema.fields.items() if _of(field).get("unique"))]
    keys = dict.fromkeys(key for key in unique if key != schema.primary_key and len({*key}) == len(key))
    yield from _key(table, "PRIMARY KEY", schema.primary_key)
    for key in keys:
        yield from _key(table, "UNIQUE", key)
    for column in table.columns:
        if _of(column.column.field).get("required") is True or column.column.name in schema.primary_key:
            against = f"SELECT count(*) FROM {table.staged} WHERE {column} IS NULL"
            yield Constraint("NOT NULL", against, behind=column.name)
        yield from _checks(table, column)


def foreign_key(child: SqlTable, fields: Sequence[str], parent: SqlTable, columns: Sequence[str]) -> Constraint | str:
    """The constraint that every value in the child is one of the parent."""
    pairs = list(zip(child.named(fields), parent.named(columns), strict=True))
    names, others = _list([one for one, _ in pairs]), _list([other for _, other in pairs])
    clause = f"FOREIGN KEY ({names}) REFERENCES {quoted(parent.name)} ({others})"
    if any(one.type[:3] != other.type[:3] for one, other in pairs):  # INT is INTEGER
        return f"{clause}: the columns are of different types"
    on = " AND ".join(f"p.{other} = c.{one}" for one, other in pairs)
    filled = " AND ".join(f"c.{one} IS NOT NULL" for one, _ in pairs)
    against = (
        f"SELECT count(*) FROM {child.staged} AS c LEFT JOIN {parent.staged} AS p ON {on} "
        f"WHERE {filled} AND p.{pairs[0][1]} IS NULL"
    )
    return Constraint(clause, against)


def _key(table: SqlTable, word: str, names: Sequence[str]) -> Iterator[Constraint]:
    columns = table.named(names)
    if columns:
        filled = " AND ".join(f"{column} IS NOT NULL" for column in columns)
        groups = f"SELECT count(*) - 1 AS n FROM {table.staged} WHERE {filled} GROUP BY {_list(columns)}"
        against = f"SELECT coalesce(sum(n), 0) FROM ({groups})"
        if word == "PRIMARY KEY":
            against = f"SELECT ({against}) + (SELECT count(*) FROM {table.staged} WHERE NOT ({filled}))"
        yield Constraint(f"{word} ({_list(columns)})", against, key=frozenset(names))


def _checks(table: SqlTable, column: SqlColumn) -> Iterator[Constraint | str]:
    for demand, expression in _expressions(table, column):
        if expression is None:
            yield f"{demand} of {column}: it cannot be said in SQLite of such values"
        else:
            against = f"SELECT count(*) FROM {table.staged} WHERE NOT ({expression})"
            yield Constraint(f"CHECK ({expression})", against)


def _expressions(table: SqlTable, column: SqlColumn) -> Iterator[tuple[str, str | None]]:
    """What is demanded of a cell, and how SQLite says it, if it can."""
    field, demands = column.column.field, _of(column.column.field)
    if column.column.kind == "boolean":
        yield "boolean", f"{column} IN (0, 1)"
    if column.column.kind == "date":
        yield "date", f"{column} IS date({column}, '+0 days')"
    for name, values in (("categories", field.get("categories")), ("enum", demands.get("enum"))):
        if isinstance(values, list):
            literals = [_literal(table, column, value) for value in values]
            said = [literal for literal in literals if literal is not None]
            yield name, f"{column} IN ({', '.join(said)})" if len(said) == len(literals) else None
    for name, sign in _BOUNDS.items():
        if name in demands:
            bound = None if column.column.kind in {"text", "boolean"} else _literal(table, column, demands[name])
            yield name, None if bound is None else f"{column} {sign} {bound}"
    for name, sign in _LENGTHS.items():
        if name in demands:
            is_said = type(demands[name]) is int and _is_text(column)
            yield name, f"length({column}) {sign} {demands[name]}" if is_said else None


def _literal(table: SqlTable, column: SqlColumn, declared: Any) -> str | None:
    """A category or bound of the schema as SQL; None if it is no plain value of the column."""
    value = declared["value"] if isinstance(declared, dict) and "value" in declared else declared
    if isinstance(value, bool):
        return str(int(value)) if column.column.kind == "boolean" else None
    if not isinstance(value, (str, int, float)) or (column.column.kind == "text" and not _is_text(column)):
        return None
    plain = plain_reader(table.table.schema, column.column.name)(str(value))
    return None if plain is None else _sql(column, plain)


def _sql(column: SqlColumn, value: Value) -> str | None:
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, int):
        return str(value) if column.type != "TEXT" and -(2**63) <= value < 2**63 else None
    if isinstance(value, Decimal):
        is_said = column.type == "REAL" and value.is_finite() and is_exact_double(value)
        return repr(float(value)) if is_said else None
    text = value_text(value).replace("'", "''")
    return None if "\0" in text else f"'{text}'"


def _is_text(column: SqlColumn) -> bool:
    return column.column.kind == "text" and str(column.column.field.get("type")) in _COUNTED_IN_CHARACTERS


def _of(field: Mapping[str, Any]) -> Mapping[str, Any]:
    """The constraints of a field."""
    return field.get("constraints") or {}


def _list(columns: Sequence[SqlColumn]) -> str:
    return ", ".join(map(str, columns))
