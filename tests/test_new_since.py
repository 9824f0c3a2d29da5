"""`--new-since OLD`: what OLD has too is shown and does not fail, what it has not does, and nothing passes unseen."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from elsewhere import commit, zip_folder
from golden import build, describe
from muster_validators import Report, validate
from muster_validators.facts import qualifier_fits_bounds
from muster_validators.newness import marked
from running import Result, muster
from test_formats import schema
from test_not_run_checks import fail
from test_waivers import CASES, waived

STRUCTURE = ("--layer", "structure")
JSON = ("--format", "json")


def little(package: Path, rows: str) -> Path:
    """A package with one table of numbers, each in a row without a key; what is no number is a fault."""
    package.mkdir()
    fields = [{"name": "number", "type": "integer"}, {"name": "note", "type": "string"}]
    resource = {"name": "t", "type": "table", "path": "t.csv", "schema": {"fields": fields}}
    descriptor = {"name": "little", "version": "1.0.0", "resources": [resource]}
    (package / "datapackage.json").write_text(json.dumps(descriptor))
    (package / "t.csv").write_text("number,note\n" + "".join(f"{row},\n" for row in rows.split()))
    return package


@pytest.fixture
def old(tmp_path: Path) -> Path:
    return little(tmp_path / "old", "1 x 2")


@pytest.fixture
def new(tmp_path: Path) -> Path:
    """The old fault, in another line, and a new one."""
    return little(tmp_path / "new", "y 1 2 x")


def new_since(package: Path, old: Path | str, *words: str | Path) -> Result:
    return muster("validate", package, "--new-since", old, *STRUCTURE, *words)


def document(result: Result) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(result.stdout)
    schema("report-1").validate(found)
    return found


def is_known(result: Result) -> list[tuple[str, int, bool]]:
    """Value, line and mark of each finding that is about a cell."""
    found = [item for item in document(result)["findings"] if item["check"] == "type-error"]
    return [(item["value"], item["line"], item.get("known", False)) for item in found]


def test_what_the_old_package_has_too_stays_in_the_report_and_does_not_fail(old: Path) -> None:
    alone, result = muster("validate", old, *STRUCTURE), new_since(old, old, *JSON)

    report = document(result)
    assert (alone.code, result.code) == (1, 0)
    assert report["new_since"] == {"name": "little", "version": "1.0.0", "known": 1}
    assert report["valid"]
    assert report["counts"] == {"error": 0, "warning": 0, "info": 0}
    assert [layer["status"] for layer in report["layers"]] == ["passed"]
    assert is_known(result) == [("x", 3, True)]


def test_what_it_has_not_fails_and_what_moved_stays_known(old: Path, new: Path) -> None:
    result = new_since(new, old, *JSON)

    assert result.code == 1
    assert document(result)["layers"][0]["status"] == "failed"
    assert document(result)["counts"]["error"] == 1
    assert is_known(result) == [("y", 2, False), ("x", 5, True)]
    assert new_since(old, new).code == 0


def test_rows_without_a_key_excuse_as_many_as_there_were_the_first_ones(tmp_path: Path) -> None:
    two, three = little(tmp_path / "two", "x x"), little(tmp_path / "three", "x x x")

    assert is_known(new_since(three, two, *JSON)) == [("x", 2, True), ("x", 3, True), ("x", 4, False)]
    assert new_since(two, three).code == 0


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ("text", ["1 finding that little 1.0.0 has too is known and not counted.", "1 error, 1 known",
                  "type-error (2 times, 1 known)", "number = x  known\n", "Failed. 1 error.\n"]),
        ("markdown", ["1 finding that little 1", "has too is known and not counted.", "| 1 error, 1 known |"]),
        ("github", ["::notice file=", "::error file=", "known"]),
    ],
)  # fmt: skip
def test_every_format_tells_new_from_known(form: str, words: list[str], old: Path, new: Path) -> None:
    told = new_since(new, old, "--format", form).stdout

    assert [word for word in words if word not in told] == []
    assert "known" not in muster("validate", new, *STRUCTURE, "--format", form).stdout


@pytest.mark.parametrize("form", ["text", "markdown"])
def test_what_is_new_comes_first_so_that_it_is_not_cut_off(form: str, tmp_path: Path) -> None:
    old, new = little(tmp_path / "old", "x " * 30), little(tmp_path / "new", "x " * 30 + "y")

    assert "y" in new_since(new, old, "--format", form).stdout.partition("'x' is not")[0].partition("32")[2]


def test_that_nothing_is_known_or_nothing_is_new_is_said_too(old: Path, tmp_path: Path) -> None:
    sound = little(tmp_path / "sound", "1 2")

    assert "No finding here is one of little 1.0.0: all of them count." in new_since(old, sound).stdout
    assert "Passed. Nothing new was found." in new_since(old, old).stdout
    assert "Passed. Nothing was found." in new_since(sound, old).stdout


def test_a_finding_whose_waiver_went_is_new_and_one_that_is_waived_now_is_known(tmp_path: Path) -> None:
    """It is information in the one and an error in the other, which is worse."""
    waiver = "W-0001,figure-has-evidence,deployments,D-0005,e70651ba2bbb,Why.,gazette-2024-10-25,2999-12-31"
    package = build(CASES / "waiver-valid/accepts/on-its-last-day", tmp_path / "p")
    with_waiver = validate(waived(package, waiver), ("facts",))
    without = validate(waived(package), ("facts",))

    assert (marked(without, with_waiver).exit_code(), marked(without, with_waiver).known) == (1, 0)
    assert (marked(with_waiver, without).exit_code(), marked(with_waiver, without).known) == (0, 1)


def test_a_check_that_could_not_run_fails_on_the_new_side_and_excuses_nothing_on_the_old(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = build(next(CASES.glob("qualifier-fits-bounds/rejects/*")), tmp_path / "p")
    ran = validate(package, ("facts",))
    monkeypatch.setattr(qualifier_fits_bounds, "run", fail)
    broken = validate(package, ("facts",))

    def new_checks(report: Report) -> set[str]:
        return {finding.check for finding in report if not finding.known}

    assert marked(ran, ran).exit_code() == 0
    assert (marked(broken, broken).exit_code(), marked(broken, ran).exit_code()) == (1, 1)
    assert marked(broken, ran).layers[0].status == "not_run"
    assert new_checks(marked(ran, broken)) == {"qualifier-fits-bounds"}


def test_warnings_that_are_known_do_not_fail_either(tmp_path: Path) -> None:
    package = little(tmp_path / "p", "1")
    (package / "t.csv").write_bytes((package / "t.csv").read_bytes().rstrip(b"\n"))  # no final newline

    assert muster("validate", package, *STRUCTURE, "--fail-on", "warning").code == 1
    assert new_since(package, package, "--fail-on", "warning").code == 0


def test_any_package_may_be_old(old: Path, new: Path, tmp_path: Path) -> None:
    commit(old)

    for place in (zip_folder(old, tmp_path / "old.zip"), f"{old}@HEAD", old / "datapackage.json"):
        assert is_known(new_since(new, place, *JSON)) == [("y", 2, False), ("x", 5, True)]


def test_an_old_package_that_cannot_be_read_is_no_fault_of_the_new_one(old: Path, tmp_path: Path) -> None:
    damaged, unsafe = little(tmp_path / "damaged", "1"), little(tmp_path / "unsafe", "1")
    (damaged / "datapackage.json").write_text("{")
    (unsafe / "datapackage.json").write_text('{"name": "x", "resources": [{"name": "a", "path": "../a.csv"}]}')

    assert [new_since(old, each).code for each in (tmp_path / "nowhere", "little@9.9.9", damaged)] == [4, 4, 4]
    assert new_since(old, unsafe).code == 3
    assert new_since(unsafe, old).code == 3
    assert "the package to compare findings with cannot be read" in new_since(old, damaged).stderr


def test_an_old_package_with_a_table_that_cannot_be_read_excuses_what_it_has(tmp_path: Path) -> None:
    package = little(tmp_path / "p", "x")
    (package / "t.csv").write_text('number,note\n1,"\n')

    result = new_since(package, package, *JSON)

    assert all(item["known"] for item in document(result)["findings"])
    assert document(result)["layers"][0]["status"] == "not_run"
    assert result.code == 1


def test_with_since_it_tells_new_from_known_among_what_is_left(old: Path, tmp_path: Path) -> None:
    new = little(tmp_path / "new", "1 x 2 y")
    commit(old)

    both = new_since(new, old, "--since", f"{old}@HEAD", *JSON)
    unchanged = new_since(old, old, "--since", "HEAD", *JSON)

    assert is_known(both) == [("y", 5, False)]
    assert (document(both)["new_since"]["known"], document(both)["since"]["left_out"]) == (0, 1)
    assert (document(unchanged)["new_since"]["known"], document(unchanged)["since"]["left_out"]) == (0, 1)


@pytest.mark.slow
def test_with_against_what_compares_counts_for_old_never_took_that_step(old: Path, tmp_path: Path) -> None:
    before, many = little(tmp_path / "before", "1 2 3 " * 40), little(tmp_path / "many", "1")

    result = muster("validate", many, "--against", before, "--new-since", many, *JSON)

    assert [item for item in document(result)["findings"] if item.get("known")] == []
    assert {item["layer"] for item in document(result)["findings"]} == {"plausibility"}
    assert result.code == 1


def test_a_kept_report_holds_no_marks_and_serves_the_old_side_too(old: Path, new: Path) -> None:
    for package in (old, new):  # with errors only, so that every check runs and the report is kept
        assert muster("validate", package, *STRUCTURE).code == 1
    first = new_since(new, old, *JSON)
    alone = muster("validate", new, *STRUCTURE, *JSON)

    assert "nothing has changed since the last run" in first.stderr
    assert "nothing has changed since the last run" in alone.stderr
    assert "known" not in alone.stdout
    assert new_since(new, old, "--no-cache", *JSON).stdout == first.stdout


def test_the_gate_lets_pass_what_the_old_package_would_be_held_up_for_too(tmp_path: Path) -> None:
    good, bad, worse = (little(tmp_path / name, "1") for name in ("good", "bad", "worse"))
    for package in (good, bad, worse):
        release = {"version": "1.0.0", "briefly": "The first."} if package == good else None
        describe(
            package, created="2999-01-01T00:00:00Z" if package == worse else "2026-06-01T00:00:00Z", release=release
        )

    codes = [muster("gate", bad, "--new-since", each).code for each in (bad, worse, good)]
    result = muster("gate", bad, "--new-since", worse, *JSON)

    assert (muster("gate", good).code, muster("gate", bad).code) == (0, 1)
    assert codes == [0, 0, 1]
    assert {(item["layer"], item["known"]) for item in document(result)["findings"]} == {("gate", True)}
    assert muster("gate", bad, "--new-since", tmp_path / "nowhere").code == 4


def test_help_tells_new_since_from_since() -> None:
    for command in ("validate", "gate"):
        told = " ".join(muster(command, "--help").stdout.split())
        assert "--new-since OLD" in told
        assert "only findings that it does not have fail" in told
        assert "--since" in told.replace("--new-since", "")
