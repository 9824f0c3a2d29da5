"""No check passes where a library cannot be imported: every library of ours is taken away once."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from golden import build_base, put_in_form
from muster_cli import cache
from muster_validators import CATALOGUES, LAYERS
from muster_validators.structure.catalogue import FRICTIONLESS_ROW_CHECKS
from running import RECORD, Result, muster
from taken_away import libraries, take_away

_PANDERA = {"dates-in-order", "deployed-within-pledged", "qualifier-fits-bounds"}
# What cannot be judged without a library: checks that must be named, or None where nothing is judged at all.
VALIDATE: dict[str, set[str] | None] = {
    "cattrs": None,
    "click": None,
    "frictionless": {"package-error", "field-error", *FRICTIONLESS_ROW_CHECKS},
    "great_expectations": set(),
    "jsonschema": {"descriptor-shape", "type-error", "category"},
    "pandas": _PANDERA,
    "pandera": _PANDERA,
    "platformdirs": None,
    "re2": {"pattern", "schema-pattern"},
    "referencing": {"descriptor-shape", "type-error", "category"},
}
GATE: dict[str, set[str] | None] = {
    "click": None,
    "duckdb": {"replay-proof", "change-share", "totals-moved"},
    "frictionless": {"type-error", "evidence-complete"},
    "great_expectations": set(LAYERS["plausibility"]),
    "jsonschema": None,
    "pandas": {*_PANDERA, "row-count"},
    "pandera": _PANDERA,
    "pyarrow": {"replay-proof", "change-share", "totals-moved"},
    "re2": {"pattern", "schema-pattern"},
    "referencing": None,
    "semver": None,
}
_QUICK = {"click", "duckdb", "jsonschema", "semver"}  # of the gate
_LONG = {"cattrs", "pandera"}  # of validate
_LAYERS = {"cattrs": ("structure",), **dict.fromkeys(("pandas", "pandera", "re2"), ("structure", "facts"))}


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A small mission record, and the release before."""
    folder = tmp_path_factory.mktemp("packages")
    for name in ("old", "new"):
        put_in_form(build_base("mission", folder / name))
    return folder / "new", folder / "old"


@pytest.mark.parametrize(
    "library", [pytest.param(name, marks=[pytest.mark.slow] if name in _LONG else []) for name in sorted(VALIDATE)]
)
def test_without_a_library_validate_does_not_pass(
    library: str, packages: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    take_away({library}, monkeypatch)
    layers = [f"--layer={layer}" for layer in _LAYERS.get(library, LAYERS)]  # no more than it takes

    _did_not_pass(muster("validate", packages[0], *layers, "--format", "json"), library, VALIDATE[library])


@pytest.mark.parametrize(
    "library", [pytest.param(name, marks=[] if name in _QUICK else [pytest.mark.slow]) for name in sorted(GATE)]
)
def test_without_a_library_the_gate_stays_closed(
    library: str, packages: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    take_away({library}, monkeypatch)

    _did_not_pass(_gate(packages), library, GATE[library])


@pytest.mark.slow
def test_what_validate_does_without_changes_nothing_by_its_absence(
    packages: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = muster("validate", packages[0], "--format", "json")
    take_away(libraries() - set(VALIDATE), monkeypatch)

    without = muster("validate", packages[0], "--format", "json", "--no-cache")

    assert whole.code == 0
    assert without == whole


@pytest.mark.slow
def test_what_the_gate_does_without_changes_nothing_by_its_absence(
    packages: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = _gate(packages)
    take_away(libraries() - set(GATE), monkeypatch)

    assert whole.code == 0
    assert _gate(packages) == whole


def test_the_key_of_a_kept_report_holds_every_library_that_validate_cannot_do_without() -> None:
    assert set(cache._JUDGES) >= {name for name, checks in VALIDATE.items() if checks is not None}


_WITHOUT = """
import sys

library, package = sys.argv[1:]


class Block:
    def find_spec(self, name, *rest):
        if name.split(".")[0] == library:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)


sys.meta_path.insert(0, Block())
import muster_cli

sys.argv = ["muster", "validate", package, "--format", "json"]
muster_cli.main()
"""


@pytest.mark.slow
@pytest.mark.parametrize("library", ["frictionless", "great_expectations"])
def test_a_machine_that_really_lacks_the_library_says_the_same(library: str) -> None:
    result = subprocess.run(
        [sys.executable, "-c", _WITHOUT, library, RECORD], capture_output=True, text=True, check=False
    )

    _did_not_pass(Result(result.returncode, result.stdout, result.stderr), library, VALIDATE[library])


def _gate(packages: tuple[Path, Path]) -> Result:
    new, old = packages
    return muster("gate", new, "--against", old, "--format", "json")


def _did_not_pass(result: Result, library: str, checks: set[str] | None) -> None:
    """Exit 4, and either no report at all or one that is not valid and names what did not run, and why."""
    assert result.code == 4
    if checks is None:
        assert library in result.stderr
        assert not result.stdout
        return
    report = json.loads(result.stdout)
    not_run = [item for layer in report["layers"] for item in layer["not_run"]]
    assert not report["valid"]
    assert checks <= {item["check"] for item in not_run}
    assert any(library in item["reason"] for item in not_run)
    assert all(_is_told(layer) for layer in report["layers"])


def _is_told(layer: dict[str, Any]) -> bool:
    """Whether a layer in which checks did not run says so, and names none that is not its own."""
    named = {item["check"] for item in layer["not_run"]}
    return named <= set(CATALOGUES[layer["name"]]) and (not named or layer["status"] in {"not_run", "failed"})
