"""Does the header say what the schema says? One finding for the way in which it does not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set

from musterroll.package.problem import Problem

# How data and schema may differ, by the v2 property `fieldsMatch`: (extra columns allowed, absent columns allowed).
_TOLERANCE = {
    "exact": (False, False),
    "equal": (False, False),
    "subset": (True, False),
    "superset": (False, True),
    "partial": (True, True),
}


def fields_match(declared: object) -> str | None:
    """The mode named by `fieldsMatch`, which is a string in the text of the standard and a list in its profile."""
    mode = declared[0] if isinstance(declared, list) and len(declared) == 1 else declared
    if mode is None:
        return "exact"
    return mode if isinstance(mode, str) and mode in _TOLERANCE else None


def header_problems(
    labels: Sequence[str], names: Sequence[str], mode: str, file: str, line: int, needed: Set[str] = frozenset()
) -> Iterator[Problem]:
    """Faults of a header; `names` is empty where there is no schema, and then only the labels themselves count.

    Columns that are `needed` may be absent in no mode: nothing could be looked up, or a value is required.
    """
    own = list(_own_problems(labels, file, line))
    yield from own
    if own or not names:
        return
    extra = [label for label in labels if label not in names]
    absent = [name for name in names if name not in labels]
    may_add, may_lack = _TOLERANCE[mode]
    bent = {label: name for label in extra for name in absent if label.strip().casefold() == name.casefold()}
    for label, name in bent.items():
        message = f"The column {label!r} should be written {name!r}: spaces and capitals count."
        yield Problem("header-spelling", message, file, line, value=label, expected=name)
    if not may_add:
        for label in extra:
            if label not in bent:
                yield Problem("header-extra", f"The column {label!r} is not in the schema.", file, line, value=label)
    nothing_shared = not set(labels) & set(names)
    for name in absent:
        if name not in bent.values() and (not may_lack or name in needed or nothing_shared):
            yield Problem("header-missing", f"The column {name!r} of the schema is missing.", file, line, expected=name)
    if mode == "exact" and not extra and not absent and list(labels) != list(names):
        expected = ", ".join(names)
        message = "The columns are all there, but not in the order of the schema."
        yield Problem("header-order", message, file, line, value=", ".join(labels), expected=expected)


def _own_problems(labels: Sequence[str], file: str, line: int) -> Iterator[Problem]:
    for position, label in enumerate(labels):
        if not label.strip():
            yield Problem("header-blank", f"Column {position + 1} has no name.", file, line, value=label)
        elif label in labels[:position]:
            yield Problem("header-duplicate", f"Two columns are called {label!r}.", file, line, value=label)
