"""Make the hash and the size in the descriptor true again after an edit, as whoever edits does by `muster fmt`.

Otherwise every fault would be caught by its hash, and the other checks would
never be asked.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from musterroll.faults.original import Original
from musterroll.package.descriptor import DESCRIPTOR
from musterroll.package.json_editor import set_values
from musterroll.package.json_reader import Pointer


def stamped(original: Original, files: Mapping[str, bytes | None]) -> dict[str, bytes | None]:
    """The changed files, with a descriptor that has the true hash and size of each, where it declares them.

    A descriptor that the fault itself changes is left as it is.
    """
    if DESCRIPTOR in files:
        return dict(files)
    values: dict[Pointer, str | int] = {}
    for resource in original.package.resources:
        data = files.get(resource.files[0]) if len(resource.files) == 1 else None
        if data is not None:
            at = ("resources", resource.index)
            if "hash" in resource.descriptor:
                values[*at, "hash"] = f"sha256:{hashlib.sha256(data).hexdigest()}"
            if "bytes" in resource.descriptor:
                values[*at, "bytes"] = len(data)
    if not values:
        return dict(files)
    return {**files, DESCRIPTOR: set_values(original.package.document, values).encode()}
