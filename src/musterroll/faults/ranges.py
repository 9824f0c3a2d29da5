"""Faults of numbers with their ranges: minimum, best, maximum and qualifier, alone and with their evidence."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from random import Random

from musterroll.faults.edits import Edit, cells_changed, said, spots
from musterroll.faults.evidenced import ENDS, Group, agreeing_evidence, evidence_for, numbers
from musterroll.faults.fault import Fault, Inject, Kind
from musterroll.faults.original import Original
from musterroll.faults.values import digit_mistyped, digits_exchanged

Texts = dict[str, str]


def exact(number: str) -> Texts:
    """A number in all three cells."""
    return {"min": number, "best": number, "max": number}


def _number_kind(
    id: str, subject: str, says: str, qualifier: str, becomes: Callable[[Group, Random], Texts | None]
) -> Kind:
    """A kind that gives a number other cells and leaves its evidence alone."""

    def inject(original: Original, random: Random) -> Fault | None:
        for number in numbers(original, random, qualifier):
            texts = becomes(number, random)
            edits = number.edit(**texts) if texts is not None else []
            if edits:
                return cells_changed(*edits)
        return None

    return Kind(id, subject, says, "cell", inject)


def with_evidence(
    becomes: Callable[[str, Random], str | None], where: Mapping[str, tuple[str, str]] | None = None
) -> Inject:
    """Plants another number in the cells of an exact one and in all its evidence.

    `where` names tables, each with a column and what it holds in the rows that serve; without it, all serve.
    """

    def inject(original: Original, random: Random) -> Fault | None:
        for number in numbers(original, random, "exact"):
            old = number.text("best")
            rows = agreeing_evidence(original, number, old) if _serves(number, where) else []
            new = becomes(old, random) if rows else None
            if new is not None and new != old:
                edits = number.edit(**exact(new))
                sayings = [Edit(original.tables["evidence"], row, "value_asserted", new) for row in rows]
                return cells_changed(*edits, *sayings, at=spots(edits), says=said(*edits) + ", and its evidence")
        return None

    return inject


def _serves(number: Group, where: Mapping[str, tuple[str, str]] | None) -> bool:
    if where is None:
        return True
    column, text = where.get(number.table.name, ("", ""))
    return column in number.table.index and number.table.cell(number.row, column) == text


def _mistyped(number: Group, random: Random) -> Texts | None:
    new = digit_mistyped(number.text("best"), random)
    return None if new is None else exact(new)


def _bounds_exchanged(number: Group, _: Random) -> Texts | None:
    low, high = number.text("min"), number.text("max")
    return {"min": high, "max": low} if low and high and low != high else None


def _best_outside(number: Group, _: Random) -> Texts | None:
    best, high = number.text("best"), number.text("max")
    return {"best": str(int(high) + 1)} if best and high else None


def _collapsed(number: Group, _: Random) -> Texts | None:
    best = number.text("best")
    return {**exact(best), "qualifier": "exact"} if best else None


def _widened(number: Group, _: Random) -> Texts | None:
    low, high = number.text("min"), number.text("max")
    return {"max": str(int(high) + max(1, int(high) // 10))} if low and high else None


def _closed(number: Group, _: Random) -> Texts | None:
    return {**exact(number.text("min")), "qualifier": "exact"} if number.text("min") else None


def _ceiling_as_best(number: Group, _: Random) -> Texts | None:
    return {**exact(number.text("max")), "qualifier": "exact"} if number.text("max") else None


def _emptied(number: Group, _: Random) -> Texts | None:
    texts: Texts = dict.fromkeys(ENDS, "")
    return {**texts, "qualifier": "unspecified"} if number.text("best") else None


def _invented(_: Group, random: Random) -> Texts | None:
    return {**exact(str(random.randrange(20, 400, 10))), "qualifier": "exact"}


def _about_exact(number: Group, _: Random) -> Texts | None:
    return {**exact(number.text("best")), "qualifier": "exact"}


def _qualified(*_: object) -> Texts | None:
    return {"qualifier": "about"}


def _is_disputed_by_nobody(original: Original, random: Random) -> Fault | None:
    """A number on which all sources agree is given a range."""
    for number in numbers(original, random, "exact"):
        best = number.text("best")
        if evidence_for(original, number.table, number.row, number.stem) and best.isdigit():
            low = str(int(best) - max(1, int(best) // 20))
            return cells_changed(*number.edit(min=low, qualifier="disputed"))
    return None


_S = "ranges"
_AGREE = "cell and evidence agree, and no sum of the record depends on it enough"
KINDS: tuple[Kind, ...] = (
    _number_kind("number-mistyped", _S, "a digit of a number is another, in all three cells", "exact", _mistyped),
    _number_kind("bounds-exchanged", _S, "minimum and maximum are exchanged", "disputed", _bounds_exchanged),
    _number_kind("best-outside", _S, "the best number lies above the maximum", "disputed", _best_outside),
    _number_kind("range-collapsed", _S, "a disputed number is given as exact", "disputed", _collapsed),
    _number_kind("range-widened", _S, "the maximum of a disputed number is raised", "disputed", _widened),
    Kind("range-invented", _S, "a number on which all agree is given a range", "cell", _is_disputed_by_nobody),
    _number_kind("floor-as-number", _S, "at least n is coded as n", "at_least", _closed),
    _number_kind("ceiling-as-number", _S, "up to n is coded as n", "up_to", _ceiling_as_best),
    _number_kind("about-as-number", _S, "about n is coded as n", "about", _about_exact),
    _number_kind("qualifier-alone", _S, "the qualifier is changed, the numbers are not", "exact", _qualified),
    _number_kind("number-emptied", _S, "a number is taken out", "exact", _emptied),
    _number_kind("number-invented", _S, "a number is put in where no source gives one", "unspecified", _invented),
    Kind(
        "number-and-evidence",
        _S,
        "two digits are exchanged in a number and in its evidence",
        "cell",
        with_evidence(lambda text, random: digits_exchanged(text, random)),
        _AGREE,
    ),
)
