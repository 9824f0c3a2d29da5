"""`release.json`: what a release is and what is in it, for programs; nothing in it is typed by hand.

It lists every file of the release but itself, `SHA256SUMS` (which has its hash) and
the signature.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal, get_args, get_origin

from musterroll import __version__
from musterroll.changes.change import Bump
from musterroll.errors import Unusable
from musterroll.package.json_reader import parse
from musterroll.package.problem import Rejected
from musterroll.release.content import Content, ReleasedFile
from musterroll.release.fingerprint import fingerprint
from musterroll.release.index import Channel, channel_of

MANIFEST = "release.json"
MANIFEST_FORMAT = "musterroll/release/1"
_SHA256 = re.compile("[0-9a-f]{64}")


@dataclass(frozen=True)
class ReleasedTable:
    """A table of a release: its file with the hash of that, how much is in it, and the fingerprint of what it says.

    A table that is written into the descriptor lies in `datapackage.json`.
    """

    name: str
    path: str
    rows: int
    columns: int
    sha256: str
    fingerprint: str


@dataclass(frozen=True)
class Tool:
    """What made the release."""

    name: str = "musterroll"
    version: str = __version__


@dataclass(frozen=True)
class Manifest:
    """A release: what its descriptor says of it, what it was compared with, its tables and its files, by path.

    `created` and `horizon` are the descriptor's own words; `previous` is the
    version it was compared with and `required_bump` what the changes since then
    require; both are None in a first release.
    """

    name: str
    version: str
    channel: Channel
    created: str | None
    profile: str | None
    horizon: str | None
    tool: Tool
    previous: str | None
    required_bump: Bump | None
    tables: tuple[ReleasedTable, ...]
    files: tuple[ReleasedFile, ...]


def manifest_of(
    content: Content, files: Iterable[ReleasedFile], previous: str | None = None, required_bump: Bump | None = None
) -> Manifest:
    """The manifest of a release of which `files` are all files that it lists, the package's own among them."""
    listed = tuple(sorted(files, key=lambda file: file.path))
    return Manifest(
        **described(content),
        tool=Tool(),
        previous=previous,
        required_bump=required_bump,
        tables=released_tables(content, {file.path: file.sha256 for file in listed}),
        files=listed,
    )


def described(content: Content) -> dict[str, Any]:
    """What a manifest takes from the descriptor."""
    descriptor = content.package.descriptor
    texts = {name: descriptor[name] for name in ("created", "horizon") if isinstance(descriptor.get(name), str)}
    return {
        "name": content.name,
        "version": content.version,
        "channel": channel_of(content.version),
        "created": texts.get("created"),
        "profile": content.package.profile,
        "horizon": texts.get("horizon"),
    }


def released_tables(content: Content, hashes: Mapping[str, str]) -> tuple[ReleasedTable, ...]:
    """The tables in the order of the descriptor; `hashes` has the hash of each file by path."""
    return tuple(
        ReleasedTable(
            name=name,
            path=table.file,
            rows=len(table.rows),
            columns=len(table.header),
            sha256=hashes[table.file],
            fingerprint=fingerprint(table),
        )
        for name, table in content.tables.items()
    )


def render_manifest(manifest: Manifest) -> str:
    """The text of `release.json`."""
    document = {"format": MANIFEST_FORMAT, **asdict(manifest)}
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def parse_manifest(data: bytes, shown: str = MANIFEST) -> Manifest:
    """Read `release.json`, strictly; `shown` is where it came from.

    Raises `Unusable` if it is not exactly of the format: a key more or less, a
    value of another type, a channel that is not that of the version.
    """
    from cattrs.errors import ForbiddenExtraKeysError

    try:
        value = parse(data, MANIFEST).value
    except Rejected as rejection:
        raise Unusable(f"{shown}: {rejection.problem.message}") from rejection
    if not isinstance(value, dict) or value.pop("format", None) != MANIFEST_FORMAT:
        raise Unusable(f"{shown} is no manifest of a release: it does not say {MANIFEST_FORMAT}")
    try:
        return _structured(value)
    except (KeyError, TypeError, ValueError, AttributeError, ForbiddenExtraKeysError) as error:
        raise Unusable(f"{shown} is damaged: {type(error).__name__} {error}") from error


def _structured(value: Mapping[str, Any]) -> Manifest:
    import cattrs

    converter = cattrs.Converter(forbid_extra_keys=True, detailed_validation=False)
    for kind in (str, int):
        converter.register_structure_hook(kind, _exactly(kind))
    converter.register_structure_hook_func(_is_choice, _one_of)
    manifest = converter.structure(value, Manifest)
    if converter.unstructure(manifest) != value:  # what it takes for a list without being one
        raise ValueError("a list, or the tool, is not as it should be")
    if manifest.channel != channel_of(manifest.version):
        raise ValueError(f"{manifest.version} is not of the channel {manifest.channel}")
    hashes = [table.fingerprint for table in manifest.tables]
    hashes += [item.sha256 for listed in (manifest.tables, manifest.files) for item in listed]
    if wrong := [text for text in hashes if not _SHA256.fullmatch(text)]:
        raise ValueError(f"{wrong[0]!r} is no hash")
    return manifest


def _exactly(kind: type) -> Callable[[object, object], Any]:
    """Takes a value of the type and no other, which the converter would convert."""

    def take(value: object, _: object) -> object:
        if type(value) is not kind:
            raise TypeError(f"{value!r} is no {kind.__name__}")
        return value

    return take


def _is_choice(kind: Any) -> bool:
    return get_origin(kind) is Literal


def _one_of(value: object, kind: object) -> object:
    if value not in get_args(kind):
        raise ValueError(f"{value!r} is none of {get_args(kind)}")
    return value
