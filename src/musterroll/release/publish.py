"""Publish a release whole or not at all, and never touch one that is published.

The index decides: a version is published when `index.json` names it. This is the
order of things, under a lock that one process holds:

1. What killed runs left (`.stage-…`) is swept, the index is read and compared with the folders.
2. The release is made in `.stage-…/V`, `SHA256SUMS` last; `index.json` and `latest.json` as they shall
   be are written beside it; it is signed and proved. Every file and folder is brought to the disk.
3. `.stage-…/V` is renamed to `V`.
4. `.stage-…/index.json` is renamed to `index.json`: from here on V is published.
5. `.stage-…/latest.json` is renamed to `latest.json`.
6. The empty stage goes.

What a reader sees if the machine stops

- before 3: the old releases, the old index. The stage has a hidden name; the next run sweeps it.
- between 3 and 4: the same, and a folder V that is whole and that no index names. The next run for V
  completes it (4 to 6) if the package is the same; a run for another version asks for that first.
- between 4 and 5: V is published; `latest.json` still names the release before, which is whole. The next
  run, also one that finds V up to date, writes it.
- later: everything, and perhaps an empty stage, which the next run sweeps.

An error, a full disk for example, or an interruption before 4 leaves the old state, and no stage: a folder
V that was renamed already is taken back. An error behind 4 says that only `latest.json` is left to do.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from musterroll.errors import Unusable
from musterroll.release.checksums import SUMS, sha256_of
from musterroll.release.index import INDEX, Entry, Index, parsed
from musterroll.release.index_files import put_latest, stage_index, told
from musterroll.release.lock import exclusive
from musterroll.release.manifest import MANIFEST, parse_manifest
from musterroll.release.releases import current_index
from musterroll.release.staging import made, settle, staged, sweep, sync, write_sums
from musterroll.release.standing import require_same

Outcome = Literal["published", "completed", "up to date"]


@dataclass(frozen=True)
class Published:
    """What became of a release: its folder, its entry in the index, and whether it is new.

    *completed*: an earlier run was cut off behind the building; the folder it
    left was proved, and is published now. *up to date*: it was published before.
    """

    folder: Path
    entry: Entry
    outcome: Outcome


def publish(
    out: Path,
    name: str,
    version: str,
    package: Mapping[str, str],
    build: Callable[[Path], object],
    finish: Callable[[Path], object] = lambda _: None,
) -> Published:
    """Publish a version of the package `name` in the folder of releases `out`, which is made if need be.

    `package` has the hash of every file of the package by path
    (`content.canonical_hashes`): it decides whether a version that is there
    already is the same one. `build` writes all files of the release into an
    empty folder, `release.json` among them, but for `SHA256SUMS`. `finish` gets
    that folder with `SHA256SUMS`, beside the index as it will be, to sign it and
    to prove it; it may add nothing but the signature.

    Raises `Unusable` if the version is published with other content, or what is
    published of it is damaged; `Unavailable` if another process is at work, the
    disk is full, permission is lacking, or `current_index` does not know what was
    published. Whatever else is raised, by `build` or by an interruption, leaves
    everything as it was.
    """
    parsed(version)
    with told(out), made(out), exclusive(out):
        sweep(out)
        index = current_index(out, name, version)
        if (out / version).is_symlink() or (out / version).exists():
            return _again(out, index, version, package)
        return _new(out, index, version, package, build, finish)


def _new(
    out: Path,
    index: Index,
    version: str,
    package: Mapping[str, str],
    build: Callable[[Path], object],
    finish: Callable[[Path], object],
) -> Published:
    with staged(out) as stage:
        folder = stage / version
        folder.mkdir()
        build(folder)
        _holds(write_sums(folder), package)
        entry = _entry(folder, index.name, version)
        stage_index(stage, index.with_entry(entry))
        finish(folder)
        settle(folder)
        with ExitStack() as undo:
            undo.callback(_take_back, stage, out, version)
            folder.rename(out / version)
            sync(out)
            (stage / INDEX).rename(out / INDEX)
            undo.pop_all()
        put_latest(out, stage)
    return Published(out / version, entry, "published")


def _again(out: Path, index: Index, version: str, package: Mapping[str, str]) -> Published:
    """A version that is there: with the same content it is up to date, or was not finished."""
    folder, known = out / version, index.entry(version)
    require_same(folder, known, package)
    entry = known or _entry(folder, index.name, version)
    with staged(out) as stage:
        stage_index(stage, index.with_entry(entry))
        if known is None:
            (stage / INDEX).rename(out / INDEX)
        put_latest(out, stage)
    return Published(folder, entry, "up to date" if known else "completed")


def _take_back(stage: Path, out: Path, version: str) -> None:
    """Undo the first rename if the disk says that the second was not done; an interruption comes at any time."""
    if (stage / INDEX).exists() and not (stage / version).exists():
        (out / version).rename(stage / version)


def _holds(sums: Mapping[str, str], package: Mapping[str, str]) -> None:
    """Whether every file of the package is in the release as it is."""
    for path, sha256 in package.items():
        if sums.get(path) != sha256:
            why = "it was changed meanwhile, or a file that the release adds is called the same"
            raise Unusable(f"{path} of the package cannot be released: {why}")


def _entry(folder: Path, name: str, version: str) -> Entry:
    """What the index says of a release, from its `release.json`."""
    manifest = parse_manifest((folder / MANIFEST).read_bytes(), str(folder / MANIFEST))
    if (manifest.name, manifest.version) != (name, version):
        found = f"{manifest.name} {manifest.version}"
        raise Unusable(f"{folder / MANIFEST} is of {found}, not of {name} {version}")
    return Entry(version, manifest.created, sha256_of(folder / SUMS), manifest.previous)
