"""In which lines and properties two folders differ, for people."""

from __future__ import annotations

import json
from collections.abc import Iterator
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from muster_validators.examples.example import FileChange, Line, Sign

_LINES = 12  # of one file
_CHARACTERS = 300  # of one line
_DIGITS = 20
_ABSENT = object()


def differing_files(sound: Path, broken: Path) -> tuple[FileChange, ...]:
    """The files that are not the same in both folders, by name."""
    found = [(folder, path) for folder in (sound, broken) for path in folder.rglob("*") if path.is_file()]
    names = sorted({str(path.relative_to(folder)) for folder, path in found})
    changes = (_change(name, sound / name, broken / name) for name in names)
    return tuple(change for change in changes if change)


def _change(name: str, old: Path, new: Path) -> FileChange | None:
    if not new.exists():
        return FileChange(name, "gone")
    if not old.exists():
        return _cut(name, [Line("+", str(number), text) for number, text in enumerate(_lines(new), start=1)], new=True)
    if old.read_bytes() == new.read_bytes():
        return None
    lines = list(_properties(old, new)) if name.endswith(".json") else []
    return _cut(name, lines or _differing_lines(_lines(old), _lines(new)))


def _cut(name: str, lines: list[Line], *, new: bool = False) -> FileChange:
    kept = tuple(Line(line.sign, line.at, _short(line.text)) for line in lines[:_LINES])
    return FileChange(name, "new" if new else "changed", kept, len(lines) - len(kept))


def _short(text: str) -> str:
    return text if len(text) <= _CHARACTERS else f"{text[:60]}… ({len(text):,} characters)"


def _lines(path: Path) -> list[str]:
    """The lines of a file, each without its line feed; bytes that are no UTF-8 are written out."""
    data = path.read_bytes()
    lines = data.decode("utf-8", "backslashreplace").split("\n")
    return [*lines[:-1], *([f"{lines[-1]} (no line feed)"] if lines[-1] else [])]


def _differing_lines(old: list[str], new: list[str]) -> list[Line]:
    """The header, if it is the same in both, and what differs behind it."""
    lines = [Line(" ", "1", old[0])] if old[:1] == new[:1] else []
    for kind, first, last, begin, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind != "equal":
            lines += _signed("-", old, first, last)
            lines += _signed("+", new, begin, end)
    return lines


def _signed(sign: Sign, lines: list[str], first: int, last: int) -> list[Line]:
    return [Line(sign, str(number + 1), lines[number]) for number in range(first, last)]


def _properties(old: Path, new: Path) -> Iterator[Line]:
    """The properties that differ; none if one of the two is no JSON that can be told by its properties."""
    try:
        yield from _between(_document(old), _document(new), "")
    except (ValueError, RecursionError):
        return


def _document(path: Path) -> Any:
    return json.loads(path.read_bytes(), object_pairs_hook=_object, parse_float=_number, parse_int=_number)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len({name for name, _ in pairs}) < len(pairs):
        raise ValueError("a property that stands twice is only seen in the text")
    return dict(pairs)


def _number(text: str) -> Any:
    number = json.loads(text) if len(text) < _DIGITS else None
    if json.dumps(number) != text:
        raise ValueError("how a number is written is only seen in the text")
    return number


def _between(old: Any, new: Any, path: str) -> Iterator[Line]:
    if isinstance(old, dict) and isinstance(new, dict):
        for name in dict.fromkeys([*old, *new]):
            yield from _between(old.get(name, _ABSENT), new.get(name, _ABSENT), f"{path}.{name}".removeprefix("."))
    elif isinstance(old, list) and isinstance(new, list) and any(isinstance(item, dict) for item in (*old, *new)):
        yield from _between_lists(old, new, path)
    elif json.dumps(_plain(old)) != json.dumps(_plain(new)):  # 1 is not 1.0 and not true
        yield from _one("-", path, old)
        yield from _one("+", path, new)


def _between_lists(old: list[Any], new: list[Any], path: str) -> Iterator[Line]:
    """Items that changed, came or went, each at its place in the list in which it stands."""
    opcodes = SequenceMatcher(None, [*map(json.dumps, old)], [*map(json.dumps, new)], autojunk=False).get_opcodes()
    for kind, first, last, begin, end in opcodes:
        both = min(last - first, end - begin)
        if kind != "equal":
            for step in range(both):
                yield from _between(old[first + step], new[begin + step], f"{path}[{begin + step}]")
            for index in range(first + both, last):
                yield from _one("-", f"{path}[{index}]", old[index])
            for index in range(begin + both, end):
                yield from _one("+", f"{path}[{index}]", new[index])


def _one(sign: Sign, path: str, value: Any) -> Iterator[Line]:
    if value is not _ABSENT:
        yield Line(sign, path, json.dumps(value, ensure_ascii=False))


def _plain(value: Any) -> Any:
    return {"absent": True} if value is _ABSENT else [value]
