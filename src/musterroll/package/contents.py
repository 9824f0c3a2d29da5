"""One hash over all that judging a package would look at: the same hash, the same verdict."""

from __future__ import annotations

import hashlib
import json

from musterroll.errors import Unavailable
from musterroll.package import limits
from musterroll.package.descriptor import DESCRIPTOR, Package
from musterroll.package.folder import Folder
from musterroll.package.manifest import named_paths, refusals
from musterroll.package.opening import read_json
from musterroll.package.problem import Rejected


def contents_key(folder: Folder) -> str | None:
    """Hash of every byte and every name; None if anything is missing, unsafe, unreadable, or too much to hash twice.

    It covers the descriptor, the files that it names, how often each is linked,
    which files lie in `data/` and `schemas/`, and the folder's own name, by
    which a nameless package is called.
    """
    try:
        document = read_json(folder, DESCRIPTOR)
        if not isinstance(document.value, dict):
            return None
        package = Package(folder, document)
        if any(refusals(package)):
            return None
        paths = sorted({DESCRIPTOR, *(path for _, path in named_paths(package.descriptor))})
        if sum((folder.root / path).stat().st_size for path in paths) > limits.CACHED_BYTES:
            return None
        files = [(path, folder.sha256(path), folder.is_hard_linked(path)) for path in paths]
    except (Rejected, Unavailable, OSError):
        return None
    seen = [folder.name, files, list(folder.files("data", "schemas"))]
    return hashlib.sha256(json.dumps(seen).encode()).hexdigest()
