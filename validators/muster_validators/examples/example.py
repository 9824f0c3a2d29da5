"""What an example consists of: the lines that differ from a sound package, and the finding they lead to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from muster_validators.finding import Finding

State = Literal["changed", "new", "gone"]
Sign = Literal[" ", "-", "+"]


@dataclass(frozen=True)
class Line:
    """One line of a text file, or one property of a JSON document.

    `at` is the number of the line, from 1, or the path of the property; a line
    with the sign "-" is that of the sound package, one with a blank is the
    header, which is the same in both. `text` comes from a package: whoever
    shows it makes it inert.
    """

    sign: Sign
    at: str
    text: str


@dataclass(frozen=True)
class FileChange:
    """A file in which the package of an example differs from a sound one."""

    file: str
    state: State = "changed"
    lines: tuple[Line, ...] = ()
    left_out: int = 0  # further lines that differ


@dataclass(frozen=True)
class Example:
    """A package that a check rejects, told by its difference from a sound one.

    `case` names the golden folder that holds it; None for what no folder in git
    can hold, and then `note` says how it is made. `after_release` says that the
    sound package is the release before, with which this one is compared.
    `others` counts the findings beside the one that is shown.
    """

    case: str | None
    finding: Finding
    files: tuple[FileChange, ...] = ()
    note: str | None = None
    after_release: bool = False
    others: int = 0
