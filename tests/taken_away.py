"""Run our code where libraries cannot be imported, in this process: as quick as any other test."""

from __future__ import annotations

import ast
import builtins
import sys
from collections.abc import Iterator, Mapping, Set
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from running import ROOT

_OURS = ("musterroll", "muster_validators", "muster_cli")
_ROOTS = ("src", "validators", "cli")


def take_away(libraries: Set[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on no module of ours can import any of them; what other libraries make of it is their own affair."""
    real = builtins.__import__

    def import_(
        name: str,
        globals: Mapping[str, Any] | None = None,
        locals: Mapping[str, Any] | None = None,
        fromlist: tuple[str, ...] = (),
        level: int = 0,
    ) -> ModuleType:
        if not level and name.partition(".")[0] in libraries and _is_ours(str((globals or {}).get("__name__"))):
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
        return real(name, globals, locals, fromlist, level)

    monkeypatch.setattr(builtins, "__import__", import_)
    for name in _importing(libraries):
        _forget_module(name, monkeypatch)
    _forget_answers()


def libraries() -> set[str]:
    """Every library that is imported anywhere in our code."""
    found = {name.partition(".")[0] for path in _sources() for name in _imports(path, everywhere=True)}
    return found - set(sys.stdlib_module_names) - set(_OURS)


def _is_ours(module: str) -> bool:
    return module.partition(".")[0] in _OURS


def _forget_module(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The module has to be imported again, and the next test gets the old one back."""
    parent, _, child = name.rpartition(".")
    monkeypatch.delitem(sys.modules, name)
    if child in vars(sys.modules.get(parent, object)):
        monkeypatch.delattr(sys.modules[parent], child)


def _forget_answers() -> None:
    """What a function remembers it may have asked a library for."""
    for module in [module for name, module in sys.modules.items() if _is_ours(name)]:
        for value in vars(module).values():
            if hasattr(value, "cache_clear"):
                value.cache_clear()


def _importing(libraries: Set[str]) -> list[str]:
    """The loaded modules of ours that import one as soon as they are imported themselves, or import one that does."""
    wanted = {_module(path): _imports(path, everywhere=False) for path in _sources()}
    found = {module for module, names in wanted.items() if libraries & {name.partition(".")[0] for name in names}}
    while more := {module for module, names in wanted.items() if names & found} - found:
        found |= more
    return sorted(found & sys.modules.keys(), reverse=True)  # what is inside of a package before the package


def _sources() -> Iterator[Path]:
    for root in _ROOTS:
        yield from (ROOT / root).rglob("*.py")


def _module(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts[1:]
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def _imports(path: Path, *, everywhere: bool) -> Set[str]:
    """What a file imports: everywhere, or as soon as it is imported itself; without what only type checkers do."""
    found = set()
    for node in _statements(ast.parse(path.read_text()), everywhere=everywhere):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def _statements(node: ast.AST, *, everywhere: bool) -> Iterator[ast.AST]:
    for child in ast.iter_child_nodes(node):
        is_for_types = isinstance(child, ast.If) and ast.unparse(child.test) == "TYPE_CHECKING"
        is_later = isinstance(child, (ast.FunctionDef, ast.Lambda)) and not everywhere
        if not is_for_types and not is_later:
            yield child
            yield from _statements(child, everywhere=everywhere)
