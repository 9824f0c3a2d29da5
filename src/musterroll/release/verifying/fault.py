"""What is wrong with a release, as a value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["changed", "missing", "extra", "unsafe", "damaged", "disagrees", "differs", "unpublished", "signature"]


@dataclass(frozen=True, order=True)
class Fault:
    """One fault: the file or table that has it, which kind it is, and one sentence about it.

    The kinds: *changed* (not the bytes that `SHA256SUMS` lists), *missing*, *extra*,
    *unsafe* (a link or a device, which is not opened), *damaged* (cannot be read),
    *disagrees* (two documents of the release say different things), *differs* (an
    export does not say what the tables say), *unpublished* (the index beside the
    release does not know it, or another one of that version), *signature*.
    """

    subject: str
    kind: Kind
    message: str
