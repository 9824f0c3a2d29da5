"""pointblank's `compare`: the text of its tabular report for the words, `to_dict` for the facts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from importlib import import_module
from typing import Any

from telling import answer, asked, cell, change, named, whole

_HEADINGS = "Schema differences|Column mismatches|Changed rows|Missing from|Extra in|Duplicate keys"


def main() -> None:
    """Read both files as the run says and compare them."""
    question = asked()
    polars, pointblank = import_module("polars"), import_module("pointblank")
    read = dict(question["read"])
    options = ", ".join(f"{name}={value!r}" for name, value in read.items())
    if "schema_overrides" in read:
        read["schema_overrides"] = {name: getattr(polars, kind) for name, kind in read["schema_overrides"].items()}
    old, new = (polars.read_csv(f"{question['folder']}/{side}.csv", **read) for side in ("old", "new"))
    compared = pointblank.compare(old, new, **question["options"])
    given = ", ".join(f"{name}={value!r}" for name, value in question["options"].items())
    how = f"pb.compare(old, new, {given}), both from pl.read_csv({options or 'no options'})"
    answer(how, _words(compared.get_tabular_report().as_raw_html()), _facts(compared.to_dict(), question["names"]))


def _words(html: str) -> list[str]:
    """The report without its mark-up, from the verdict on; a heading with a number begins a line."""
    text = re.sub(r"<style.*?</style>|<[^>]+>", " ", html, flags=re.DOTALL)
    plain = " ".join(unescape(text).split())
    verdict = re.search("(DIFFERENT|IDENTICAL).*", plain)
    return re.split(f" (?={_HEADINGS})", verdict[0] if verdict else plain)


def _facts(found: dict[str, Any], names: list[str]) -> Iterator[str]:
    samples = found["samples"]
    for kind, status in (("removed", "missing"), ("added", "extra")):
        for row in samples.get(status, []):
            yield f"{kind} {whole({name: text for name, text in row.items() if name not in {'n_source', 'n_target'}})}"
    for row in samples.get("changed", []):
        yield from _changes(row, found["compared_columns"], names)
    yield from (f"duplicated {named(row, names)}" for row in samples.get("dup_key", []))
    schema = found["schema_diff"]
    yield from (f"column gone {name}" for name in schema["only_in_source"])
    yield from (f"column new {name}" for name in schema["only_in_target"])
    yield from (f"column mapped {old} -> {new}" for old, new in found["column_map"].items())


def _changes(row: dict[str, Any], columns: list[str], names: list[str]) -> Iterator[str]:
    known = {name: row.get(name, row.get(f"{name}_target")) for name in names}
    for name in columns:
        old, new = row[f"{name}_source"], row[f"{name}_target"]
        if cell(old) != cell(new):  # the sample holds the row's equal cells as well
            yield change(named(known, names), name, old, new)


if __name__ == "__main__":
    main()
