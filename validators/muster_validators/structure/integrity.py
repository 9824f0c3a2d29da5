"""Every file has the bytes and the hash that the descriptor declares.

Why: it is how a reader knows that the file that arrived is the file that was published.

Example: a CSV edited by hand without `muster fmt` afterwards.

Remedy: If you changed the file on purpose, run `muster fmt`; if not, get the file again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from muster_validators.check import describe
from muster_validators.finding import Finding
from muster_validators.structure.hash_algorithm import split_hash
from musterroll.package.descriptor import Package, Part

INFO = describe(__name__, __doc__, layer="structure", spoils=False)

_CHUNK = 1 << 20


def run(package: Package) -> Iterator[Finding]:
    """One finding per file whose size or hash is not the declared one."""
    for resource in package.resources:
        declared = resource.descriptor.get("hash")
        expected = split_hash(declared) if isinstance(declared, str) else None
        size = resource.descriptor.get("bytes")
        if len(resource.files) != 1 or resource.missing or (expected is None and size is None):
            continue
        found_size, digest = _measure(package, resource.files[0], expected[0] if expected else "sha256")
        at = ("resources", resource.index)
        if isinstance(size, (int, float)) and size != found_size:
            message = f"{resource.files[0]} has {found_size:,} bytes; {size:,} are declared."
            place = Part(package.descriptor, package.document).place(*at, "bytes")
            yield INFO.finding(message, table=resource.name, place=place, value=str(size), expected=str(found_size))
        elif expected and digest != expected[1]:
            message = f"{resource.files[0]} has another {expected[0]} than the declared one."
            place = Part(package.descriptor, package.document).place(*at, "hash")
            yield INFO.finding(
                message, table=resource.name, place=place, value=declared, expected=f"{expected[0]}:{digest}"
            )


def _measure(package: Package, path: str, algorithm: str) -> tuple[int, str]:
    digest, size = hashlib.new(algorithm), 0
    with package.folder.open(path) as stream:
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
            size += len(chunk)
    return size, digest.hexdigest()
