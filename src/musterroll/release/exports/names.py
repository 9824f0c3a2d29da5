"""Names that are safe where they are put: distinct for readers that ignore case, and no longer than may be."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping

from musterroll.package.paths import collision_key, portability_fault

_UNSAFE = re.compile(r"[^\w.+-]")
_STEM_BYTES = 220  # of a name a file system takes 255, and endings follow


def distinct(
    names: Iterable[str],
    taken: Iterable[str] = (),
    longest: int | None = None,
    key: Callable[[str], str] = collision_key,
) -> list[str]:
    """The names in order; one that is blank or collides (case, Unicode form) with another gets a number at its end.

    `longest` is a limit in UTF-16 units, by which spreadsheets count; two names
    collide if their `key` is the same.
    """
    keys = {key(name) for name in taken}
    repeats: Counter[str] = Counter()
    result = []
    for name in names:
        candidate = short = _cut(name, longest)
        while not candidate.strip() or key(candidate) in keys:
            repeats[key(short)] += 1
            ending = f"_{repeats[key(short)] + 1}"
            candidate = _cut(name, longest and longest - len(ending)) + ending
        keys.add(key(candidate))
        result.append(candidate)
    return result


def file_stems(names: Iterable[str]) -> Mapping[str, str]:
    """For each table's name what its file is called: letters, digits and `_.+-`, distinct on every system."""
    listed = list(names)
    return dict(zip(listed, distinct(map(safe_stem, listed)), strict=True))


def safe_stem(name: str) -> str:
    """A name without anything that leads elsewhere or that some system does not allow in the name of a file."""
    plain = _UNSAFE.sub("_", unicodedata.normalize("NFC", name)).strip(".")
    plain = plain.encode()[:_STEM_BYTES].decode(errors="ignore").rstrip(".") or "_"
    return f"_{plain}" if portability_fault(plain) else plain


def utf16_length(text: str) -> int:
    """The length as spreadsheets count it: a character beyond the basic plane is two."""
    return len(text) + sum(char > "\uffff" for char in text)


def _cut(name: str, longest: int | None) -> str:
    if longest is None:
        return name
    name = name[:longest]
    while utf16_length(name) > longest:
        name = name[:-1]
    return name
