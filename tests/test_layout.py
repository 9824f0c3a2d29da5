"""The house stays as it was drawn: who may import whom, nothing forgotten in a list, names that clash with nobody."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import musterroll
from golden import build_base
from muster_cli.main import COMMANDS
from muster_validators.facts import judge as facts
from muster_validators.structure.catalogue import CATALOGUE, DESCRIPTOR_CHECKS, READING, TABLE_CHECKS
from muster_validators.waiver_checks import judge as waivers
from musterroll.package.problem import is_refusal
from running import ROOT

_RANK = {"musterroll": 0, "muster_validators": 1, "muster_cli": 2}
_ROOTS = [ROOT / name for name in ("src", "validators", "cli")]
# Runs commands one after another with nothing of the checkout to import, and ends with their exit codes.
_FROM_WHEEL = """
import json, sys
wheel, calls = sys.argv[1:]
sys.path[:] = [wheel, *(path for path in sys.path if not path.endswith(("/src", "/validators", "/cli")))]
import muster_cli, musterroll.record.profile as profile
assert profile.profile_folder().is_relative_to(wheel) and len(profile.profile_schemas()) == 15
def code(call):
    sys.argv = ["muster", *call]
    try:
        muster_cli.main()
    except SystemExit as end:
        return end.code or 0
codes = [code(call) for call in json.loads(calls)]
own = [module.__file__ for name, module in sys.modules.items() if name.startswith("muster")]
assert all(file.startswith(wheel) for file in own), own
print(json.dumps(codes), file=sys.stderr)
"""
_SOURCES = sorted(path for root in ("src", "validators", "cli") for path in (ROOT / root).rglob("*.py"))


@pytest.mark.parametrize("root", ["validators", "cli", "src"])
def test_a_source_root_is_no_package_so_that_the_library_of_that_name_is_found(root: str) -> None:
    assert not (ROOT / root / "__init__.py").exists()


def test_frictionless_finds_a_bad_address_also_when_started_in_the_root(tmp_path: Path) -> None:
    descriptor = {
        "name": "x",
        "contributors": [{"title": "A", "email": "nobody at example"}],
        "resources": [{"name": "a", "path": "a.csv"}],
    }
    (tmp_path / "datapackage.json").write_text(json.dumps(descriptor))
    (tmp_path / "a.csv").write_text("a\n1\n")
    script = f"from muster_cli import main; import sys; sys.argv = ['muster', 'validate', {str(tmp_path)!r}]; main()"

    result = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False)

    assert result.returncode == 1
    assert "package-error" in result.stdout
    assert "email" in result.stdout


@pytest.mark.parametrize("path", _SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_run_one_way(path: Path) -> None:
    own = _RANK[path.relative_to(ROOT).parts[1]]

    assert all(_RANK.get(name.split(".")[0], -1) <= own for name in _imports(path))


@pytest.mark.parametrize("path", [path for path in _SOURCES if "muster_validators" in path.parts], ids=lambda p: p.stem)
def test_validators_never_print_write_or_know_the_command_line(path: Path) -> None:
    calls = {node.func.id for node in _nodes(path, ast.Call) if isinstance(node.func, ast.Name)}  # type: ignore[attr-defined]

    assert not {"print", "open", "exit"} & calls
    assert not {"click", "rich"} & {name.split(".")[0] for name in _imports(path)}


@pytest.mark.parametrize("path", _SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_files_stay_short_enough_to_read(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= 300


def test_every_module_with_a_check_is_in_a_list_and_has_the_name_of_its_check() -> None:
    listed = {
        check.__name__.rpartition(".")[2]: check.INFO.id  # type: ignore[attr-defined]
        for check in (*DESCRIPTOR_CHECKS, *TABLE_CHECKS, *facts.CHECKS, *waivers.CHECKS)
    }
    written = {
        path.stem
        for layer in ("structure", "facts", "waiver_checks")
        for path in (ROOT / "validators/muster_validators" / layer).glob("*.py")
        if "INFO = describe(" in path.read_text()
    }

    assert set(listed) == written
    assert all(name.replace("_", "-") == id for name, id in listed.items())


def test_every_problem_the_reader_can_report_is_in_the_catalogue() -> None:
    reported = {
        argument.value
        for path in (ROOT / "src/musterroll/package").glob("*.py")
        for node in _nodes(path, ast.Call)
        if isinstance(node.func, (ast.Name, ast.Attribute))  # type: ignore[attr-defined]
        for argument in node.args[:1]  # type: ignore[attr-defined]
        if isinstance(argument, ast.Constant) and "Problem" in ast.dump(node.func)  # type: ignore[attr-defined]
    }

    assert reported
    assert reported <= set(READING)


def test_every_check_explains_itself() -> None:
    for info in (*CATALOGUE.values(), *facts.CATALOGUE.values(), *waivers.CATALOGUE.values()):
        assert info.holds.endswith(".")
        assert all((info.why, info.example, info.remedy)), info.id


def test_every_command_is_a_module_and_every_module_is_listed() -> None:
    modules = {path.stem for path in (ROOT / "cli/muster_cli/commands").glob("*.py")} - {"__init__"}

    assert modules == set(COMMANDS)


def test_starting_muster_imports_no_heavy_library() -> None:
    heavy = ("pandas", "frictionless", "pandera", "great_expectations", "duckdb", "pyarrow", "rich")
    script = (
        "import sys; from muster_cli.main import cli, COMMANDS; [cli.get_command(None, name) for name in COMMANDS]\n"
        f"print([name for name in {heavy} if name in sys.modules])"
    )

    result = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert result.stdout.strip() == "[]"


@pytest.mark.slow
def test_the_wheel_has_all_that_each_command_needs_away_from_the_checkout(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "-w", tmp_path, ROOT],
        check=True,
    )
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "site")
    carried = {path for root in _ROOTS for path in root.rglob("*") if path.is_file() and path.suffix != ".pyc"}
    package = build_base("mission", tmp_path / "mission")
    calls: list[list[str | Path]] = [
        ["validate", package],
        ["gate", package, "--against", package],
        ["explain", "deployed-within-pledged"],
        ["explain", "D-0001", package],
        ["checks"],
        ["site", package, "--out", tmp_path / "pages"],
        ["balance", package, "--as-of", "2024-10-11"],
        ["query", "SELECT count(*) FROM balance", package],
        ["show", "missions", package],
        ["diff", package, package],
        ["mutate", "--help"],
    ]

    result = subprocess.run(
        [sys.executable, "-c", _FROM_WHEEL, tmp_path / "site", json.dumps([list(map(str, call)) for call in calls])],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )

    assert not [path for path in carried if not (tmp_path / "site" / path.relative_to(_root_of(path))).exists()]
    assert result.returncode == 0, result.stderr
    assert "check not run" not in result.stdout
    assert [code for code in json.loads(result.stderr.splitlines()[-1]) if code not in {0, 1}] == []
    assert (tmp_path / "pages/assets/vega.js").exists()


def test_the_versions_of_the_profile_agree() -> None:
    descriptor = json.loads((ROOT / "datapackage.json").read_text())

    assert descriptor["conformsTo"] == f"{musterroll.PROFILE}/{musterroll.PROFILE_VERSION}"


def _root_of(path: Path) -> Path:
    return next(root for root in _ROOTS if path.is_relative_to(root))


def _nodes(path: Path, kind: type[ast.AST]) -> list[ast.AST]:
    return [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, kind)]


def _imports(path: Path) -> set[str]:
    modules = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            modules |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            modules.add(node.module)
    return modules


def test_what_the_reader_refuses_is_what_the_catalogue_calls_refused() -> None:
    assert {id for id, info in READING.items() if info.exit_code == 3} == {id for id in READING if is_refusal(id)}
