"""Faults of the descriptor and the schemas: what a package says of itself."""

from __future__ import annotations

import copy
from collections.abc import Callable
from random import Random
from typing import Any

from musterroll.faults.edits import descriptor_changed
from musterroll.faults.fault import Fault, Inject, Kind, Level, Place
from musterroll.faults.original import Original
from musterroll.package.descriptor import DESCRIPTOR

Json = dict[str, Any]
Becomes = Callable[[Json, Random], str | None]


def _descriptor(becomes: Becomes, field: str | None = None) -> Inject:
    """Plants a change of the descriptor's value; `becomes` changes it and says what it did, or returns None."""

    def inject(original: Original, random: Random) -> Fault | None:
        value = copy.deepcopy(dict(original.package.descriptor))
        says = becomes(value, random)
        return None if says is None else descriptor_changed(value, says, field)

    return inject


def _text(becomes: Callable[[str, Random], str | None], says: str) -> Inject:
    """Plants a change of the descriptor's text."""

    def inject(original: Original, random: Random) -> Fault | None:
        text = becomes(original.package.document.text, random)
        return None if text is None else Fault({DESCRIPTOR: text.encode()}, (Place(file=DESCRIPTOR),), says)

    return inject


def _resource(value: Json, random: Random, key: str) -> Json | None:
    """Some resource with that key."""
    found = [item for item in value.get("resources", []) if key in item and "path" in item]
    return random.choice(found) if found else None


def _trailing_comma(text: str, _: Random) -> str | None:
    head, brace, tail = text.rpartition("}")
    return f"{head.rstrip()},\n{brace}{tail}" if brace else None


def _key_twice(text: str, _: Random) -> str | None:
    head, brace, tail = text.partition("{")
    return f'{head}{brace}\n  "name": "other",{tail}' if '"name"' in tail else None


def _wrong_path(value: Json, random: Random) -> str | None:
    resource = _resource(value, random, "path")
    if resource is None or not isinstance(resource["path"], str):
        return None
    resource["path"] = resource["path"].replace(".csv", "_final.csv")
    return f"{resource['name']} is said to lie in {resource['path']}"


def _absolute(value: Json, random: Random) -> str | None:
    resource = _resource(value, random, "path")
    if resource is None:
        return None
    resource["path"] = f"/home/me/{resource['path']}"
    return f"{resource['name']} is said to lie in {resource['path']}"


def _resource_gone(value: Json, random: Random) -> str | None:
    if len(value.get("resources", [])) < 2:
        return None
    item = value["resources"].pop(random.randrange(len(value["resources"])))
    return f"{item.get('name')} is not listed any more, its file is there"


def _resource_twice(value: Json, random: Random) -> str | None:
    item = random.choice(value["resources"])
    value["resources"].append(copy.deepcopy(item))
    return f"{item.get('name')} is listed twice"


def _wrong_schema(value: Json, random: Random) -> str | None:
    named = [item for item in value["resources"] if isinstance(item.get("schema"), str)]
    if len(named) < 2:
        return None
    one, two = random.sample(named, 2)
    one["schema"] = two["schema"]
    return f"{one['name']} has the schema of {two['name']}"


def _misspelt(value: Json, random: Random) -> str | None:
    resource = _resource(value, random, "dialect")
    if resource is None or not isinstance(resource["dialect"], dict) or "delimiter" not in resource["dialect"]:
        return None
    resource["dialect"]["delimeter"] = resource["dialect"].pop("delimiter")
    return f"dialect of {resource['name']}: delimeter"


def _delimiter(value: Json, random: Random) -> str | None:
    resource = _resource(value, random, "dialect")
    if resource is None or not isinstance(resource["dialect"], dict):
        return None
    resource["dialect"]["delimiter"] = ";"
    return f"{resource['name']} is said to be parted by semicolons"


def _encoding(value: Json, random: Random) -> str | None:
    resource = _resource(value, random, "path")
    if resource is None:
        return None
    resource["encoding"] = "iso-8859-1"
    return f"{resource['name']} is said to be in Latin-1"


def _hash_wrong(value: Json, random: Random) -> str | None:
    resource = _resource(value, random, "hash")
    if resource is None:
        return None
    last = resource["hash"][-1]
    resource["hash"] = resource["hash"][:-1] + ("0" if last != "0" else "1")
    return f"hash of {resource['name']}: the last digit is another"


def _hash_gone(value: Json, random: Random) -> str | None:
    resource = _resource(value, random, "hash")
    if resource is None:
        return None
    del resource["hash"]
    return f"{resource['name']} has no hash"


def _bytes_wrong(value: Json, random: Random) -> str | None:
    resource = _resource(value, random, "bytes")
    if resource is None:
        return None
    resource["bytes"] += 1
    return f"{resource['name']} is said to be a byte longer"


def _profile_gone(value: Json, _: Random) -> str | None:
    return (
        None if value.pop("conformsTo", None) is None else "conformsTo is gone, so that no rule of the profile applies"
    )


def _profile_newer(value: Json, _: Random) -> str | None:
    if not isinstance(value.get("conformsTo"), str):
        return None
    value["conformsTo"] = value["conformsTo"].partition("/")[0] + "/9.0.0"
    return f"conformsTo is {value['conformsTo']}"


def _licence_gone(value: Json, _: Random) -> str | None:
    return None if value.pop("licenses", None) is None else "the licence is gone"


def _licence_other(value: Json, _: Random) -> str | None:
    if not value.get("licenses"):
        return None
    value["licenses"] = [{"name": "CC-BY-NC-4.0", "path": "https://creativecommons.org/licenses/by-nc/4.0/"}]
    return "the licence is CC-BY-NC-4.0"


def _horizon(value: Json, _: Random) -> str | None:
    horizon = value.get("horizon")
    if not isinstance(horizon, str) or not horizon[:4].isdigit():
        return None
    value["horizon"] = f"{int(horizon[:4]) - 1}{horizon[4:]}"
    return f"horizon: {horizon} → {value['horizon']}"


def _version(value: Json, _: Random) -> str | None:
    if "version" not in value:
        return None
    value["version"] = "0.9.0"
    return "version is 0.9.0"


def _leftover(original: Original, random: Random) -> Fault | None:
    for table in original.tables_of(random):
        path = table.file.replace(".csv", " (copy).csv")
        return Fault({path: table.data}, (Place(file=path),), f"{path} lies beside it")
    return None


_S = "descriptor"
_LICENCE = "a package may be valid without one; that it had one is known from the release before (version-sufficient)"
_LEVEL: Level = "descriptor"
KINDS: tuple[Kind, ...] = (
    Kind(
        "json-trailing-comma",
        _S,
        "a comma too many stands in the descriptor",
        _LEVEL,
        _text(_trailing_comma, "a comma stands behind the last value"),
    ),
    Kind(
        "json-key-twice",
        _S,
        "the descriptor says a key twice",
        _LEVEL,
        _text(_key_twice, "the key name stands there twice"),
    ),
    Kind("path-wrong", _S, "the descriptor names a file that is not there", _LEVEL, _descriptor(_wrong_path)),
    Kind("path-absolute", _S, "the descriptor names a file of somebody's machine", _LEVEL, _descriptor(_absolute)),
    Kind("resource-unlisted", _S, "a table is not listed any more", _LEVEL, _descriptor(_resource_gone)),
    Kind("resource-twice", _S, "a table is listed twice", _LEVEL, _descriptor(_resource_twice)),
    Kind("schema-of-other-table", _S, "a table has the schema of another", _LEVEL, _descriptor(_wrong_schema)),
    Kind("property-misspelt", _S, "a property of the dialect is misspelt", _LEVEL, _descriptor(_misspelt)),
    Kind(
        "delimiter-declared-wrong",
        _S,
        "the declared delimiter is not that of the file",
        _LEVEL,
        _descriptor(_delimiter),
    ),
    Kind(
        "encoding-declared-wrong", _S, "the declared encoding is not that of the file", _LEVEL, _descriptor(_encoding)
    ),
    Kind("hash-wrong", _S, "a declared hash is wrong", _LEVEL, _descriptor(_hash_wrong)),
    Kind(
        "hash-removed",
        _S,
        "a declared hash is gone",
        _LEVEL,
        _descriptor(_hash_gone),
        "a package need not declare hashes",
    ),
    Kind("size-wrong", _S, "a declared size is wrong", _LEVEL, _descriptor(_bytes_wrong)),
    Kind(
        "profile-removed",
        _S,
        "the package does not say any more that it is a mission record",
        _LEVEL,
        _descriptor(_profile_gone),
        "a package need not follow a profile",
    ),
    Kind("profile-unknown", _S, "the package follows a profile that nobody knows", _LEVEL, _descriptor(_profile_newer)),
    Kind("licence-removed", _S, "the licence is gone", _LEVEL, _descriptor(_licence_gone), missed=_LICENCE),
    Kind(
        "licence-changed",
        _S,
        "the licence is another",
        _LEVEL,
        _descriptor(_licence_other),
        "the other licence is a licence",
    ),
    Kind("horizon-earlier", _S, "the horizon is a year too early", _LEVEL, _descriptor(_horizon)),
    Kind(
        "version-backwards",
        _S,
        "the version is below that of the release before",
        _LEVEL,
        _descriptor(_version),
        "0.9.0 is a version",
    ),
    Kind("leftover-file", _S, "a copy of a table lies in the folder", _LEVEL, _leftover),
)
