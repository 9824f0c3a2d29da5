"""All trials of a run, in as many processes as asked for; the same seed gives the same trials in any number of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp

from muster_validators.report import Release
from muster_validators.scoring.bench import Bench
from muster_validators.scoring.trial import Trial, Trials
from musterroll.faults.fault import Kind
from musterroll.faults.kinds import BY_ID
from musterroll.package.folder import Folder
from musterroll.package.opening import require_package

OnTrial = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class _Plan:
    """What every process has to know."""

    folder: Folder
    previous: Folder | None
    scratch: Path
    seed: int
    times: int


def run_trials(
    folder: Folder,
    kinds: Sequence[Kind],
    *,
    previous: Folder | None = None,
    seed: int = 0,
    times: int = 1,
    jobs: int = 1,
    on_trial: OnTrial = lambda *_: None,
) -> Trials:
    """Plant every kind `times` times in a copy of the package, one fault at a time, and judge each.

    `previous` is the release before; without it, that is the package itself.
    `on_trial` is told how many kinds are done, and of how many. Raises `Unusable`
    if the package cannot be read, `Refused` if it is unsafe.
    """
    packages = [require_package(item) for item in (folder, previous) if item is not None]
    trials: list[Trial] = []
    inapplicable: list[str] = []
    with TemporaryDirectory(prefix="musterroll-") as scratch:
        plan = _Plan(folder, previous, Path(scratch), seed, times)
        with _tried(plan, [kind.id for kind in kinds], jobs) as results:
            for done, (kind, found) in enumerate(results, 1):
                trials += found
                inapplicable += [] if found else [kind]
                on_trial(done, len(kinds))
    releases = [Release(package.name, package.version) for package in packages]
    return Trials(releases[0], releases[1] if previous else None, seed, times, tuple(trials), tuple(inapplicable))


@contextmanager
def _tried(plan: _Plan, kinds: Sequence[str], jobs: int) -> Iterator[Iterable[tuple[str, list[Trial]]]]:
    """Each kind with its trials, in order, as they are done."""
    if jobs == 1 or len(kinds) < 2:
        bench = _bench(plan)
        yield (_try(bench, plan, kind) for kind in kinds)
        return
    # A fresh process each: libraries that judge have threads of their own, and those do not survive a fork.
    with ProcessPoolExecutor(min(jobs, len(kinds)), get_context("spawn"), _begin, (plan,)) as pool:
        try:
            yield pool.map(_try_here, kinds)
        except BaseException:
            pool.shutdown(wait=True, cancel_futures=True)
            raise


def _bench(plan: _Plan) -> Bench:
    return Bench(plan.folder, Path(mkdtemp(dir=plan.scratch)), plan.previous)


def _try(bench: Bench, plan: _Plan, kind: str) -> tuple[str, list[Trial]]:
    trials = (bench.try_out(BY_ID[kind], number, plan.seed) for number in range(1, plan.times + 1))
    return kind, [trial for trial in trials if trial is not None]


_here: list[tuple[Bench, _Plan]] = []  # of this process


def _begin(plan: _Plan) -> None:
    _here.append((_bench(plan), plan))


def _try_here(kind: str) -> tuple[str, list[Trial]]:
    return _try(*_here[0], kind)
