"""A value matches the pattern of its column as a whole.

Why: Frictionless and Pandera read the pattern `abc|def` as "begins with abc, or ends with def" and let a trailing newline pass; and a pattern like `(a+)+` keeps their engine busy for hours. We match whole cells with RE2, which always ends.

Example: `C-12` where the pattern is `C-[0-9]{4}`.

Remedy: Write the value in the form that the column's description gives.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from muster_validators.check import describe
from muster_validators.finding import Finding
from musterroll.package.table import Table

INFO = describe(__name__, __doc__, layer="structure")

_PART = re.compile(r"\\.|.", re.DOTALL)
_SPACES = r"\s\x0b\x1c-\x1f\x{85}\p{Z}"
_IN_SET = {r"\w": r"\p{L}\p{N}_", r"\d": r"\p{Nd}", r"\D": r"\P{Nd}", r"\s": _SPACES}
_ALONE = {
    **{name: f"[{members}]" for name, members in _IN_SET.items()},
    r"\W": r"[^\p{L}\p{N}_]",
    r"\S": f"[^{_SPACES}]",
}


def run(table: Table) -> Iterator[Finding]:
    """Findings for every present value that its column's pattern does not match."""
    import re2

    for name, field in table.schema.fields.items():
        source = field.get("constraints", {}).get("pattern")
        if source is None or name not in table.index:
            continue
        readings = [re2.compile(text) for text in {source: None, in_unicode(source): None}]
        missing = table.schema.missing_values(name)
        for row, text in enumerate(table.column(name)):
            if text not in missing and not all(reading.fullmatch(text) for reading in readings):
                yield INFO.at(table, row, name, f"{text!r} does not have the form {source}.", expected=source)


def in_unicode(source: str) -> str:
    r"""The pattern with \w, \d, \s and their opposites as Python and XML Schema read them: of all alphabets.

    RE2 knows only those of ASCII, so that é would pass for \W. Inside of
    brackets \W and \S stay as they are, for RE2 has no other way to write them.
    """
    result, is_set = [], False
    for part in _PART.findall(source):
        result.append((_IN_SET if is_set else _ALONE).get(part, part))
        is_set = part != "]" if is_set else part == "["
    return "".join(result)
