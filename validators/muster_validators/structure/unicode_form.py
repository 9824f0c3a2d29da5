"""A text has its accents in one sign with their letters (Unicode form NFC).

Why: é can be written as one sign or as e with an accent behind it. They look alike and are different texts, so a name is not found, a group falls in two, and two keys are one to the eye. `muster fmt` writes the one form.

Example: `Türkiye` with a u and a separate diaeresis, as file names on a Mac have it.

Remedy: Run `muster fmt`; no value changes.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from muster_validators.check import describe
from muster_validators.finding import Finding
from musterroll.package.table import Table

INFO = describe(__name__, __doc__, layer="structure", severity="warning")


def run(table: Table) -> Iterator[Finding]:
    """One finding per cell."""
    for row, cells in enumerate(table.rows):
        for name, text in zip(table.header, cells, strict=True):
            if not text.isascii() and not unicodedata.is_normalized("NFC", text):
                expected = unicodedata.normalize("NFC", text)
                yield INFO.at(table, row, name, "Accents stand apart from their letters.", expected=expected)
