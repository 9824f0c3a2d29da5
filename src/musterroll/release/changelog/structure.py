"""Changes of tables, columns, codes, keys, licences and descriptions, and what readers must do about them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from musterroll.changes.change import BUMPS, Change
from musterroll.changes.compatibility import bump_of
from musterroll.release.changelog.gathered import First
from musterroll.release.changelog.markdown import inert, name
from musterroll.release.changelog.subject import Subject
from musterroll.release.changelog.words import counted

_PLACES = 5  # of one kind of change
_VALUE = 60  # characters

# What happened, and what readers must do; by rule of compatibility.toml, and for what is only suggested.
TO_DO: Mapping[str, tuple[str, str]] = {
    "table_removed": ("Table removed", "Take it out of code that reads it."),
    "table_added": ("Table added", "Nothing."),
    "table_renamed.suggested": ("Table perhaps renamed", "Look whether the new table is what the old one was."),
    "key_changed": ("Key changed", "Recognise and join rows by the new key."),
    "key_changed.reference": ("Reference changed", "Join by the new reference."),
    "key_duplicated": ("Key that names several rows", "Do not join by this key; choose among its rows."),
    "key_duplicated.repaired": ("Key that names one row again", "Nothing."),
    "field_removed": ("Column removed", "Take it out of code that reads it."),
    "field_added.appended": ("Column added behind the others", "Nothing."),
    "field_added.inserted": ("Column added between others", "Read columns by name, not by position."),
    "field_added.required": ("Column added that must be filled", "Fill it if you write such tables."),
    "field_moved": ("Column moved", "Read columns by name, not by position."),
    "field_renamed.suggested": ("Column perhaps renamed", "Look whether the new column is what the old one was."),
    "field_retyped": ("Column of another type", "Read its values as the new type."),
    "constraint_tightened": ("Fewer values allowed", "Nothing, unless you write such tables."),
    "constraint_loosened": ("More values allowed", "Expect values that were not allowed before."),
    "constraint_changed": ("Other values allowed", "Look whether your code relies on the old rule."),
    "category_removed": ("Code removed", "Nothing, unless you write such tables."),
    "category_added": ("Code added", "Decide what your code does with it."),
    "licence_changed": ("Licence changed", "Read the new licence before you use the data."),
    "metadata_changed": ("Description changed", "Nothing."),
    "metadata_changed.location": ("Described otherwise as a file", "Nothing, unless you choose tables by it."),
    "metadata_changed.moved": ("File moved", "Read it where it lies now."),
    "metadata_changed.reading": ("File written otherwise", "Read it as the descriptor says now."),
    "metadata_changed.host": ("Country changed", "Read `in_country` and the like as of the country named now."),
    "metadata_changed.profile": ("Profile changed", "See that your tools know it."),
    "metadata_changed.renamed": ("Package renamed", "Cite and load it by its new name."),
    "metadata_changed.content": ("File that is no table changed", "Read it again."),
}


def structure(subject: Subject) -> Iterator[str]:
    """One line per kind of change, the gravest first."""
    found = subject.gathered.structure
    for rule in sorted(found, key=lambda rule: (-BUMPS.index(bump_of(found[rule].first[0])), list(TO_DO).index(rule))):
        what, to_do = TO_DO[rule]
        yield f"- **{what}**: {_places(found[rule])}. To do: {to_do[:1].lower()}{to_do[1:]}"


def _places(found: First[Change]) -> str:
    places = [_place(change) for change in found.first[:_PLACES]]
    more = found.count - len(places)
    return "; ".join(places) + (f"; and {more:,} more (`muster diff OLD NEW` has all)" if more else "")


def _place(change: Change) -> str:
    return next(told(change) for kind, told in _PLACE.items() if change.kind.startswith(kind))


def _where(change: Change) -> str:
    parts = [name(part) for part in (change.aspect, change.field, change.table) if part]
    return " of ".join(parts) or "the package"


def _before_after(change: Change) -> str:
    return f"{_where(change)}: {_value(change.old)} → {_value(change.new)}"


def _table(change: Change) -> str:
    rows = change.new if change.kind == "table_added" else change.old
    return f"{_where(change)} ({'no table' if rows is None else counted(rows, 'row')})"


def _renamed(change: Change) -> str:
    home = f" of {name(change.table or '')}" if change.field else ""
    return f"{name(str(change.old))}{home} may be {name(str(change.new))} now"


def _code(change: Change) -> str:
    code = name(str(change.old if change.kind == "category_removed" else change.new))
    return f"{code} in {_where(change)}"


def _duplicated(change: Change) -> str:
    key = " ".join(inert(text, _VALUE) for text in change.key.values())
    return f"{key} in {_where(change)}, {change.old:,} rows before and {change.new:,} now"


def _described(change: Change) -> str:
    """Texts for people are only named: they are long, and the new ones can be read."""
    return _where(change) if change.rule == "metadata_changed" or change.variant == "content" else _before_after(change)


_PLACE: Mapping[str, Callable[[Change], str]] = {
    "table_renamed": _renamed,
    "field_renamed": _renamed,
    "table_": _table,
    "category_": _code,
    "key_duplicated": _duplicated,
    "metadata_": _described,
    "field_removed": _where,
    "field_added": _where,
    "field_": _before_after,
    "constraint_": _before_after,
    "key_": _before_after,
    "licence_": _before_after,
}


def _value(value: Any) -> str:
    if value is None or value == []:
        return "none"
    if isinstance(value, list) and all(isinstance(item, dict) for item in value):  # licences
        value = [item.get("name") or item.get("path") or item for item in value]
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        value = ", ".join(value)
    return inert(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=list), _VALUE)
