"""How the descriptor itself changed: what it says of the package, of each resource, and the licences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from musterroll.changes.change import Change, changed_properties
from musterroll.changes.intake import Side
from musterroll.package.descriptor import Resource
from musterroll.package.dialect import read_dialect, read_encoding
from musterroll.record.profile import follows_profile

# "release", as "versionReason", is said of one version only.
_JUDGED_ELSEWHERE = {"resources", "version", "versionReason", "release", "licenses", "name"}
_OF_RESOURCE = {
    "name",
    "schema",
    "data",
    "hash",
    "bytes",
    "licenses",
    "dialect",
    "path",
    "encoding",
    "format",
    "compression",
}
_LOCATION = {"profile", "type", "mediatype", "extrapaths"}  # how the same table is called
_PROFILE = {"$schema", "profile", "conformsTo"}


def package_changes(old: Side, new: Side) -> Iterator[Change]:
    """Changes of the descriptor, without those of schemas and rows."""
    before, after = old.package.descriptor, new.package.descriptor
    if before.get("name") != after.get("name"):
        yield _metadata("renamed", None, "name", before, after)
    for change in changed_properties(before, after, _JUDGED_ELSEWHERE):
        yield replace(change, variant=_variant(change, follows_profile(old.package.profile)))
    yield from _licences(None, before, after)
    yield from _resources(old, new)
    yield from _files(old, new)


def _variant(change: Change, is_record: bool) -> str:
    """What is said of the package as a whole is a text, but for its rules and for the country that a record is of."""
    if change.aspect in _PROFILE:
        return "profile"
    return "host" if is_record and change.aspect == "host" and _is_other_country(change.old, change.new) else ""


def _is_other_country(*hosts: object) -> bool:
    """Whether both name a country, by other codes; one that is named for the first time was not another before."""
    codes = {host["code"] for host in hosts if isinstance(host, Mapping) and isinstance(host.get("code"), str)}
    return len(codes) > 1


def _resources(old: Side, new: Side) -> Iterator[Change]:
    for resource in new.package.resources:
        earlier = old.package.resource(resource.name)
        if earlier is None:
            continue
        before, after = earlier.descriptor, resource.descriptor
        for change in changed_properties(before, after, _OF_RESOURCE, resource.name):
            yield replace(change, variant="location" if change.aspect in _LOCATION else "")
        if earlier.files != resource.files:
            yield _metadata("moved", resource.name, "path", before, after)
        for aspect in _READING if "data" not in before and "data" not in after else ():
            if _reading(earlier)[aspect] != _reading(resource)[aspect]:
                yield _metadata("reading", resource.name, aspect, before, after)
        yield from _licences(resource.name, before, after)


def _licences(table: str | None, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Change]:
    """A licence is what it is called; what else is said of it is a description."""
    old, new = before.get("licenses"), after.get("licenses")
    called = [
        {str(item.get("name") or item.get("path")) for item in listed or () if isinstance(item, Mapping)}
        for listed in (old, new)
    ]
    if called[0] != called[1]:
        yield Change(kind="licence_changed", table=table, old=old, new=new)
    elif old != new:
        yield _metadata("", table, "licenses", before, after)


_READING = ("format", "compression", "encoding", "dialect")


def _reading(resource: Resource) -> Mapping[str, object]:
    """How the bytes of a resource are to be read, with what is left out filled in; any newline will do."""
    dialect, unsupported = read_dialect(resource.dialect_settings)
    settings = dict(resource.dialect_settings) if unsupported else replace(dialect, line_terminator=None)
    return {
        "format": resource.format,
        "compression": resource.descriptor.get("compression", "no"),
        "encoding": read_encoding(resource.descriptor.get("encoding")) or resource.descriptor.get("encoding"),
        "dialect": settings,
    }


def _metadata(
    variant: str, table: str | None, aspect: str, before: Mapping[str, Any], after: Mapping[str, Any]
) -> Change:
    return Change(
        kind="metadata_changed",
        variant=variant,
        table=table,
        aspect=aspect,
        old=before.get(aspect),
        new=after.get(aspect),
    )


def _files(old: Side, new: Side) -> Iterator[Change]:
    """What is no table is compared by its bytes, wherever they lie, or by its JSON."""
    for resource in new.package.resources:
        name, earlier = resource.name, old.package.resource(resource.name)
        if earlier is None or name not in old.files or name not in new.files:
            continue
        before, after = dict(old.files[name]), dict(new.files[name])
        if list(before.values()) != list(after.values()):
            yield _content(name, "sha256", before, after)
        inline = earlier.descriptor.get("data"), resource.descriptor.get("data")
        if inline[0] != inline[1]:
            yield _content(name, "data", *inline)


def _content(table: str, aspect: str, before: object, after: object) -> Change:
    return Change(kind="metadata_changed", variant="content", table=table, aspect=aspect, old=before, new=after)
