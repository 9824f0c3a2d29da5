"""Every file has the bytes and the hash that the descriptor declares.

Why: it is how a reader knows that the file that arrived is the file that was published.

Example: a CSV edited by hand without `muster fmt` afterwards.

Remedy: If you changed the file on purpose, run `muster fmt`; if not, get the file again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Set
from functools import reduce
from typing import Any

from muster_validators.check import describe
from muster_validators.finding import Finding
from muster_validators.structure.hash_algorithm import split_hash
from musterroll.package.descriptor import Package, Part

INFO = describe(__name__, __doc__, layer="structure", spoils=False)

_CHUNK = 1 << 20


def run(package: Package) -> Iterator[Finding]:
    """One finding per file whose size or hash is not the declared one."""
    for resource in package.resources:
        if len(resource.files) == 1 and not resource.missing:
            entry = Part(resource.descriptor, package.document, ("resources", resource.index))
            fault = _fault(package, resource.files[0], entry)
            if fault:
                pointer, message, expected = fault
                value = str(reduce(lambda value, step: value[step], pointer, entry.value))
                place = entry.place(*pointer)
                yield INFO.finding(message, table=resource.name, place=place, value=value, expected=expected)


def _fault(package: Package, path: str, entry: Part) -> tuple[tuple[str, ...], str, str] | None:
    """Where a size or hash is declared that is not the file's, what to say, and what it is."""
    sizes, hashes = dict(_sizes(entry.value)), dict(_hashes(entry.value))
    if not sizes and not hashes:
        return None
    size, digests = _measure(package, path, {algorithm for algorithm, _ in hashes.values()})
    for pointer, declared in sizes.items():
        if declared != size:
            return pointer, f"{path} has {size:,} bytes; {declared:,} are declared.", str(size)
    for pointer, (algorithm, digest) in hashes.items():
        if digest != digests[algorithm]:
            message = f"{path} has another {algorithm} than the declared one."
            return pointer, message, f"{algorithm}:{digests[algorithm]}"
    return None


def _sizes(entry: Mapping[str, Any]) -> Iterator[tuple[tuple[str, ...], int]]:
    for pointer, value in ((("bytes",), entry.get("bytes")), (("stats", "bytes"), _stats(entry).get("bytes"))):
        if isinstance(value, (int, float)):
            yield pointer, int(value)


def _hashes(entry: Mapping[str, Any]) -> Iterator[tuple[tuple[str, ...], tuple[str, str]]]:
    declared = entry.get("hash")
    expected = split_hash(declared) if isinstance(declared, str) else None
    if expected:
        yield ("hash",), expected
    for algorithm in ("md5", "sha256"):
        digest = _stats(entry).get(algorithm)
        if isinstance(digest, str):
            yield ("stats", algorithm), (algorithm, digest)


def _stats(entry: Mapping[str, Any]) -> Mapping[str, Any]:
    """Sizes and hashes as Frictionless wrote them in its fifth version."""
    stats = entry.get("stats")
    return stats if isinstance(stats, dict) else {}


def _measure(package: Package, path: str, algorithms: Set[str]) -> tuple[int, dict[str, str]]:
    digests, size = {algorithm: hashlib.new(algorithm) for algorithm in sorted(algorithms)}, 0
    with package.folder.open(path) as stream:
        while chunk := stream.read(_CHUNK):
            size += len(chunk)
            for digest in digests.values():
                digest.update(chunk)
    return size, {algorithm: digest.hexdigest() for algorithm, digest in digests.items()}
