"""Small releases: a package of two tables, a cheap build of everything a release has, and a folder of releases."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from pathlib import Path

from musterroll.package.folder import Folder
from musterroll.package.opening import require_package
from musterroll.release.checksums import SUMS, render_sums, sha256_of
from musterroll.release.content import Content, ReleasedFile, canonical_hashes, stage_package
from musterroll.release.manifest import MANIFEST, manifest_of, render_manifest
from musterroll.release.publish import Published, publish
from musterroll.release.verify import OnStep, Verification, verify

_PEOPLE = {"fields": [{"name": "id", "type": "integer"}, {"name": "name", "type": "string"}], "primaryKey": "id"}
_PLACES = {"fields": [{"name": "place", "type": "string"}]}
NOTHING = b"exports say nothing here"


def write_package(folder: Path, version: str, people: str = "1,Ada\n2,Grace\n", name: str = "tiny") -> Path:
    """A package of two tables, a schema file and a text that is no table."""
    (folder / "data").mkdir(parents=True)
    (folder / "schemas").mkdir()
    (folder / "data/people.csv").write_text(f"id,name\n{people}")
    (folder / "data/places.csv").write_text('place\n"Port-au-Prince, Ouest"\n')
    (folder / "schemas/people.json").write_text(json.dumps(_PEOPLE))
    (folder / "data/notes.txt").write_text("noted\n")
    resources = [
        {"name": "people", "path": "data/people.csv", "schema": "schemas/people.json"},
        {"name": "places", "path": "data/places.csv", "schema": _PLACES},
        {"name": "notes", "path": "data/notes.txt", "bytes": 6, "hash": hashlib.md5(b"noted\n").hexdigest()},
        {"name": "sizes", "type": "table", "data": [["size"], [3]]},
    ]
    descriptor = {"name": name, "version": version, "created": "2026-11-22T00:00:00Z", "resources": resources}
    (folder / "datapackage.json").write_text(json.dumps(descriptor))
    return folder


def builder(package: Path, previous: str | None = None) -> Callable[[Path], None]:
    """Builds a release of it with an export that is not looked into."""

    def build(stage: Path) -> None:
        content = stage_package(require_package(Folder(package)), stage)
        (stage / "exports/flat").mkdir(parents=True)
        (stage / f"exports/{content.stem}.zip").write_bytes(NOTHING)
        (stage / "exports/flat/people.csv").write_bytes(NOTHING)
        (stage / "CHANGELOG.md").write_text(f"# {content.version}\n")
        (stage / ".zenodo.json").write_text("{}\n")
        write_manifest(stage, content, previous)

    return build


def builder_of_exports(package: Path) -> Callable[[Path], None]:
    """Builds a release of it with the real exports."""

    def build(stage: Path) -> None:
        from musterroll.release.exports import ARCHIVE, write_exports

        content = stage_package(require_package(Folder(package)), stage)
        for name in ("CHANGELOG.md", "CITATION.cff", "codebook.md"):
            (stage / name).write_text(f"{name} of {content.version}\n")
        write_exports(content, stage)
        ARCHIVE.write(content, stage)
        write_manifest(stage, content)

    return build


def write_manifest(stage: Path, content: Content, previous: str | None = None) -> None:
    """`release.json` over all that lies there."""
    paths = [path.relative_to(stage).as_posix() for path in stage.rglob("*") if path.is_file()]
    files = [released_file(stage, path) for path in paths if path not in {MANIFEST, SUMS}]
    text = render_manifest(manifest_of(content, files, previous, "minor" if previous else None))
    (stage / MANIFEST).write_text(text)


def released_file(stage: Path, path: str) -> ReleasedFile:
    """A file as it lies there."""
    return ReleasedFile(path, (stage / path).stat().st_size, sha256_of(stage / path), "text/plain", path)


def release(
    out: Path, package: Path, previous: str | None = None, build: Callable[[Path], None] | None = None
) -> Published:
    """Publish the package by the cheap build, or by another."""
    read = require_package(Folder(package))
    return publish(out, read.name, str(read.version), canonical_hashes(read), build or builder(package, previous))


def reseal(folder: Path) -> None:
    """Make `SHA256SUMS` true again, as somebody would who tampers with a release."""
    paths = [path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()]
    hashes = {path: sha256_of(folder / path) for path in paths if not path.startswith(SUMS)}
    (folder / SUMS).write_text(render_sums(hashes))


def no_differences(content: Content, folder: Path, on_step: OnStep) -> Iterator[str]:
    """The exports of the cheap build are not looked into."""
    return iter(())


def verified(folder: Path) -> Verification:
    """Verify a release of the cheap build."""
    return verify(folder, differences=no_differences)


def tree(folder: Path) -> dict[str, bytes | None]:
    """Everything below a folder: the bytes of files, None for folders."""
    found = sorted(folder.rglob("*"))
    return {path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else None for path in found}
