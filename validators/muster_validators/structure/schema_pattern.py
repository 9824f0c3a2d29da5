"""Every `pattern` is a regular expression that every engine reads alike and that always ends.

Why: look-around and back-references exist in some engines only, and a pattern that backtracks can be made to run for hours by one cell. RE2's subset has neither problem.

Example: `"pattern": "(?=x)x"` or `"pattern": "("`.

Remedy: Rewrite the pattern without look-around and back-references, in at most 1,000 characters.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from typing import TYPE_CHECKING

from muster_validators.check import describe
from muster_validators.finding import Finding
from musterroll.package import limits
from musterroll.package.descriptor import Package

if TYPE_CHECKING:
    import re2

INFO = describe(__name__, __doc__, layer="structure")


def run(package: Package) -> Iterator[Finding]:
    """Findings for every pattern that RE2 does not accept."""
    for resource in package.resources:
        if not resource.schema:
            continue
        for index, field in enumerate(resource.schema.value.get("fields", [])):
            source = field.get("constraints", {}).get("pattern")
            place = resource.schema.place("fields", index, "constraints", "pattern")
            if not isinstance(source, str):
                continue
            if fault := _fault(source):
                yield INFO.finding(fault, table=resource.name, place=place, value=source)
            elif not _is_known_to_frictionless(source):
                message = "Frictionless cannot read the pattern, and so judges no row of the table; we match with RE2."
                yield INFO.finding(message, table=resource.name, place=place, value=source, severity="warning")


def _fault(source: str) -> str | None:
    import re2

    if len(source) > limits.PATTERN_CHARS:
        return f"The pattern has {len(source):,} characters; at most {limits.PATTERN_CHARS:,} are read."
    try:
        re2.compile(source, _quiet())
    except re2.error as error:
        reason = error.args[0].decode() if isinstance(error.args[0], bytes) else error.args[0]
        return f"The pattern is not in the RE2 subset: {reason}."
    return None


def _is_known_to_frictionless(source: str) -> bool:
    """Whether Python's own engine takes the pattern, and as it stands: of `[[:alpha:]]` it makes something else."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            re.compile(f"^{source}$")
    except (re.error, FutureWarning, OverflowError, RecursionError):
        return False
    return True


def _quiet() -> re2.Options:
    import re2

    options = re2.Options()
    options.log_errors = False  # RE2 writes to stderr otherwise
    return options
