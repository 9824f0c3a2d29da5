"""A signed release: `SHA256SUMS.sig` is a signature of `SHA256SUMS`, and so of every file, made with an SSH key.

Signing and checking are left to OpenSSH (`ssh-keygen -Y`, 8.2 or newer). Which key
belongs to whom stands in an *allowed signers* file (see ssh-keygen(1)):

    keeper@example.org namespaces="musterroll-release" ssh-ed25519 AAAA…

The namespace keeps a signature that the same key made for something else, a git
commit say, from being passed off as that of a release.
"""

from __future__ import annotations

import base64
import binascii
import re
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from musterroll.errors import Unavailable, Unusable
from musterroll.package import limits
from musterroll.package.atomic import write_atomically
from musterroll.package.folder import Folder
from musterroll.package.problem import Rejected
from musterroll.release.checksums import SIGNATURE, SUMS

NAMESPACE = "musterroll-release"
_PROGRAM = "ssh-keygen"
_ARMOUR = re.compile(rb"-----BEGIN SSH SIGNATURE-----\n((?:[A-Za-z0-9+/=]+\n)+)-----END SSH SIGNATURE-----\n")
_MAGIC = b"SSHSIG\0\0\0\1"  # and the version of the format
_GOOD = re.compile(rf'Good "{NAMESPACE}" signature with (.+)')


@dataclass(frozen=True)
class Signature:
    """Who signed: the key, and whose it is; None if nobody said which keys to trust."""

    key: str
    signer: str | None = None


def sign(folder: Path, key: Path) -> None:
    """Sign the `SHA256SUMS` of a release with a private key; OpenSSH asks for its passphrase if there is one.

    Raises `Unavailable` if OpenSSH is not there, cannot use the key, or the signature cannot be written.
    """
    done = _keygen("sign", "-f", str(key), "-n", NAMESPACE, data=(folder / SUMS).read_bytes())
    if done.returncode:
        raise Unavailable(f"the release could not be signed with {key}: {_said(done)}")
    write_atomically(folder / SIGNATURE, done.stdout)


def check_signature(folder: Path, allowed_signers: Path, identity: str | None = None) -> Signature:
    """Who signed a release, of those whose keys stand in the file `allowed_signers`; `identity` is who must have.

    Raises `Unusable` if it is not signed, not by any of them, not by `identity`, or
    not as it is now; `Unavailable` if OpenSSH or the file is not there.
    """
    if not allowed_signers.is_file():
        raise Unavailable(f"{allowed_signers}: there is no such file of allowed signers")
    signed = read_signature(folder)
    allowed = ("-f", str(allowed_signers))
    with tempfile.TemporaryDirectory(prefix="muster-") as place:
        copy = Path(place) / SIGNATURE  # what is checked is what was read, whatever lies in the folder by now
        copy.write_bytes(signed.signature)
        found = _keygen("find-principals", "-s", str(copy), *allowed)
        principals = found.stdout.decode(errors="replace").split()
        if found.returncode or not principals:
            raise Unusable(f"the release was signed with the {signed.key}, which {allowed_signers} does not allow")
        wanted = identity or principals[0]
        done = _keygen("verify", *allowed, "-I", wanted, "-n", NAMESPACE, "-s", str(copy), data=signed.sums)
    if done.returncode == 0:
        return Signature(signed.key, wanted)
    if identity and identity not in principals:
        raise Unusable(f"the release was signed by {', '.join(principals)}, not by {identity}")
    raise Unusable(f"{allowed_signers} does not allow {wanted} to sign a release: {_said(done)}")


@dataclass(frozen=True)
class Signed:
    """The bytes of a signature that belongs to these bytes of `SHA256SUMS`, and the key that made it."""

    signature: bytes
    sums: bytes
    key: str


def read_signature(folder: Path) -> Signed:
    """The signature of a release, if it is whole and of just this `SHA256SUMS`; by whom is another question.

    Raises `Unusable` if it is not, `Unavailable` if OpenSSH is not there.
    """
    sums, signature = (_bytes(Folder(folder), path) for path in (SUMS, SIGNATURE))
    namespace = _namespace(signature)
    if namespace != NAMESPACE.encode():
        raise Unusable(f"{SIGNATURE} was made for {namespace.decode(errors='replace')!r}, not for {NAMESPACE!r}")
    with tempfile.TemporaryDirectory(prefix="muster-") as place:
        copy = Path(place) / SIGNATURE
        copy.write_bytes(signature)
        done = _keygen("check-novalidate", "-n", NAMESPACE, "-s", str(copy), data=sums)
    good = _GOOD.search(done.stdout.decode(errors="replace"))
    if done.returncode or good is None:
        raise Unusable(f"{SIGNATURE} is not a signature of this {SUMS}: one of them was changed")
    return Signed(signature, sums, good[1])


def is_signed(folder: Path) -> bool:
    """Whether something lies where the signature would."""
    return (folder / SIGNATURE).is_symlink() or (folder / SIGNATURE).exists()


def can_check() -> bool:
    """Whether OpenSSH is there to check a signature."""
    return shutil.which(_PROGRAM) is not None


def _bytes(folder: Folder, path: str) -> bytes:
    try:
        with folder.open(path) as stream:
            data = stream.read(limits.LISTING_BYTES)
    except Rejected as rejection:
        if rejection.problem.check == "manifest-missing":
            raise Unusable(f"the release is not signed: there is no {path}") from rejection
        raise Unusable(f"{path}: {rejection.problem.message}") from rejection
    return data


def _namespace(signature: bytes) -> bytes:
    """What the signature was made for; raises `Unusable` if it is none, or something stands before or behind it."""
    match = _ARMOUR.fullmatch(signature)
    text = match[1].replace(b"\n", b"") if match else b""
    try:
        content = base64.b64decode(text, validate=True)
    except binascii.Error:
        content = b""
    if not content.startswith(_MAGIC):
        raise Unusable(f"{SIGNATURE} is damaged, or no signature by OpenSSH")
    _, rest = _string(content.removeprefix(_MAGIC))  # the public key
    return _string(rest)[0]


def _string(data: bytes) -> tuple[bytes, bytes]:
    """The first string of SSH's own encoding, which begins with its length, and what comes behind it."""
    end = 4 + int.from_bytes(data[:4])
    return data[4:end], data[end:]


def _keygen(action: str, *arguments: str, data: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    program = shutil.which(_PROGRAM)
    if program is None:
        raise Unavailable(f"{_PROGRAM} is not installed; it comes with OpenSSH (8.2 or newer)")
    return subprocess.run([program, "-Y", action, *arguments], input=data, capture_output=True, check=False)  # noqa: S603


def _said(done: subprocess.CompletedProcess[bytes]) -> str:
    """What OpenSSH said, in one line."""
    words = (word for word in done.stderr.decode(errors="replace").split() if word.strip("@"))  # it frames warnings so
    return " ".join(words)[:300] or f"{_PROGRAM} gave up"
