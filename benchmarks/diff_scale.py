"""How long `muster diff` takes and how much memory, as a table grows: ratios to the smallest of its sizes.

    .venv/bin/python benchmarks/diff_scale.py [ROWS …]

Writes two releases of a made-up table (five columns, 1 % of the rows changed)
into a temporary folder, and runs the command as a whole process for each size.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from pathlib import Path

BIN = Path(sys.executable).parent
SCHEMA = {
    "fields": [{"name": name, "type": "string"} for name in ("id", "place", "day", "people", "note")],
    "primaryKey": ["id"],
}


def main(sizes: list[int]) -> None:
    """Print a row of a Markdown table per size."""
    print("| rows | time | to the first | peak memory | to the first |\n|---:|---:|---:|---:|---:|")
    first: tuple[float, float] | None = None
    for rows in sizes:
        with tempfile.TemporaryDirectory() as folder:
            for name, changed in (("old", 0), ("new", 100)):
                write(Path(folder) / name, rows, changed)
            seconds, mebibytes = run(Path(folder))
        first = first or (seconds, mebibytes)
        ratios = seconds / first[0], mebibytes / first[1]
        print(f"| {rows:,} | {seconds:.1f} s | {ratios[0]:.1f} | {mebibytes:,.0f} MiB | {ratios[1]:.1f} |", flush=True)


def write(folder: Path, rows: int, changed: int) -> None:
    """A package whose every `changed`-th row holds another number (0: none)."""
    folder.mkdir()
    resource = {"name": "table", "path": "table.csv", "schema": SCHEMA}
    (folder / "datapackage.json").write_text(
        json.dumps({"name": "made-up", "version": "1.0.0", "resources": [resource]})
    )
    with (folder / "table.csv").open("w") as stream:
        stream.write("id,place,day,people,note\n")
        for row in range(rows):
            people = row % 1000 + (1 if changed and row % changed == 0 else 0)
            stream.write(f"R-{row:08},place {row % 97},2024-01-{row % 28 + 1:02},{people},seen from the road\n")


def run(folder: Path) -> tuple[float, float]:
    """Seconds, and the most memory that the process held, in MiB."""
    begin = time.perf_counter()
    with Path(os.devnull).open("w") as nowhere:
        child = os.posix_spawn(
            str(BIN / "muster"),
            ["muster", "diff", str(folder / "old"), str(folder / "new"), "--format", "text"],
            os.environ,
            file_actions=[(os.POSIX_SPAWN_DUP2, nowhere.fileno(), 1)],
        )
        _, status, usage = os.wait4(child, 0)
    if os.waitstatus_to_exitcode(status) != 1:
        raise SystemExit("muster diff did not find the differences")
    return time.perf_counter() - begin, usage.ru_maxrss / 1024


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or [10_000, 100_000, 1_000_000])
