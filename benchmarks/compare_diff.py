"""What `muster diff` and its peers say of the same small differences, as the page `docs/compare-diff.md`.

    .venv/bin/python benchmarks/compare_diff.py --peers DIR

The peers' requirements exclude ours and each other's, so each is installed by
name and exact version into `DIR/<tool>/`. What is run and how it is judged is
data: `compare_diff/tools.toml` and `compare_diff/cases/`.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

from compare_diff_cases import HERE, Answer, Case, cases, tools
from compare_diff_page import page

PAGE = HERE.parents[1] / "docs/compare-diff.md"


def main(peers: Path) -> None:
    """Install what is not there, run every tool on every case, write the page."""
    known = tools()
    pythons = {name: _python(peers / name, tool.get("needs", [])) for name, tool in known.items()}
    found = cases()
    answers = {case.folder.name: [_answer(case, run, known, pythons) for run in case.runs] for case in found}
    PAGE.write_text(page(found, answers, known, f"musterroll {version('musterroll')}"))
    print("docs/compare-diff.md is written")


def _python(folder: Path, needs: list[str]) -> Path:
    """The interpreter of a tool's own environment; ours if it needs none."""
    if not needs:
        return Path(sys.executable)
    python = folder / "bin/python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    subprocess.run([python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *needs], check=True)
    return python


def _answer(
    case: Case, run: Mapping[str, Any], known: Mapping[str, dict[str, Any]], pythons: Mapping[str, Path]
) -> Answer:
    """What a tool says of a case, as its teller tells it."""
    tool = run["tool"]
    question = {"folder": str(case.folder), "names": case.names, "schema": case.schema, **run}
    if isinstance(run.get("read"), str):
        question["read"] = known[tool]["readings"][run["read"]]
    teller = HERE / "tellers" / f"tell_{tool.replace('-', '_')}.py"
    done = subprocess.run(
        [pythons[tool], teller], input=json.dumps(question), capture_output=True, text=True, check=False
    )
    if done.returncode:
        last = done.stderr.strip().rpartition("\n")[2].replace(str(case.folder), "…")
        return Answer(tool, "(stopped)", [last], None)
    return Answer(tool, **json.loads(done.stdout))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Write docs/compare-diff.md.")
    parser.add_argument("--peers", type=Path, required=True, help="where the peers' environments are or will be")
    main(parser.parse_args().peers.resolve())
