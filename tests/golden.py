"""Golden folders: a package that differs from a sound one in the files of the folder, beside what must be found in it.

`tests/checks/<check>/{accepts,rejects}/<case>/` holds files that replace those
of a base package (`tests/packages/plain`, for facts and plausibility
`tests/packages/mission`, or the one that `base.txt` names). `remove.txt` lists
files to take away; `descriptor.json` holds properties to set in the descriptor;
`against.txt` names the base package that is the release before.
Packages of the gate's checks are brought into canonical form first, as whoever
wants to publish would, unless there is a file `as_is.txt`.
`findings.txt` is the whole of what must be found; without it, nothing.
`example.txt` marks the case that `muster explain` shows (see `worked_examples`).
A new case needs no Python; `pytest --accept` writes its findings.txt.
"""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

from muster_validators import CATALOGUES, LAYERS, Finding, Report, judge_release, validate
from musterroll.package.canonical import canonical_files
from musterroll.package.folder import Folder
from musterroll.package.opening import require_package

HERE = Path(__file__).parent
CASES = sorted(path for path in HERE.glob("checks/*/*/*") if path.is_dir())
_FEW = 2
_CONTROL_FILES = {
    "findings.txt",
    "base.txt",
    "remove.txt",
    "against.txt",
    "descriptor.json",
    "as_is.txt",
    "example.txt",
}
_TODAY = date(2026, 6, 30)  # waivers and the gate look at it


def build(case: Path, target: Path) -> Path:
    """Write the package of a case into `target`."""
    build_base(base_of(case), target)
    for source in case.rglob("*"):
        if source.is_file() and source.name not in _CONTROL_FILES:
            place = target / source.relative_to(case)
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, place)
    if (case / "remove.txt").exists():
        for line in (case / "remove.txt").read_text().split():
            (target / line).unlink()
    if (case / "descriptor.json").exists():
        place = target / "datapackage.json"
        descriptor = {**json.loads(place.read_text()), **json.loads((case / "descriptor.json").read_text())}
        kept = {name: value for name, value in descriptor.items() if value is not None}
        place.write_text(json.dumps(kept, ensure_ascii=False, indent=2))
    return target


def build_base(name: str, target: Path) -> Path:
    """Write a base package into `target`; a mission record gets the profile's own schemas, not a copy of them."""
    shutil.copytree(HERE / "packages" / name, target)
    if not (target / "schemas").exists():
        shutil.copytree(HERE.parent / "schemas", target / "schemas")
    return target


def text_of(report: Report) -> str:
    """Everything that is found in a case, as the text of a findings.txt; empty if nothing is."""
    lines = [*map(_line, report), *_not_run(report)]
    return "".join(f"{line}\n" for line in [f"exit {report.exit_code()}", *lines]) if lines else ""


def judge(case: Path, folder: Path) -> Report:
    """The report on a case; plausibility, which takes its time, judges only the cases of its own checks."""
    against = case / "against.txt"
    old = build_base(against.read_text().strip(), folder / "before") if against.exists() else None
    if case.parts[-3] in CATALOGUES["gate"]:
        new = build(case, folder / "package")
        for package in filter(None, () if (case / "as_is.txt").exists() else (old, new)):
            put_in_form(package)
        return judge_release(new, old, layers=("structure", "facts"), today=_TODAY)
    layers = tuple(LAYERS) if case.parts[-3] in LAYERS["plausibility"] else ("structure", "facts")
    return validate(build(case, folder / "package"), layers, against=old, today=_TODAY)


def put_in_form(package: Path) -> None:
    """As `muster fmt` does."""
    for path, data in list(canonical_files(require_package(Folder(package)))):
        (package / path).write_bytes(data)


def describe(package: Path, **properties: object) -> None:
    """Set properties of a descriptor, and keep the package in canonical form."""
    place = package / "datapackage.json"
    place.write_text(json.dumps({**json.loads(place.read_text()), **properties}, ensure_ascii=False, indent=2))
    put_in_form(package)


def base_of(case: Path) -> str:
    """The name of the sound package that a case differs from."""
    if (case / "base.txt").exists():
        return (case / "base.txt").read_text().strip()
    return "plain" if case.parts[-3] in LAYERS["structure"] else "mission"


def _line(finding: Finding) -> str:
    steps = [str(step) for step in (finding.file, finding.line, finding.column) if step is not None]
    key = ",".join(f"{name}={value}" for name, value in finding.key.items())
    subject = "".join([finding.table or "-", f"({key})" if key else "", f".{finding.field}" if finding.field else ""])
    return f"{finding.severity} {finding.check} {':'.join(steps)} {subject}"


def _not_run(report: Report) -> list[str]:
    """Table and reason; the checks by name where they are few, for a list of all would change with every new check."""
    groups: dict[tuple[str, str, str], list[str]] = {}
    for layer in report.layers:
        for item in layer.not_run:
            groups.setdefault((layer.name, item.table or layer.name, item.reason), []).append(item.check)
    return [
        f"not run {_names(checks, layer)} {subject}: {reason}" for (layer, subject, reason), checks in groups.items()
    ]


def _names(checks: list[str], layer: str) -> str:
    few = len(checks) <= _FEW and len(checks) < len(CATALOGUES[layer])
    return ", ".join(checks) if few else "every check"
