"""The page on what we find beyond Frictionless, made from the lists in `agreement/` and the counts of the last run."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from agreement_comparison import HERE, table

_HEAD = """\
# Beside Frictionless, and beyond it

`muster validate` asks Frictionless, and is held to it: whatever Frictionless {version} reports when it is run directly
on the same bytes, with the declared dialect and schema, we report at the same table, row and field. What we report
beyond it is listed here. Both are tested, on a corpus of {corpus} small packages (`tests/agreement/`, one folder each,
named by the checks that find something in it) and on generated ones.

This page is made by

    .venv/bin/python benchmarks/agreement.py

from the lists in `tests/agreement/` and the counts of the last run."""
_PLACES = """\
- **same place**: Frictionless counts rows (a header is row 1), we count lines; the test finds the lines of a row with
  nothing of ours. `cell` is table, row and field; `row` is table and row; `header` is table, line and label;
  `first-line` is table and line. Frictionless gives descriptors no place; the test finds the resource that it means by
  leaving the others out (`part`), and the words must be the same.
- **follows from**: of several faults of one cell we report the most telling one, and of what follows from a refused
  cell nothing ([decision 6](../decisions/0006-one-cell-one-cause.md)). Our finding stands at a cell that takes part in
  the error. In a row of too few or too many cells nobody knows which column a cell belongs to, so that nothing else is
  said of it."""
_DRAWN = (
    "packages of one or two tables over all types, constraints, keys and dialects, most with one fault, some with two, "
    "in a cell, a row, the header, the bytes, a schema or the descriptor."
)


def page(stored: str) -> str:
    """The whole page; `stored` is what the last run wrote."""
    run = json.loads(stored)
    corpus = sum(path.is_dir() for path in HERE.glob("*/*"))
    parts = [
        _HEAD.format(version=run["frictionless"], corpus=corpus),
        "## The last run on generated packages",
        *_counts(run),
        "## What Frictionless misses",
        _rows(("our check", "Frictionless", "example"), _beyond()),
        "## Which of our checks answers to which error",
        _PLACES,
        _rows(("error of Frictionless", "same place", "our checks", "follows from", "why so"), _errors()),
        "## What we say that we could not judge",
        "These make the report fail (`not_run`), beside an error that says what has to be mended first.",
        "\n".join(
            f"- **{entry['says']}** ({_codes(entry['because'])}). {entry['sentence']}"
            for entry in table("not_judged").values()
        ),
    ]
    return "\n\n".join(parts) + "\n"


def _counts(run: Mapping[str, Any]) -> Iterator[str]:
    said, not_judged = sum(run["said"].values()), sum(run["not_judged"].values())
    yield f"Seed {run['seed']}, hypothesis {run['hypothesis']}: {_DRAWN}"
    rows = [
        ("packages", run["cases"]),
        ("… in which neither finds anything", run["silent"]),
        ("… at which Frictionless breaks off with an exception", run["crashed"]),
        ("errors of Frictionless", said),
        ("… found by us at the same place", run["found"]),
        ("… that we say we could not judge, beside what has to be mended first", not_judged),
        ("… **missed**", run["missed"]),
        ("findings of ours beyond Frictionless", sum(run["beyond"].values())),
        ("… that are not in the list below", run["unlisted"]),
        ("packages at which Frictionless breaks off and we find nothing", run["passed_over"]),
    ]
    yield _rows(("", "number"), [(words, f"{number:,}") for words, number in rows])
    yield "Errors of Frictionless by type: " + _tallied(run["said"]) + "."
    yield "Not judged, by reason: " + _tallied(run["not_judged"]) + "."
    yield "Beyond, by check: " + _tallied(run["beyond"]) + "."


def _tallied(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {number:,}" for name, number in counts.items()) or "none"


def _beyond() -> Iterator[Sequence[str]]:
    for check, entry in table("beyond").items():
        yield f"[{check}](structure.md#{check})", entry["misses"], f"`{entry['example']}`"


def _errors() -> Iterator[Sequence[str]]:
    for type, entry in table("errors").items():
        why = " ".join(filter(None, (entry.get("never"), entry.get("why"))))
        yield f"`{type}`", entry["place"], _codes(entry["ours"]), _codes(entry.get("causes", ())), why


def _codes(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _rows(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)
