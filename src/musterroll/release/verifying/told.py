"""`release.json`, the descriptor and the tables say the same about a release."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict

from musterroll.package.descriptor import DESCRIPTOR, Resource
from musterroll.release.checksums import SUMS
from musterroll.release.content import Content
from musterroll.release.manifest import MANIFEST, Manifest, ReleasedTable, described, released_tables
from musterroll.release.verifying.fault import Fault
from musterroll.release.verifying.files import Files, measured

_ALGORITHMS = {"md5", "sha1", "sha256", "sha512"}  # what the Data Package standard lets a descriptor use; else md5


def listing_faults(manifest: Manifest, sums: Mapping[str, str], files: Files) -> Iterator[Fault]:
    """Whether `release.json` lists the files that `SHA256SUMS` does, with the same hashes and their true sizes."""
    listed = {file.path: file for file in manifest.files}
    if len(listed) != len(manifest.files):
        yield Fault(MANIFEST, "disagrees", f"{MANIFEST} lists a file twice.")
    for path in sorted((set(sums) - {MANIFEST}) ^ set(listed)):
        lists, lacks = (SUMS, MANIFEST) if path in sums else (MANIFEST, SUMS)
        yield Fault(path, "disagrees", f"{lists} lists {path}; {lacks} does not.")
    for path in sorted(set(sums) & set(listed)):
        if listed[path].sha256 != sums[path]:
            yield Fault(path, "disagrees", f"{path} has another hash in {MANIFEST} than in {SUMS}.")
        elif listed[path].bytes != files.sizes.get(path, listed[path].bytes):
            said, found = listed[path].bytes, files.sizes[path]
            yield Fault(path, "disagrees", f"{path} has {found:,} bytes; {MANIFEST} says {said:,}.")


def content_faults(manifest: Manifest, content: Content, sums: Mapping[str, str], files: Files) -> Iterator[Fault]:
    """Whether `release.json` says of the package what is in it, and the descriptor of its files; rows are counted."""
    for name, value in described(content).items():
        told = getattr(manifest, name)
        if told != value:
            yield Fault(MANIFEST, "disagrees", f"{name} is {told!r} in {MANIFEST} and {value!r} in {DESCRIPTOR}.")
    if unlisted := sorted(set(content.paths) - set(sums)):
        yield from (Fault(path, "disagrees", f"{DESCRIPTOR} names {path}; {SUMS} does not.") for path in unlisted)
        return
    yield from _table_faults(manifest, {table.name: table for table in released_tables(content, sums)})
    for resource in content.package.resources:
        yield from _resource_faults(content, resource, files)


def _table_faults(manifest: Manifest, found: Mapping[str, ReleasedTable]) -> Iterator[Fault]:
    told = {table.name: table for table in manifest.tables}
    if [table.name for table in manifest.tables] != list(found):
        yield Fault(MANIFEST, "disagrees", f"The tables in {MANIFEST} are not those of {DESCRIPTOR}, in their order.")
    for name in sorted(set(told) & set(found)):
        before, now = asdict(told[name]), asdict(found[name])
        for attribute in before:
            if before[attribute] != now[attribute]:
                message = f"{attribute} of {name} is {now[attribute]!r}; {MANIFEST} says {before[attribute]!r}."
                yield Fault(name, "disagrees", message)


def _resource_faults(content: Content, resource: Resource, files: Files) -> Iterator[Fault]:
    """Whether `hash` and `bytes` of a resource are those of its one file."""
    if len(resource.files) != 1:
        return
    path, size, declared = resource.files[0], resource.descriptor.get("bytes"), resource.descriptor.get("hash")
    if size is not None and size != files.sizes.get(path):
        yield Fault(path, "disagrees", f"{path} has {files.sizes.get(path):,} bytes; {DESCRIPTOR} says {size!r}.")
    if declared is not None and not _is_hash_of(content, path, str(declared)):
        yield Fault(path, "disagrees", f"{path} does not have the hash that {DESCRIPTOR} declares, {declared!r}.")


def _is_hash_of(content: Content, path: str, declared: str) -> bool:
    algorithm, _, digest = declared.lower().rpartition(":")
    algorithm = algorithm.replace("sha-", "sha") or "md5"
    if algorithm not in _ALGORITHMS:
        return False
    return measured(content.package.folder, path, algorithm)[1] == digest
