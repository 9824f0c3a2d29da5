"""The descriptor says which version of the standard it follows, or is read as version 1.

Why: `$schema` decides what the properties mean. Frictionless takes an unknown version or a misspelt address for valid and then applies neither set of rules.

Example: `"$schema": "https://datapackage.org/profiles/9.9/datapackage.json"`.

Remedy: Use https://datapackage.org/profiles/2.0/datapackage.json, or leave `$schema` out for version 1.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from muster_validators.check import describe
from muster_validators.finding import Finding
from musterroll.package.descriptor import Package, Part

INFO = describe(__name__, __doc__, layer="structure")

_OFFICIAL = re.compile(r"https?://datapackage\.org/profiles/(?P<version>[^/]+)/(?P<kind>[a-z]+)\.json")
_VERSIONS = {"1.0", "2.0"}
_EXPECTED = "https://datapackage.org/profiles/2.0/datapackage.json"


def run(package: Package) -> Iterator[Finding]:
    """A finding for a `$schema` on the package that names no known version of the standard.

    A custom profile (any other address) is not fetched and not judged; that is
    the extension mechanism of the standard.
    """
    declared = package.descriptor.get("$schema")
    if declared is None:
        return
    match = _OFFICIAL.fullmatch(str(declared))
    looks_official = "datapackage.org/profiles" in str(declared)
    if (match and (match["version"] not in _VERSIONS or match["kind"] != "datapackage")) or (
        looks_official and not match
    ):
        place = Part(package.descriptor, package.document).place("$schema")
        message = f"{declared} is no known version of the Data Package standard."
        yield INFO.finding(message, place=place, value=str(declared), expected=_EXPECTED)
