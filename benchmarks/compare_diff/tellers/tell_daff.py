"""`daff diff`, whose output is a table in the highlighter format."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from io import StringIO
from pathlib import Path

from telling import answer, asked, change, named, run, whole


def main() -> None:
    """Run it once; the words are its rows without those of context, whose first cell is empty."""
    question = asked()
    arguments = question["args"]
    folder = Path(question["folder"])
    output = run("daff", "diff", "--no-color", *arguments, folder / "old.csv", folder / "new.csv")
    rows = [row for row in csv.reader(StringIO(output)) if row and row[0]]
    facts = _facts(rows, question["names"])
    answer(" ".join(["daff diff", *arguments, "OLD NEW"]), (",".join(row) for row in rows), facts)


def _facts(rows: Sequence[Sequence[str]], names: Sequence[str]) -> Iterator[str]:
    header = next((row[1:] for row in rows if row[0] == "@@"), [])
    for tag, *cells in rows:
        if tag == "!":
            yield from _columns(header, cells)
        elif tag in {"+++", "---"}:
            yield f"{'added' if tag == '+++' else 'removed'} {whole(dict(zip(header, cells, strict=True)))}"
        elif tag.endswith("->"):
            yield from _changes(tag, dict(zip(header, cells, strict=True)), names)


def _columns(header: Sequence[str], marks: Sequence[str]) -> Iterator[str]:
    for name, mark in zip(header, marks, strict=True):
        if mark.startswith("("):
            yield f"column renamed {mark.strip('()')} -> {name}"
        elif mark in {"+++", "---"}:
            yield f"column {'new' if mark == '+++' else 'gone'} {name}"


def _changes(arrow: str, row: dict[str, str], names: Sequence[str]) -> Iterator[str]:
    """A changed cell is OLD, the row's arrow, NEW."""
    after = {name: text.split(arrow)[-1] for name, text in row.items()}
    for name, text in row.items():
        if arrow in text:
            yield change(named(after, names), name, *text.split(arrow))


if __name__ == "__main__":
    main()
