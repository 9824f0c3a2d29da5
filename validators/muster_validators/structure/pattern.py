"""A value matches the pattern of its column as a whole.

Why: Frictionless and Pandera read the pattern `abc|def` as "begins with abc, or ends with def" and let a trailing newline pass; and a pattern like `(a+)+` keeps their engine busy for hours. We match whole cells with RE2, which always ends.

Example: `C-12` where the pattern is `C-[0-9]{4}`.

Remedy: Write the value in the form that the column's description gives.
"""

from __future__ import annotations

from collections.abc import Iterator

import re2

from muster_validators.check import describe
from muster_validators.finding import Finding
from musterroll.package.table import Table

INFO = describe(__name__, __doc__, layer="structure")


def run(table: Table) -> Iterator[Finding]:
    """Findings for every present value that its column's pattern does not match."""
    for name, field in table.schema.fields.items():
        source = field.get("constraints", {}).get("pattern")
        if source is None or name not in table.index:
            continue
        regex = re2.compile(source)
        missing = table.schema.missing_values(name)
        for row, text in enumerate(table.column(name)):
            if text not in missing and not regex.fullmatch(text):
                yield INFO.at(table, row, name, f"{text!r} does not have the form {source}.", expected=source)
