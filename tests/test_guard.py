"""What keeps a check from running is told, with the right exit code, and never passes for silence."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from golden import build_base
from muster_cli.commands import validate as command
from muster_validators import LAYERS, validate
from muster_validators.finding import NotRun
from muster_validators.guard import Guard
from musterroll.errors import Refused, Unavailable, Unusable
from running import muster, replace


def _some_and_then(error: Exception) -> Iterator[int]:
    yield 1
    raise error


@pytest.mark.parametrize(
    ("error", "reason", "environment"),
    [
        (ZeroDivisionError("division"), "the check failed with ZeroDivisionError: division", False),
        (Unusable("there is no horizon"), "there is no horizon", False),
        (ModuleNotFoundError("No module named 're2'", name="re2"), "re2 cannot be imported", True),
        (ImportError("broken"), "broken cannot be imported", True),
        (RecursionError("too deep"), "the check failed with RecursionError: too deep", False),
    ],
)
def test_a_failure_is_a_reason_and_half_an_answer_is_none(error: Exception, reason: str, environment: bool) -> None:
    guard = Guard([])

    assert guard.run("some-check", _some_and_then, error) == []
    (item,) = guard.not_run
    assert item.check == "some-check"
    assert item.reason.startswith(reason)
    assert item.environment is environment


@pytest.mark.parametrize("error", [Refused("unsafe"), Unavailable("no permission"), KeyboardInterrupt()])
def test_what_ends_the_whole_run_is_not_held_back(error: BaseException) -> None:
    def judge() -> Iterator[int]:
        raise error
        yield

    with pytest.raises(type(error)):
        Guard([]).run("some-check", judge)


def test_one_failure_keeps_every_check_that_relies_on_it_from_running() -> None:
    guard = Guard([NotRun("judge", "it is not there", environment=True)])

    assert guard.kept_from(("one", "two"), "people") == [
        NotRun("one", "it is not there", "people", environment=True),
        NotRun("two", "it is not there", "people", environment=True),
    ]


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("mission-record/0.1.0", "mission-record/7.0.0", "mission-record/7.0.0"),
        ('"2025-12-31"', '"the last day"', "horizon"),
    ],
)
def test_a_record_that_this_version_cannot_read_is_not_judged_and_not_passed(
    old: str, new: str, reason: str, tmp_path: Path
) -> None:
    package = build_base("mission", tmp_path / "record")
    replace(package, "datapackage.json", old, new)

    report = validate(package, ("structure", "facts"))

    assert report.layers[1].status == "not_run"
    assert any(reason in item.reason for item in report.layers[1].not_run)
    assert report.exit_code() == 1


@pytest.mark.parametrize(
    ("name", "code", "said"),
    [("pyarrow.lib", 4, "pyarrow.lib cannot be imported"), ("musterroll.x", 70, "a bug")],
)
def test_a_library_that_is_gone_is_the_machines_fault_and_a_module_of_ours_is_ours(
    name: str, code: int, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(*_: object) -> None:
        raise ModuleNotFoundError(f"No module named {name!r}", name=name)

    monkeypatch.setattr(command, "judged_or_cached", gone)

    result = muster("validate", build_base("plain", tmp_path / "package"))

    assert result.code == code
    assert said in result.stderr


def test_whoever_asks_for_some_layers_is_told_which_were_not_judged(tmp_path: Path) -> None:
    package = build_base("plain", tmp_path / "package")

    some, all_ = (muster("validate", package, *layers).stdout for layers in (("--layer", "structure"), ()))

    assert "not judged, for it was not asked for: facts, plausibility" in some
    assert "not judged" not in all_
    assert [layer.name for layer in validate(package, ("facts",)).layers] == ["facts"]
    assert set(LAYERS) == {"structure", "facts", "plausibility"}
