"""How long `muster` takes as a whole process, as ratios to a peer that runs in turn with it.

    .venv/bin/python benchmarks/startup.py [RUNS]

Machines are noisy: each pair runs A B A B …, and the medians and the median of
the pairwise ratios are printed. Compile the bytecode first (`make setup` does).
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
BIN = Path(sys.executable).parent
Command = list[str | Path]
PAIRS: dict[str, tuple[Command, str, Command]] = {
    "muster --help": ([BIN / "muster", "--help"], "python -c 'import click'", [sys.executable, "-c", "import click"]),
    "muster validate --layer structure --layer facts": (
        [BIN / "muster", "validate", ROOT, "--no-cache", "--layer", "structure", "--layer", "facts"],
        "frictionless validate datapackage.json",
        [BIN / "frictionless", "validate", "datapackage.json"],
    ),
    "muster validate": (
        [BIN / "muster", "validate", ROOT, "--no-cache"],
        "a script that imports pandas, frictionless, pandera and great_expectations",
        [sys.executable, ROOT / "benchmarks/import_judges.py"],
    ),
    "muster validate --against .": (
        [BIN / "muster", "validate", ROOT, "--no-cache", "--against", ROOT],
        "the same script",
        [sys.executable, ROOT / "benchmarks/import_judges.py"],
    ),
    "muster validate, cached": (
        [BIN / "muster", "validate", ROOT],
        "muster validate --no-cache",
        [BIN / "muster", "validate", ROOT, "--no-cache"],
    ),
}


def main(runs: int) -> None:
    """Print a row of a Markdown table per pair."""
    print(f"| A | B | median A | median B | A / B (median of {runs} pairs) |\n|---|---|---|---|---|")
    for name, (command, peer_name, peer) in PAIRS.items():
        _once(command)
        _once(peer)
        pairs = [(_once(command), _once(peer)) for _ in range(runs)]
        ours, theirs = (statistics.median(times) for times in zip(*pairs, strict=True))
        ratio = statistics.median(a / b for a, b in pairs)
        print(f"| `{name}` | `{peer_name}` | {ours:.3f} s | {theirs:.3f} s | {ratio:.2f} |")


def _once(command: Command) -> float:
    begin = time.perf_counter()
    subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
    return time.perf_counter() - begin


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 7)
