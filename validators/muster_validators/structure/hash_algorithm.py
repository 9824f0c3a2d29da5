"""A declared hash can be verified.

Why: Frictionless skips a hash whose algorithm it does not know, so the promise is never kept.

Example: `"hash": "sha3:…"` or a sha256 with 63 digits.

Remedy: Declare sha256 in lower-case hex, as `muster fmt` writes it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from muster_validators.check import describe
from muster_validators.finding import Finding
from musterroll.package.descriptor import Package, Part

INFO = describe(__name__, __doc__, layer="structure", spoils=False)

_DIGITS = {"md5": 32, "sha1": 40, "sha256": 64, "sha512": 128}
_HASH = re.compile(r"(?:(?P<algorithm>[A-Za-z0-9-]+):)?(?P<digest>.*)", re.DOTALL)


def run(package: Package) -> Iterator[Finding]:
    """Findings for every declared hash that cannot be computed."""
    for resource in package.resources:
        declared = resource.descriptor.get("hash")
        if isinstance(declared, str) and split_hash(declared) is None:
            place = Part(package.descriptor, package.document).place("resources", resource.index, "hash")
            message = f"{declared!r} is not a hash this tool can verify (md5, sha1, sha256, sha512 in hex)."
            yield INFO.finding(
                message, table=resource.name, place=place, value=declared, expected="sha256:<64 hex digits>"
            )
        elif isinstance(declared, str) and declared != declared.lower():
            place = Part(package.descriptor, package.document).place("resources", resource.index, "hash")
            message = "The hash is written in capitals; Frictionless and others compare it letter by letter."
            yield INFO.finding(
                message,
                table=resource.name,
                place=place,
                value=declared,
                expected=declared.lower(),
                severity="warning",
            )


def split_hash(declared: str) -> tuple[str, str] | None:
    """Algorithm and lower-case digest of a declared hash; without an algorithm it is md5 (the standard's default)."""
    match = _HASH.fullmatch(declared)
    if match is None:
        return None
    algorithm, digest = (match["algorithm"] or "md5").lower().replace("sha-", "sha"), match["digest"].lower()
    if algorithm not in _DIGITS or not re.fullmatch(f"[0-9a-f]{{{_DIGITS[algorithm]}}}", digest):
        return None
    return algorithm, digest
