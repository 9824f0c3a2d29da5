"""Compare `muster validate` with Frictionless on generated packages, and write what came of it.

    .venv/bin/python benchmarks/agreement.py [--cases 10000] [--seed 1] [--jobs 2] [--page-only]

Writes `benchmarks/agreement.json` and, from it and the lists in `tests/agreement/`, the page
`docs/checks/beyond-frictionless.md`. The same seed and code give the same packages and the same bytes (hypothesis draws
some values from the constants in the code). Exit code 1 if an error of Frictionless was missed, if we report something
that is not in the list, or if Frictionless broke off and we found nothing.
"""

from __future__ import annotations

import argparse
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from importlib.metadata import version
from multiprocessing import get_context
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from agreement_page import page  # noqa: E402 (found in the folder of the tests)
from agreement_run import Tally, as_json, run  # noqa: E402

_SHARD = 250
_RESULT = Path(__file__).with_suffix(".json")
_PAGE = ROOT / "docs/checks/beyond-frictionless.md"


def main(cases: int, seed: int, jobs: int) -> int:
    """Run all cases in shards, each with a seed of its own."""
    tally, begin = Tally(), time.monotonic()
    shards = [seed * 1000 + number for number in range(cases // _SHARD)]
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        for done, found in enumerate(pool.map(run, shards, [_SHARD] * len(shards)), start=1):
            tally.add(found)
            print(f"{done}/{len(shards)} shards, {tally.cases:,} cases, {tally.missed} missed", file=sys.stderr)
    print(*tally.shown, sep="\n\n", file=sys.stderr)
    print(f"{tally.cases:,} cases in {time.monotonic() - begin:,.0f} s", file=sys.stderr)
    asked = {"frictionless": version("frictionless"), "hypothesis": version("hypothesis"), "seed": seed}
    _RESULT.write_text(as_json({**asked, **tally.summary()}))
    return 1 if tally.missed or tally.unlisted or tally.passed_over else 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--cases", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--page-only", action="store_true", help="make the page from the last run")
    given = parser.parse_args()
    code = 0 if given.page_only else main(given.cases, given.seed, given.jobs)
    _PAGE.write_text(page(_RESULT.read_text()))
    sys.exit(code)
