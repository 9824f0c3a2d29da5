"""The descriptor says which version of the standard it follows, or is read as version 1.

Why: `$schema` decides what the properties mean. Frictionless takes an unknown version or a misspelt address for valid and then applies neither set of rules.

Example: `"$schema": "https://datapackage.org/profiles/9.9/datapackage.json"`.

Remedy: Use https://datapackage.org/profiles/2.0/datapackage.json, or leave `$schema` out for version 1.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches

from muster_validators.check import describe
from muster_validators.finding import Finding
from musterroll import PROFILE, PROFILE_VERSION
from musterroll.package.descriptor import STANDARD, Package, Part
from musterroll.record.profile import is_named_exactly

INFO = describe(__name__, __doc__, layer="structure")

_OFFICIAL = re.compile(r"https?://datapackage\.org/profiles/(?P<version>[^/]+)/(?P<kind>[a-z]+)\.json")
_VERSIONS = {"1.0", "2.0"}


def run(package: Package) -> Iterator[Finding]:
    """A finding for a `$schema` on the package that names no known version of the standard.

    A custom profile (any other address) is not fetched and not judged; that is
    the extension mechanism of the standard.
    """
    yield from _profile(package)
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
        yield INFO.finding(message, place=place, value=str(declared), expected=STANDARD)


def _profile(package: Package) -> Iterator[Finding]:
    """A profile that is nearly ours would switch the facts layer off without a word."""
    declared = package.profile
    if (
        declared is None
        or is_named_exactly(declared)
        or not get_close_matches(declared.casefold().replace("_", "-").partition("/")[0], [PROFILE], cutoff=0.8)
    ):
        return
    place = Part(package.descriptor, package.document).place("conformsTo")
    message = f"{declared!r} is nearly the profile {PROFILE}; its facts would not be judged."
    yield INFO.finding(message, place=place, value=declared, expected=f"{PROFILE}/{PROFILE_VERSION}")
