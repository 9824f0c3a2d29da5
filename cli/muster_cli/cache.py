"""Reports of earlier runs, in the user's cache folder: what has not changed need not be judged again.

A report lies under a hash of all that it depends on: the bytes of the package
and of the release it is compared with, the layers, the day (what expires is
judged by it), our own code and the version of every library. Reports in which a
check could not run are not kept: what was missing may be there next time.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from musterroll.errors import MusterError
from musterroll.package.atomic import write_atomically
from musterroll.package.contents import contents_key
from musterroll.package.folder import Folder
from musterroll.package.opening import find_folder
from musterroll.record.profile import profile_folder

if TYPE_CHECKING:
    import cattrs

    from muster_validators import Report

_KEPT = 100  # reports; older ones are thrown away
_JUDGES = ("frictionless", "pandera", "great_expectations", "pandas", "jsonschema", "referencing", "re2")
_OURS = ("musterroll", "muster_validators", "muster_cli")


def judged_or_cached(
    judge: Callable[[], Report], package: Path | Folder, against: Path | Folder | None, layers: Sequence[str]
) -> tuple[Report, bool]:
    """The report on a package, and whether it comes from an earlier run."""
    key = _key(package, against, layers)
    kept = _load(key) if key else None
    if kept is not None:
        return kept, True
    report = judge()
    if key and key == _key(package, against, layers):  # nothing has changed under our hands
        _save(key, report)
    return report, False


def _key(package: Path | Folder, against: Path | Folder | None, layers: Sequence[str]) -> str | None:
    """The hash of all that a report depends on; None if a package cannot be read as a whole."""
    contents = [contents_key(find_folder(target)) for target in (package, against) if target]
    if None in contents:
        return None
    ours = [_code(), sorted(_libraries()), list(_judges())]
    parts = [contents, bool(against), sorted(layers), _today().isoformat(), sys.version, *ours]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def _today() -> date:
    return datetime.now(UTC).date()


def _code() -> str:
    """Hash of our own modules, tables and templates, and of the profile's schemas."""
    digest = hashlib.sha256()
    for folder in (*(Path(str(import_module(name).__file__)).parent for name in _OURS), profile_folder()):
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                digest.update(f"{path.relative_to(folder)}\n{path.stat().st_size}\n".encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()


def _libraries() -> Iterator[str]:
    """Name and version of all that is installed: the names of the folders in which that is written."""
    for place in dict.fromkeys(sys.path):
        with contextlib.suppress(OSError):
            names = (path.name for path in Path(place or ".").iterdir())
            yield from (name for name in names if name.endswith((".dist-info", ".egg-info")))


def _judges() -> Iterator[str]:
    """Where each library that judges would be imported from, and the first file of it; or that it would not be."""
    for name in _JUDGES:
        try:
            spec = find_spec(name)
        except ImportError as error:
            yield f"{name}: {error}"
            continue
        origin = Path(spec.origin) if spec and spec.origin else None
        first = hashlib.sha256(origin.read_bytes()).hexdigest() if origin and origin.is_file() else "nothing"
        yield f"{name}: {origin} {first}"


def _folder() -> Path:
    import platformdirs

    return platformdirs.user_cache_path("musterroll") / "reports"


def _load(key: str) -> Report | None:
    """The report under that key; a file that is not, to the last byte, what was written counts as none."""
    try:
        told, _, data = (_folder() / f"{key}.json").read_bytes().partition(b"\n")
    except OSError:
        return None
    if told.decode(errors="replace") != hashlib.sha256(data).hexdigest():
        return None
    from muster_validators import Report

    return _converter().structure(json.loads(data), Report)


def _save(key: str, report: Report) -> None:
    """Keep the report behind its own hash, if every check ran and the folder can be written."""
    if report.refused or any(layer.not_run for layer in report.layers):
        return
    with contextlib.suppress(OSError, MusterError):
        _folder().mkdir(parents=True, exist_ok=True)
        data = json.dumps(_converter().unstructure(report)).encode()
        write_atomically(_folder() / f"{key}.json", hashlib.sha256(data).hexdigest().encode() + b"\n" + data)
        by_age = sorted(_folder().glob("*.json"), key=lambda path: path.stat().st_mtime, reverse=True)
        for path in by_age[_KEPT:]:
            path.unlink(missing_ok=True)


def _converter() -> cattrs.Converter:
    import cattrs

    converter = cattrs.Converter()
    converter.register_unstructure_hook(date, date.isoformat)
    converter.register_structure_hook(date, lambda text, _: date.fromisoformat(text))
    return converter
