"""`csv-diff`, as text for the words and as JSON for the facts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from telling import answer, asked, change, run, whole


def main() -> None:
    """Run it twice; the words are its lines without the empty ones."""
    question = asked()
    folder, arguments = Path(question["folder"]), ["--format", "csv", *question["args"]]
    files = folder / "old.csv", folder / "new.csv"
    text = run("csv-diff", *files, *arguments)
    document = json.loads(run("csv-diff", *files, *arguments, "--json"))
    words = [line for line in text.splitlines() if line]
    answer(" ".join(["csv-diff OLD NEW", *question["args"]]), words, _facts(document))


def _facts(document: dict[str, Any]) -> Iterator[str]:
    for kind in ("added", "removed"):
        yield from (f"{kind} {whole(row)}" for row in document[kind])
    for row in document["changed"]:
        yield from (change(row["key"], name, *texts) for name, texts in row["changes"].items())
    yield from (f"column gone {name}" for name in document["columns_removed"])
    yield from (f"column new {name}" for name in document["columns_added"])


if __name__ == "__main__":
    main()
