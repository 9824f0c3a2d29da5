"""A fault in what was read, as a value: which rule, where, and what to say about it."""

from __future__ import annotations

from dataclasses import dataclass

from musterroll.errors import Refused, Unusable


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault found while reading.

    `check` is the id of the rule (kebab case, the same in findings, catalogue and
    test folders). `file` is relative to the package; `line` and `column` count
    from 1, in physical lines and code points. `value` is the text in the file.
    `table` is the resource that the descriptor is at fault about, if it is one.
    """

    check: str
    message: str
    file: str
    line: int | None = None
    column: int | None = None
    value: str | None = None
    expected: str | None = None
    table: str | None = None

    @property
    def place(self) -> str:
        """File and line, as people write them."""
        return self.file if self.line is None else f"{self.file}:{self.line}"


# Faults that leave the rows as they are: a table with one of these is still judged.
HARMLESS = frozenset({"byte-order-mark", "final-newline", "replacement-character", "invisible-character"})

# Faults that formatting mends: the rows are sound in spite of them.
MENDED = frozenset({"newline", "byte-order-mark", "final-newline"})

# Faults that leave all other rows as they are: those can still be judged, but nobody should rely on the table.
OF_SINGLE_ROWS = frozenset({"row-short", "row-long", "row-blank", "control-character"})

# Checks that refuse input as unsafe or over a limit, instead of finding fault with it.
_REFUSING = ("path-", "limit-", "remote-")
_FAULTS_OF_PATHS = frozenset({"path-portable", "path-collision", "path-hard-link"})


def is_refusal(check: str) -> bool:
    """Whether a problem of this check means that the input was refused (exit code 3)."""
    return check.startswith(_REFUSING) and check not in _FAULTS_OF_PATHS


def as_error(problem: Problem) -> Unusable | Refused:
    """The error for those who cannot go on behind the problem, which `muster validate` would report."""
    kind = Refused if is_refusal(problem.check) else Unusable
    return kind(f"{problem.place}: {problem.message} (muster validate says more)")


class Rejected(Exception):
    """Carries a problem out of a reader that cannot go on behind it."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem
