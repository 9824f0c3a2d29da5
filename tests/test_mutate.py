"""`muster mutate`: a few kinds every day, all of them against the committed score in CI."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from golden import build_base, put_in_form
from muster_cli.render import mutation
from muster_cli.render.mutation_json import render_json
from muster_validators.scoring.running import run_trials
from muster_validators.scoring.score import fallen
from musterroll.faults.kinds import KINDS
from musterroll.package.folder import Folder
from running import ROOT, Result, muster
from test_formats import schema

_SCORE = ROOT / "docs/checks/score.json"
_FEW = ("number-mistyped", "arrival-deleted", "json-key-twice", "row-moved", "code-of-digits")
_CHOICE = [word for kind in _FEW for word in ("--kind", kind)]


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = build_base("mission", tmp_path_factory.mktemp("mission") / "package")
    put_in_form(folder)
    return folder


@pytest.fixture(scope="module")
def before(package: Path) -> dict[Path, bytes]:
    """The package before any fault was planted in a copy of it."""
    return {path: path.read_bytes() for path in package.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def result(package: Path, before: dict[Path, bytes]) -> Result:
    """The few kinds, once, under a floor that they do not reach."""
    assert before
    return muster("mutate", package, *_CHOICE, "--jobs", "1", "--format", "json", "--fail-under", "95")


@pytest.fixture(scope="module")
def document(result: Result) -> dict[str, Any]:
    value: dict[str, Any] = json.loads(result.stdout)
    return value


def test_the_document_follows_its_published_schema(document: dict[str, Any]) -> None:
    schema("mutation-1").validate(document)


def test_each_kind_is_caught_where_it_can_be(document: dict[str, Any]) -> None:
    kinds = {kind["id"]: kind["trials"][0] for kind in document["kinds"]}

    assert "preferred-equals-cell" in kinds["number-mistyped"]["validate"]["checks"]
    assert kinds["number-mistyped"]["named"]
    assert kinds["json-key-twice"]["layers"]["structure"]["severity"] == "error"
    assert kinds["json-key-twice"]["gate"] is None
    assert not kinds["row-moved"]["caught"]
    assert "canonical-form" in kinds["row-moved"]["gate"]["checks"]
    assert kinds["arrival-deleted"]["gate"]["severity"] == "error"
    assert "id-lost" in kinds["arrival-deleted"]["gate"]["checks"]
    assert kinds["arrival-deleted"]["named"]
    assert document["not_applicable"] == ["code-of-digits"]


def test_the_package_itself_is_left_alone(package: Path, before: dict[Path, bytes], result: Result) -> None:
    assert result.stdout
    assert {path: path.read_bytes() for path in package.rglob("*") if path.is_file()} == before


def test_a_share_is_a_floor(result: Result) -> None:
    assert result.code == 1
    assert "validate alone catches 2 of 3 kinds, 66.7 %, less than 95 %" in result.stderr


@pytest.mark.slow
def test_two_processes_give_the_same_bytes_as_one(package: Path, result: Result) -> None:
    assert muster("mutate", package, *_CHOICE, "--jobs", "2", "--format", "json").stdout == result.stdout


@pytest.mark.slow
def test_an_earlier_run_is_a_floor(package: Path, document: dict[str, Any], tmp_path: Path) -> None:
    same, better = tmp_path / "same.json", tmp_path / "better.json"
    same.write_text(json.dumps(document))
    (only,) = (kind for kind in document["kinds"] if kind["id"] == "json-key-twice")
    better.write_text(json.dumps({**document, "kinds": [{**only, "id": "row-moved"}]}))
    run = ("mutate", package, "--kind", "row-moved", "--jobs", "1", "--format", "markdown", "--fail-under")

    alike, worse = muster(*run, same), muster(*run, better)
    assert alike.code == 0
    assert alike.stdout.startswith("# What the checks catch\n")
    assert "`row-moved`: missed by `validate`" in alike.stdout
    assert worse.code == 1
    assert "no longer caught by validate" in worse.stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--kind", "no-such-kind"), "the subjects are bytes"),
        (("--fail-under", "nowhere.json"), "no file that muster mutate wrote"),
        (("--times", "0"), "--times"),
    ],
)
def test_wrong_use_is_told(arguments: tuple[str, ...], words: str, package: Path) -> None:
    result = muster("mutate", package, *arguments)

    assert result.code == 2
    assert words in result.stderr


def test_a_document_of_another_kind_is_no_floor(package: Path, tmp_path: Path) -> None:
    (tmp_path / "other.json").write_text("{}")

    assert "is not musterroll/mutation/1" in muster("mutate", package, "--fail-under", tmp_path / "other.json").stderr


@pytest.mark.slow
def test_a_release_before_can_be_named() -> None:
    old = ROOT / "releases/1.0.0"
    found = json.loads(
        muster("mutate", ROOT / "releases/1.1.0", "--against", old, "--kind", "row-moved", "--format", "json").stdout
    )

    assert found["against"] == {"name": "haiti-mss", "version": "1.0.0"}
    assert "canonical-form" in found["kinds"][0]["trials"][0]["gate"]["checks"]


def test_every_committed_miss_is_explained() -> None:
    page = (ROOT / "docs/checks/score.md").read_text()

    assert "not explained yet" not in page


@pytest.mark.slow
def test_no_kind_is_caught_worse_than_the_committed_score_says(accept: bool) -> None:
    trials = run_trials(Folder(ROOT / "releases/1.1.0"), KINDS, jobs=2)
    if accept:
        _SCORE.write_text(render_json(trials))
        _SCORE.with_suffix(".md").write_text(mutation.render_markdown(trials))
    committed = json.loads(_SCORE.read_text())

    assert not list(fallen(committed, trials))
    assert {kind["id"] for kind in committed["kinds"]} == {kind.id for kind in KINDS}
    assert json.loads(render_json(trials))["score"] == committed["score"], "it is better now: run pytest --accept"
