"""Prints a repeatable random sample of the evidence, with what is needed to judge each row of it.

python docs/curation/sample.py --seed 20261122
python docs/curation/sample.py --seed 20261123 --after V-0344 --tables commitments deployments contributions
"""

from __future__ import annotations

import argparse
import csv
import random
import sys
from pathlib import Path

Row = dict[str, str]

ROOT = Path(__file__).resolve().parents[2]


def rows_of(path: str) -> list[Row]:
    """The rows of a CSV file of the package, cells as text."""
    with (ROOT / path).open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def told(row: Row, *left_out: str) -> str:
    """The cells of a row that hold something, by name."""
    return " · ".join(f"{name}={cell}" for name, cell in row.items() if cell and name not in left_out)


def supported(piece: Row) -> list[Row]:
    """The row that a piece of evidence is about; all revisions of a commitment if the evidence names none."""
    rows = rows_of(f"data/{piece['table_name']}.csv")
    key = next(iter(rows[0]))
    return [row for row in rows if row[key] == piece["row_id"] and piece["revision"] in ("", row.get("revision", ""))]


def claims_of(piece: Row, ledger: list[Row]) -> list[str]:
    """The claims that went into the row and rest on the source, as file and number."""
    return [
        f"{line['file']} {line['row']}"
        for line in ledger
        if line["table_name"] == piece["table_name"]
        and piece["row_id"] in line["row_ids"].split(";")
        and piece["source_id"] in line["source_ids"].split(";")
    ]


def page(seed: int, drawn: list[Row], of: int) -> str:
    """What is printed: the seed, and a paragraph for each row drawn."""
    sources = {row["source_id"]: row for row in rows_of("data/sources.csv")}
    ledger = rows_of("docs/curation/ledger.csv")
    lines = [f"seed {seed}: {len(drawn)} of {of} rows of data/evidence.csv"]
    for number, piece in enumerate(drawn, start=1):
        source = sources[piece["source_id"]]
        when = "/".join(dict.fromkeys(filter(None, (source["published_earliest"], source["published_latest"]))))
        lines += ["", f"{number}. {piece['evidence_id']}: {told(piece, 'evidence_id')}"]
        lines += [f"   row: {told(row)}" for row in supported(piece)]
        lines += [f"   source: {source['title']} ({when or 'undated'})"]
        lines += [f"   claims: {', '.join(claims_of(piece, ledger)) or 'none in the ledger'}"]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Draws the sample that the command line asks for and prints it."""
    parser = argparse.ArgumentParser(description="Print a repeatable random sample of the evidence.")
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--rows", type=int, default=20)
    parser.add_argument("--after", default="", metavar="ID", help="only evidence with a higher id")
    parser.add_argument("--tables", nargs="*", default=[], metavar="TABLE", help="only evidence for these tables")
    asked = parser.parse_args()
    pool = [
        row
        for row in rows_of("data/evidence.csv")
        if row["evidence_id"] > asked.after and (not asked.tables or row["table_name"] in asked.tables)
    ]
    chance = random.Random(asked.seed)  # noqa: S311 - to be repeated, not to keep a secret
    drawn = chance.sample(sorted(pool, key=lambda row: row["evidence_id"]), min(asked.rows, len(pool)))
    sys.stdout.write(page(asked.seed, drawn, len(pool)))


if __name__ == "__main__":
    main()
