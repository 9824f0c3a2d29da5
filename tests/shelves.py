"""Folders of releases, small but true: what lies in them is what their index says."""

from __future__ import annotations

import hashlib
import json
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

from musterroll.release.checksums import SUMS, render_sums, sha256_of
from musterroll.release.index import Entry, Index, Yanked, parse_index, render_index, render_latest
from running import CONTENT, seal

Change = Callable[[Path], None]


def publish(package: Path, shelf: Path, version: str, change: Change = lambda _: None) -> Path:
    """A release of a package, changed before; returns its folder."""
    folder = shelf / version
    folder.mkdir(parents=True)
    for name in CONTENT:
        source = package / name
        (shutil.copytree if source.is_dir() else shutil.copyfile)(source, folder / name)
    descriptor = json.loads((folder / "datapackage.json").read_text())
    descriptor["version"] = version
    (folder / "datapackage.json").write_text(json.dumps(descriptor, ensure_ascii=False, indent=2))
    change(folder)
    seal(folder)
    name = descriptor["name"]
    (folder / "exports").mkdir()
    with zipfile.ZipFile(folder / f"exports/{name}-{version}.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for path in _files(folder):
            if path.startswith(("datapackage.json", "data/", "schemas/")):
                archive.write(folder / path, path)
    listed = [{"path": path, "bytes": (folder / path).stat().st_size} for path in _files(folder)]
    (folder / "release.json").write_text(json.dumps({"name": name, "version": version, "files": listed}))
    sum_up(shelf, version, descriptor.get("created"))
    return folder


def sum_up(shelf: Path, version: str, created: str | None = None, *, listed: bool = True) -> None:
    """Write true sums of a release, and the hash of them into the index."""
    folder = shelf / version
    hashes = {path: sha256_of(folder / path) for path in _files(folder) if not path.startswith(SUMS)}
    (folder / SUMS).write_text(render_sums(hashes))
    if listed:
        name = json.loads((folder / "datapackage.json").read_text())["name"]
        entry = Entry(version, created, sha256_of(folder / SUMS), None)
        write_index(shelf, index_of(shelf, name).with_entry(entry))


def index_of(shelf: Path, name: str = "") -> Index:
    """The index as it stands."""
    file = shelf / "index.json"
    return parse_index(file.read_bytes(), "index.json") if file.exists() else Index(name)


def write_index(shelf: Path, index: Index) -> None:
    """Write index.json and latest.json."""
    (shelf / "index.json").write_text(render_index(index))
    if latest := render_latest(index):
        (shelf / "latest.json").write_text(latest)


def withdraw(shelf: Path, version: str, reason: str, successor: str | None) -> None:
    """Mark a release as yanked."""
    index = index_of(shelf)
    entry = index.entry(version)
    assert entry is not None
    yanked = Entry(entry.version, entry.created, entry.sha256sums, entry.previous, Yanked(reason, successor))
    write_index(shelf, index.with_entry(yanked))


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a folder."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def flip(data: bytes) -> bytes:
    """The same with one bit changed."""
    return data[:9] + bytes([data[9] ^ 1]) + data[10:]


def writes(path: str, text: str) -> Change:
    """Write a file anew."""

    def apply(folder: Path) -> None:
        (folder / path).write_text(text)

    return apply


def sha256(data: bytes) -> str:
    """In hex."""
    return hashlib.sha256(data).hexdigest()


def _files(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def passengers(number: int) -> Change:
    """Make it so many on the first crossing of the base package `ferries`, on which there were 77."""

    def change(folder: Path) -> None:
        data = folder / "data/crossings.csv"
        data.write_text(data.read_text().replace(",77,", f",{number},", 1))

    return change
