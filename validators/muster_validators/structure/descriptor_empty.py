"""A data package lists at least one resource.

Why: a package without resources has nothing to check, and "valid" would mean nothing; Frictionless calls it valid.

Example: `"resources": []`.

Remedy: List every file of the package under `resources`, with name, path and schema.
"""

from __future__ import annotations

from collections.abc import Iterator

from muster_validators.check import describe
from muster_validators.finding import Finding
from musterroll.package.descriptor import Package, Part

INFO = describe(__name__, __doc__, layer="structure")


def run(package: Package) -> Iterator[Finding]:
    """One finding if there is no resource."""
    if not package.resources:
        place = Part(package.descriptor, package.document).place("resources")
        yield INFO.finding("The package lists no resource.", place=place)
