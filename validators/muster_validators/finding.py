"""A finding: which check, where, what is wrong, how to mend it. A value; it never prints and never exits."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Severity = Literal["error", "warning", "info"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")


@dataclass(frozen=True, slots=True, kw_only=True)
class Related:
    """A row without which a finding cannot be understood: one that adds up to the total, the twin of a duplicate."""

    table: str
    key: Mapping[str, str]
    says: str  # what it contributes, such as "arrival of 200"
    file: str | None = None
    line: int | None = None
    column: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that is wrong, at one place.

    `file` is relative to the package. `line` is the physical line on which the
    cell begins and `column` the code point, from 1, at which it begins, its
    opening quote included; None where there is no such place. `value` is the
    text in the file.
    """

    check: str
    layer: str
    severity: Severity
    message: str
    remedy: str
    table: str | None = None
    key: Mapping[str, str] = field(default_factory=dict)
    field: str | None = None
    file: str | None = None
    line: int | None = None
    column: int | None = None
    value: str | None = None
    expected: str | None = None
    row: int | None = None  # position of the row in its table, so that findings of one row can be told
    whole: bool = False  # about a total of which the row at the place is only a part
    related: tuple[Related, ...] = ()  # in the order in which they are to be read
    waiver: str | None = None  # the id of the one in force that accepts it, which makes it information
    known: bool = False  # the package named by --new-since has it too: shown, but it does not fail

    @property
    def fingerprint(self) -> str:
        """Names the finding, not its place: 12 hex digits over check, table, key, field and value."""
        identity = [self.check, self.table, dict(self.key), self.field, self.value]
        text = json.dumps(identity, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()[:12]

    @property
    def order(self) -> tuple[str, int, int, str, str, str]:
        """Sorts findings by place, then by check, so that the same input gives the same bytes."""
        return (self.file or "", self.line or 0, self.column or 0, self.check, self.field or "", self.message)


@dataclass(frozen=True, slots=True)
class NotRun:
    """A check that should have run and could not: that fails, it never passes."""

    check: str
    reason: str
    table: str | None = None
    environment: bool = False  # the machine lacks something (exit 4), not the data
