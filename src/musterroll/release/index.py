"""`index.json` and `latest.json` of a folder of releases: which there are, and the hash by which each is known.

The index decides: a release is published when the index names it. `latest.json`
repeats one entry for those who only ask for the newest.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

from musterroll.errors import Unusable
from musterroll.package.json_reader import parse
from musterroll.package.problem import Rejected

if TYPE_CHECKING:
    from semver import Version

INDEX, LATEST = "index.json", "latest.json"
INDEX_FORMAT, LATEST_FORMAT = "musterroll/index/1", "musterroll/latest/1"

_SHA256 = re.compile("[0-9a-f]{64}")

Channel = Literal["stable", "candidate"]


@dataclass(frozen=True)
class Yanked:
    """Why a release should no longer be used, and which one instead."""

    reason: str
    successor: str | None


@dataclass(frozen=True)
class Entry:
    """One release: its folder is called as its version."""

    version: str
    created: str | None  # as the descriptor says
    sha256sums: str  # hash of its SHA256SUMS
    previous: str | None  # the version it was compared with
    yanked: Yanked | None = None

    @property
    def channel(self) -> Channel:
        """Which releases it belongs to."""
        return channel_of(self.version)


@dataclass(frozen=True)
class Index:
    """The releases of one package, oldest version first."""

    name: str
    releases: tuple[Entry, ...] = ()

    @cached_property
    def latest(self) -> Entry | None:
        """The highest stable version that was not yanked."""
        usable = [entry for entry in self.releases if entry.channel == "stable" and entry.yanked is None]
        return usable[-1] if usable else None

    def entry(self, version: str) -> Entry | None:
        """The release of that version."""
        return next((entry for entry in self.releases if entry.version == version), None)

    def with_entry(self, entry: Entry) -> Index:
        """The index with one release more, or with another entry for it."""
        others = [item for item in self.releases if item.version != entry.version]
        return replace(self, releases=tuple(sorted([*others, entry], key=lambda item: parsed(item.version))))


def channel_of(version: str) -> Channel:
    """A candidate is a pre-release (1.1.0-rc.1); raises `Unusable` if it is no semantic version."""
    return "candidate" if parsed(version).prerelease else "stable"


def parsed(version: str) -> Version:
    """A semantic version; raises `Unusable` if it is none."""
    from semver import Version

    if not Version.is_valid(version):
        raise Unusable(f"{version} is no semantic version (https://semver.org)")
    return Version.parse(version)


def render_index(index: Index) -> str:
    """The text of `index.json`."""
    releases = [
        {"version": entry.version, "channel": entry.channel, "path": entry.version, **_rest(entry)}
        for entry in index.releases
    ]
    return _text({"format": INDEX_FORMAT, "name": index.name, "releases": releases})


def render_latest(index: Index) -> str | None:
    """The text of `latest.json`; None if there is no stable release."""
    entry = index.latest
    if entry is None:
        return None
    told = {"version": entry.version, "path": entry.version, "created": entry.created, "sha256sums": entry.sha256sums}
    return _text({"format": LATEST_FORMAT, "name": index.name, **told})


def parse_index(data: bytes, shown: str) -> Index:
    """Read `index.json`, strictly; `shown` is where it came from. Raises `Unusable` if it is none."""
    try:
        value = parse(data, INDEX).value
    except Rejected as rejection:
        raise Unusable(f"{shown}: {rejection.problem.message}") from rejection
    if not isinstance(value, dict) or value.get("format") != INDEX_FORMAT:
        raise Unusable(f"{shown} is no index of releases: it does not say {INDEX_FORMAT}")
    try:
        entries = [_entry(item) for item in value["releases"]]
        index = Index(_string(value["name"]), tuple(sorted(entries, key=lambda item: parsed(item.version))))
    except (KeyError, TypeError, ValueError) as error:
        raise Unusable(f"{shown} is damaged: {type(error).__name__} {error}") from error
    if len({entry.version for entry in entries}) != len(entries):
        raise Unusable(f"{shown} is damaged: a version stands in it twice")
    return index


def _entry(item: Mapping[str, Any]) -> Entry:
    yanked = item["yanked"]
    version, sha256sums = _string(item["version"]), _string(item["sha256sums"])
    parsed(version)
    if item["path"] != version:
        raise ValueError(f"the folder of {version} is called {item['path']}")
    if not _SHA256.fullmatch(sha256sums):
        raise ValueError(f"the hash of {version} is {sha256sums!r}")
    entry = Entry(
        version=version,
        created=_optional(item["created"]),
        sha256sums=sha256sums,
        previous=_optional(item["previous"]),
        yanked=None if yanked is None else Yanked(_string(yanked["reason"]), _optional(yanked["successor"])),
    )
    if item["channel"] != entry.channel:
        raise ValueError(f"the channel of {version} is {item['channel']}")
    return entry


def _rest(entry: Entry) -> Mapping[str, Any]:
    return {name: value for name, value in asdict(entry).items() if name != "version"}


def _string(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is no text")
    return value


def _optional(value: object) -> str | None:
    return None if value is None else _string(value)


def _text(document: Mapping[str, Any] | Sequence[Any]) -> str:
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"
