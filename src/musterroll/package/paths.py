r"""Which paths a descriptor may name: relative, downward, visible, plain.

A package comes from somebody else. A path in it that is absolute, climbs out,
names a hidden file, a link or a URL is refused before anything is opened. The
rules follow the Data Package standard (v2, "URL or Path") and are stricter
where reading would otherwise depend on the operating system.
"""

from __future__ import annotations

import os.path
import re
import unicodedata

from musterroll.package import limits

# A scheme such as `http:`, `file:`, `s3:`; one letter is a Windows drive, told apart below.
_SCHEME = re.compile(r"\s*[A-Za-z][A-Za-z0-9+.-]+:")
_DRIVE = re.compile(r"[A-Za-z]:")
_CONTROL_CATEGORIES = {"Cc", "Cf", "Zl", "Zp"}
_FOR_MEMBERS = {"path-control", "path-backslash", "path-absolute", "path-parent", "path-form"}
_DEVICES = {"con", "prn", "aux", "nul", *(f"{d}{n}" for d in ("com", "lpt") for n in range(1, 10))}


def path_fault(path: str) -> tuple[str, str] | None:
    """The rule that `path` breaks, as (check, message), or None if it may be opened."""
    for check, message, broken in _RULES:
        if broken(path):
            return check, message
    return None


def member_fault(path: str) -> str | None:
    """Why a member of an archive may not have this name, or None; hidden and odd names are its own affair."""
    return next((message for check, message, broken in _RULES if check in _FOR_MEMBERS and broken(path)), None)


def portability_fault(path: str) -> str | None:
    """Why some operating system cannot hold a file of this name, or None."""
    for part in path.split("/"):
        if part.split(".")[0].lower() in _DEVICES:
            return f"{part!r} is a device name on Windows."
        if part.endswith((".", " ")):
            return f"{part!r} ends in a dot or a space, which Windows drops."
        if re.search(r'[<>:"|?*]', part):
            return f"{part!r} holds a character that Windows does not allow in names."
    return None


def collision_key(path: str) -> str:
    """Two paths with one key are the same file on some system (case, Unicode form)."""
    return unicodedata.normalize("NFC", path).casefold()


def is_remote(path: str) -> bool:
    """Whether `path` names something to fetch rather than a file."""
    return bool(_SCHEME.match(path)) or path.lstrip().startswith("//")


def _has_control(path: str) -> bool:
    return "%0" in path or any(unicodedata.category(char) in _CONTROL_CATEGORIES for char in path)


def _is_bad_form(path: str) -> bool:
    parts = path.split("/")
    return "" in parts or "." in parts or len(path.encode()) > limits.PATH_BYTES


def _is_expansion(path: str) -> bool:
    return path.startswith("~") or "$" in path or path.count("%") > 1


def _is_hidden(path: str) -> bool:
    return any(part.startswith(".") and part not in {".", ".."} for part in path.split("/"))


def _is_foreign(path: str) -> bool:
    return "\\" in path or bool(_DRIVE.match(path))


def _climbs(path: str) -> bool:
    return ".." in path.split("/")


_RULES = (
    ("path-control", "The path holds a control character.", _has_control),
    ("remote-refused", "The path is a URL; nothing is fetched while checking.", is_remote),
    ("path-backslash", "The path holds a backslash or a drive letter; parts are separated by /.", _is_foreign),
    ("path-absolute", "The path is absolute; it must be relative to datapackage.json.", os.path.isabs),
    ("path-parent", "The path climbs out with '..'.", _climbs),
    ("path-form", "The path is empty, too long, or has an empty or '.' part.", _is_bad_form),
    ("path-expansion", "The path holds ~, $ or %…%, which a shell would expand.", _is_expansion),
    ("path-hidden", "The path leads through a hidden file or folder.", _is_hidden),
)
