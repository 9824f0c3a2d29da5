"""Make a release: the package in canonical form, what it is exported to, what describes it, and what changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from musterroll.changes.diff import compared
from musterroll.changes.feed import feed
from musterroll.changes.version import Required, required_version
from musterroll.errors import Unusable
from musterroll.package.descriptor import DESCRIPTOR, Package
from musterroll.package.folder import Folder
from musterroll.release.changelog import read_notes, render_changelog
from musterroll.release.checksums import sha256_of
from musterroll.release.content import Content, ReleasedFile, stage_package
from musterroll.release.exports import ARCHIVE, EXPORTERS
from musterroll.release.exports.archive import BESIDE
from musterroll.release.exports.exporter import Exporter
from musterroll.release.manifest import MANIFEST, manifest_of, render_manifest
from musterroll.release.metadata import METADATA
from musterroll.release.metadata.metadata_file import MetadataFile
from musterroll.release.publish import Published, publish
from musterroll.release.signature import sign
from musterroll.release.verify import verify

CHANGELOG, CHANGES, REPORT = "CHANGELOG.md", "changes.jsonl", "report.json"
OnStep = Callable[[str], None]


def make_release(
    package: Package,
    hashes: Mapping[str, str],
    previous: Folder | None,
    report: str,
    out: Path,
    key: Path | None = None,
    on_step: OnStep = lambda _: None,
) -> Published:
    """Build a release of the package in the folder of releases `out`, prove it, and publish it.

    `hashes` are the package's own (`content.canonical_hashes`), taken before it was
    judged; `report` is what the judges said, as JSON; `previous` is the release
    before, None for a first one; `key` is a private SSH key to sign with.
    Raises as `publish` does; `Unusable` also if the package has changed since
    `hashes` were taken, or the finished release does not verify.
    """

    def build(folder: Path) -> None:
        _Making(package, previous, report, folder, on_step).run()

    def finish(folder: Path) -> None:
        if key is not None:
            on_step("the signature")
            sign(folder, key)
        verification = verify(folder, on_step=on_step)
        if not verification.sound:
            raise Unusable(f"the release does not verify: {verification.faults[0].message}")

    return publish(out, package.name, str(package.version), hashes, build, finish)


@dataclass
class _Making:
    """The files of one release, in the order in which they can be made."""

    package: Package
    previous: Folder | None
    report: str
    folder: Path
    on_step: OnStep
    files: list[ReleasedFile] = field(default_factory=list)

    def run(self) -> None:
        self.on_step("the package in canonical form")
        content = stage_package(self.package, self.folder)
        for path in content.paths:
            self._add(path, *_kind(content.package, path))
        self._write(REPORT, self.report, "application/json", "What the checks found")
        required = self._changes(content)
        for exporter in EXPORTERS:
            self._export(exporter, content)
        self._describe(content, [item for item in METADATA if item.PATH in BESIDE])
        self._export(ARCHIVE, content)
        self._describe(content, [item for item in METADATA if item.PATH not in BESIDE])
        before = (required.old, required.bump) if required else (None, None)
        manifest = manifest_of(content, self.files, *before)
        (self.folder / MANIFEST).write_text(render_manifest(manifest), encoding="utf-8", newline="\n")

    def _changes(self, content: Content) -> Required | None:
        """The changelog and, if there is a release before, the feed that leads from it to this one."""
        self.on_step("the changes")
        notes, title = read_notes(content.package), "What changed, and what the numbers are now"
        with ExitStack() as stack:
            diff = required = None
            if self.previous is not None:
                diff = stack.enter_context(compared(self.previous, Folder(self.folder)))
                required = required_version(diff)
                with (self.folder / CHANGES).open("w", encoding="utf-8", newline="\n") as stream:
                    stream.writelines(feed(diff))
                self._add(CHANGES, "application/x-ndjson", "Every change since the release before, for muster apply")
            self._write(CHANGELOG, render_changelog(content, diff, required, notes), "text/markdown", title)
        return required

    def _export(self, exporter: Exporter, content: Content) -> None:
        self.on_step(exporter.NAME)
        exporter.write(content, self.folder)
        for file in exporter.files(content):
            self._add(file.path, file.mediatype, file.title)

    def _describe(self, content: Content, items: Sequence[MetadataFile]) -> None:
        """Metadata, in their order, for some describe the files that are there before them."""
        for item in items:
            self.on_step(item.PATH)
            self._write(item.PATH, item.render(content, self.files), item.MEDIATYPE, item.TITLE)

    def _write(self, path: str, text: str, mediatype: str, title: str) -> None:
        (self.folder / path).write_text(text, encoding="utf-8", newline="\n")
        self._add(path, mediatype, title)

    def _add(self, path: str, mediatype: str, title: str) -> None:
        place = self.folder / path
        self.files.append(ReleasedFile(path, place.stat().st_size, sha256_of(place), mediatype, title))


def _kind(package: Package, path: str) -> tuple[str, str]:
    """Media type and title of a file of the package, as far as the descriptor gives them."""
    if path == DESCRIPTOR:
        return "application/json", "The descriptor: what the package is and holds"
    for resource in package.resources:
        title = str(resource.descriptor.get("title") or resource.name)
        if path in resource.files:
            guessed = {"csv": "text/csv", "json": "application/json"}.get(Path(path).suffix.lstrip("."))
            return str(resource.descriptor.get("mediatype") or guessed or "application/octet-stream"), title
        if path == resource.descriptor.get("schema"):
            return "application/json", f"{title}: the Table Schema"
    return "application/json", "Part of the descriptor"
