"""Make the example of a check: what differs from a sound package, and what is then said.

The example of a check is one of its rejected golden folders: the one that holds
a file `example.txt` (its text, if it has any, is a note for the reader), else
the one that is told in the fewest lines. `pytest tests/test_checks.py --accept`
writes it to `validators/muster_validators/examples/<layer>/<check>.json`.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from difference import differing_files
from golden import CASES, base_of, build, build_base
from muster_validators import CATALOGUES, Report
from muster_validators.check import CheckInfo
from muster_validators.examples.example import Example, FileChange
from muster_validators.examples.shipped import example_of
from running import ROOT

INFOS = {id: info for catalogue in CATALOGUES.values() for id, info in catalogue.items()}
FOLDER = ROOT / "validators/muster_validators/examples"
_REJECTS = {check: [case for case in CASES if case.parts[-3:-1] == (check, "rejects")] for check in INFOS}


def place_of(info: CheckInfo) -> Path:
    """The file of an example."""
    return FOLDER / info.layer / f"{info.id}.json"


@cache
def shipped_case(check: str) -> Path | None:
    """The golden folder of the example that ships with a check."""
    example = example_of(INFOS[check]) if check in INFOS else None
    cases = [case for case in _REJECTS.get(check, []) if example and case.name == example.case]
    return cases[0] if cases else None


def marked_case(check: str) -> Path | None:
    """The golden folder that somebody chose."""
    marked = [case for case in _REJECTS[check] if (case / "example.txt").exists()]
    assert len(marked) <= 1, f"{check} has two examples: {marked}"
    return marked[0] if marked else None


@cache
def chosen_case(check: str) -> Path:
    """The golden folder that is to be the example: as marked, as shipped, else the shortest."""
    return marked_case(check) or shipped_case(check) or min(_REJECTS[check], key=_length)


def example_from(case: Path, report: Report) -> Example:
    """The example that a golden folder gives, with the first finding of its check."""
    note = case / "example.txt"
    files = _differences(case)
    return example_with(INFOS[case.parts[-3]], report, files, note.read_text().strip() if note.exists() else "", case)


def example_with(
    info: CheckInfo, report: Report, files: tuple[FileChange, ...], note: str, case: Path | None = None
) -> Example:
    """The example of a check from what was found in its package."""
    findings = [finding for finding in report if finding.check == info.id]
    return Example(
        case=case.name if case else None,
        finding=findings[0],
        files=tuple(sorted(files, key=lambda change: change.file != findings[0].file)),  # where it is found comes first
        note=" ".join(note.split()) or None,
        after_release=case is not None and (case / "against.txt").exists(),
        others=len(report) - 1,
    )


def _differences(case: Path) -> tuple[FileChange, ...]:
    with TemporaryDirectory() as name:
        folder = Path(name)
        return differing_files(build_base(base_of(case), folder / "sound"), build(case, folder / "broken"))


def _length(case: Path) -> tuple[int, int, int, str]:
    """How long it takes to tell a case: findings, lines, characters."""
    golden = case / "findings.txt"
    found = len(golden.read_text().splitlines()) if golden.exists() else 0
    files = _differences(case)
    lines = [line for file in files for line in file.lines]
    return found, len(lines) + sum(file.left_out for file in files), sum(len(line.text) for line in lines), case.name
