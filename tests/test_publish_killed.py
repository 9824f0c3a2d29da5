"""Whatever stops a release, at whatever step, leaves the old state or the new one, and the next run puts it right."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import resource
import shutil
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from fault_hooks import FAILED, FAILED_IN_CLEANUP, FINISHED, INTERRUPTED, SURVIVED, Steps, in_child, killed
from musterroll.errors import Unavailable
from musterroll.package.folder import Folder
from musterroll.package.opening import require_package
from musterroll.release.content import stage_package
from musterroll.release.publish import publish
from releases import NOTHING, release, tree, verified, write_manifest

_ERRORS = (errno.ENOSPC, errno.EACCES, errno.EROFS, errno.EMFILE, errno.EIO)


@dataclass
class World:
    """A folder with 1.0.0 in it, as it is before and after 1.1.0 is published, and copies of it to be broken."""

    place: Path
    files: dict[str, bytes]  # of 1.1.0, without SHA256SUMS
    old: dict[str, bytes | None]
    new: dict[str, bytes | None]
    sound: set[int] = field(default_factory=set)  # hashes of folders that were verified

    def copy(self) -> Path:
        """A new copy, in the place of the last one."""
        shutil.rmtree(self.place / "copy", ignore_errors=True)
        return Path(shutil.copytree(self.place / "before", self.place / "copy"))

    def release(self, out: Path, at_end: Callable[[], None] = lambda: None) -> str:
        """Publish 1.1.0 by a build that only writes its files."""

        def build(stage: Path) -> None:
            (stage / "exports").mkdir()
            for path, data in self.files.items():
                (stage / path).write_bytes(data)
            at_end()

        package = {"datapackage.json": hashlib.sha256(self.files["datapackage.json"]).hexdigest()}
        return publish(out, "tiny", "1.1.0", package, build).outcome

    def assert_old_or_new(self, out: Path) -> bool:
        """Whether it is the new state; neither a third one nor a mixture of both."""
        found = tree(out)
        assert _of(found, "1.0.0") == _of(self.old, "1.0.0")
        assert found["index.json"] in {self.old["index.json"], self.new["index.json"]}
        is_new = found["index.json"] == self.new["index.json"]
        assert found["latest.json"] in {self.old["latest.json"], self.new["latest.json" if is_new else "index.json"]}
        named = {entry["version"] for entry in json.loads(found["index.json"] or b"")["releases"]}
        assert json.loads(found["latest.json"] or b"")["version"] in named
        for version in named:
            self._assert_sound(out / version, _of(found, version), found["index.json"])
        return is_new

    def _assert_sound(self, folder: Path, found: dict[str, bytes | None], index: bytes | None) -> None:
        key = hash((index, *found.items()))
        if key not in self.sound:
            assert verified(folder).faults == ()
            self.sound.add(key)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    place = tmp_path_factory.mktemp("world")
    for version, values in (("1.0.0", [3]), ("1.1.0", [3, 4])):
        resource = {
            "name": "sizes",
            "type": "table",
            "data": [["size"], values[:1], *([value] for value in values[1:])],
        }
        (place / version).mkdir()
        descriptor = {"name": "tiny", "version": version, "resources": [resource]}
        (place / version / "datapackage.json").write_text(json.dumps(descriptor))
    release(place / "before", place / "1.0.0", build=_build(place / "1.0.0"))
    shutil.copytree(place / "before", place / "after")
    release(place / "after", place / "1.1.0", build=_build(place / "1.1.0"))
    after = tree(place / "after")
    files = {path.removeprefix("1.1.0/"): data for path, data in _of(after, "1.1.0").items() if data is not None}
    del files["SHA256SUMS"]
    return World(place, files, tree(place / "before"), after)


def test_a_release_killed_before_any_step_leaves_the_old_or_the_new_and_the_next_run_completes_it(world: World) -> None:
    outcomes, at, code = [], 0, None
    while code is None:
        at += 1
        out = world.copy()
        code = in_child(lambda: _code(Steps(at, killed), lambda: world.release(out)))  # noqa: B023 - used at once
        is_new = world.assert_old_or_new(out)

        outcomes.append(world.release(out))

        assert is_new == (outcomes[-1] == "up to date")
        assert tree(out) == world.new
    assert code == FINISHED
    assert at > 35
    assert list(dict.fromkeys(outcomes)) == ["published", "completed", "up to date"]


@pytest.mark.slow
@pytest.mark.parametrize("interrupted", [False, True], ids=["error", "interrupted"])
def test_a_step_that_fails_leaves_the_old_state_and_no_stage(world: World, interrupted: bool) -> None:
    at, ends = 0, []
    code: int | None = None
    while code != FINISHED:
        at += 1
        out = world.copy()
        steps = Steps(at, _interrupt if interrupted else _fail(_ERRORS[at % len(_ERRORS)]), looking=True)
        code = in_child(lambda: _code(steps, lambda: world.release(out)))  # noqa: B023 - used at once
        is_new = world.assert_old_or_new(out)

        assert code in {FINISHED, SURVIVED, FAILED_IN_CLEANUP, INTERRUPTED if interrupted else FAILED}
        found = {path: data for path, data in tree(out).items() if not path.startswith((".lock", ".stage-"))}
        if code in {FINISHED, SURVIVED}:  # at worst something that is of no use is left
            assert found == world.new
        if code in {FINISHED, INTERRUPTED, FAILED}:
            assert found.keys() == (world.new if is_new else world.old).keys() == tree(out).keys() - {".lock"}
            ends.append(is_new)
        if tree(out) != found:  # the next run sweeps what could not be taken away
            world.release(out)
            assert tree(out) == world.new
    assert at > 100
    assert ends == sorted(ends)
    assert 1 < sum(ends) < 20  # behind the step that decides


def test_a_disk_that_stays_full_leaves_the_old_state_and_no_stage(world: World) -> None:
    at = 0
    code: int | None = None
    while code != FINISHED:
        at += 1
        out = world.copy()
        code = in_child(lambda: _code(_FullDisk(at), lambda: world.release(out)))  # noqa: B023 - used at once

        assert code in {FINISHED, FAILED}
        assert tree(out) == (world.new if code == FINISHED else world.old)
    assert at > 10


def test_a_limit_that_the_kernel_sets_on_files_leaves_the_old_state(world: World) -> None:
    def limited() -> int:
        resource.setrlimit(resource.RLIMIT_FSIZE, (500, 500))
        return _code(Steps(0, killed), lambda: world.release(out))

    out = world.copy()

    assert in_child(limited) == FAILED
    assert tree(out) == world.old


def test_sigterm_while_a_release_is_built_leaves_the_old_state(world: World) -> None:
    def terminated() -> int:
        signal.signal(signal.SIGTERM, signal.default_int_handler)  # as the command line does
        return _code(Steps(0, killed), lambda: world.release(out, lambda: os.kill(os.getpid(), signal.SIGTERM)))

    out = world.copy()

    assert in_child(terminated) == INTERRUPTED
    assert tree(out) == world.old


def _build(package: Path) -> Callable[[Path], None]:
    def build(stage: Path) -> None:
        content = stage_package(require_package(Folder(package)), stage)
        (stage / "exports").mkdir()
        (stage / "exports/all.zip").write_bytes(NOTHING)
        write_manifest(stage, content)

    return build


def _of(found: dict[str, bytes | None], version: str) -> dict[str, bytes | None]:
    return {path: data for path, data in found.items() if path.startswith(f"{version}/")}


def _fail(number: int) -> Callable[[], None]:
    def fail() -> None:
        raise OSError(number, os.strerror(number))

    return fail


def _interrupt() -> None:
    raise KeyboardInterrupt


class _FullDisk(Steps):
    """From some step on nothing new can be made; audit hooks stay, where a profile goes at an error."""

    def __init__(self, at: int) -> None:
        super().__init__(at, killed)

    def run(self, work: Callable[[], object]) -> None:
        sys.addaudithook(self._audit)
        work()

    def _audit(self, event: str, arguments: tuple[object, ...]) -> None:
        if event == "os.mkdir" or (event == "open" and isinstance(arguments[2], int) and arguments[2] & os.O_CREAT):
            self.count += 1
            if self.count >= self.at:
                _fail(errno.ENOSPC)()


def _code(steps: Steps, work: Callable[[], object]) -> int:
    """How the work ended."""
    try:
        steps.run(work)
    except Unavailable:
        return FAILED_IN_CLEANUP if steps.in_cleanup else FAILED
    except KeyboardInterrupt:
        return FAILED_IN_CLEANUP if steps.in_cleanup else INTERRUPTED
    return SURVIVED if steps.has_acted else FINISHED
