"""Whether a changed constraint lets fewer values pass than before, more, or just others."""

from __future__ import annotations

from typing import Any, Literal

from musterroll.package.values import Column

Tightening = Literal["same", "tightened", "loosened", "changed"]

_LOWER = {"minimum", "exclusiveMinimum", "minLength"}
_UPPER = {"maximum", "exclusiveMaximum", "maxLength"}
_FLAGS = {"required", "unique"}


def tightening(name: str, columns: tuple[Column, Column], old: Any, new: Any) -> Tightening:
    """What became of the constraint `name` of a column (before and after); None is a constraint that is not there."""
    if name in _FLAGS:
        return "same" if bool(old) == bool(new) else "tightened" if new else "loosened"
    if old == new:
        return "same"
    if old is None or new is None:
        return "tightened" if old is None else "loosened"
    if name == "enum":
        return _of_sets({str(item) for item in old}, {str(item) for item in new})
    if name in _LOWER | _UPPER:
        return _of_bounds(name, columns, old, new)
    return "changed"


def _of_sets(old: set[str], new: set[str]) -> Tightening:
    if new == old:
        return "same"
    if new < old:
        return "tightened"
    return "loosened" if new > old else "changed"


def _of_bounds(name: str, columns: tuple[Column, Column], old: Any, new: Any) -> Tightening:
    """Bounds are compared as values of the column, lengths as numbers; a bound that is no value is just another."""
    if name.endswith("Length"):
        before, after = old, new
    else:
        before, after = (column.value(str(bound)) for column, bound in zip(columns, (old, new), strict=True))
    try:
        if before == after:
            return "same"
        higher = after > before
    except (TypeError, ArithmeticError):
        return "changed"
    if isinstance(before, str) and not _is_ordered_text(before, after):
        return "changed"
    return "tightened" if higher == (name in _LOWER) else "loosened"


def _is_ordered_text(before: str, after: str) -> bool:
    """Year and month, as in 2024-07, are in order as texts; of other texts nobody knows."""
    return all(len(text) == len("2024-07") and text.replace("-", "").isdigit() for text in (before, after))
