"""Is what arrived what was published? Every byte is hashed again, and every document of a release held to the others.

`SHA256SUMS` decides about the bytes, the index beside the release (if there is
one) about `SHA256SUMS`, a signature about who vouches for it. What the tables say
is read again: rows, columns, fingerprints, and every export cell by cell.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from musterroll import __version__
from musterroll.errors import Refused, Unavailable, Unusable
from musterroll.package import limits
from musterroll.package.descriptor import DESCRIPTOR
from musterroll.package.folder import Folder
from musterroll.package.manifest import named_paths
from musterroll.package.opening import read_json
from musterroll.package.problem import Rejected
from musterroll.release.checksums import SIGNATURE, SUMS, read_sums
from musterroll.release.content import Content, read_content
from musterroll.release.index import INDEX
from musterroll.release.manifest import MANIFEST, Manifest, parse_manifest
from musterroll.release.signature import Signature, can_check, check_signature, is_signed, read_signature
from musterroll.release.verifying.fault import Fault
from musterroll.release.verifying.files import Files, read_files
from musterroll.release.verifying.place import place_faults
from musterroll.release.verifying.told import content_faults, listing_faults

OnStep = Callable[[str], None]  # told what is being looked at
Differences = Callable[
    [Content, Path, OnStep], Iterator[str]
]  # what exports say otherwise than the tables, in sentences
EXPORTS = "exports/"
_COMPUTED = ("exports/flat/", "exports/derived/")
_PATH = re.compile(f"{EXPORTS}[^:, ]+")


@dataclass(frozen=True)
class Verification:
    """What a release is and everything that is wrong with it, sorted.

    `files` and `bytes` count what `SHA256SUMS` lists and is whole, `tables` what was
    read and fingerprinted again. `signature` is None if there is none, or OpenSSH
    is not there to read it, which `remarks` then say.
    """

    name: str | None
    version: str | None
    files: int
    bytes: int
    tables: int
    signature: Signature | None
    faults: tuple[Fault, ...]
    remarks: tuple[str, ...] = ()

    @property
    def sound(self) -> bool:
        """Whether nothing at all is wrong."""
        return not self.faults


def verify(
    folder: Path,
    allowed_signers: Path | None = None,
    identity: str | None = None,
    differences: Differences | None = None,
    on_step: OnStep = lambda _: None,
) -> Verification:
    """Verify the release in `folder`; with `allowed_signers`, also who signed it, and that it was `identity`.

    `differences` says what is wrong with the exports, `export_differences` if it is
    None. Raises `Unavailable` if there is no release, permission is lacking or
    a signature was asked for and OpenSSH is not there; `Refused` if a path is unsafe.
    """
    if identity and not allowed_signers:
        raise Unusable(f"a file of allowed signers has to say which key is that of {identity}")
    place, found = Folder(folder), _Found()
    try:
        data, sums = _sums(place)
    except Unusable as error:
        return Verification(None, None, 0, 0, 0, None, (Fault(SUMS, "damaged", f"{error}."),))
    signature = _signature(folder, allowed_signers, identity, found)
    files = read_files(place, sums, on_step)
    found.take(files.faults)
    manifest = _manifest(place, sums, files, found)
    found.take(place_faults(folder, data, manifest))
    found.take(listing_faults(manifest, sums, files) if manifest else ())
    content = _content(place, sums, files, found)
    if content is not None:
        on_step("fingerprints of the tables")
        found.take(_read(content_faults(manifest, content, sums, files) if manifest else ()))
        differing = list(_read(_export_faults(content, folder, files, differences or _differences, on_step)))
        found.take(_of_their_time(differing, sums, manifest))
    return Verification(
        name=manifest.name if manifest else None,
        version=manifest.version if manifest else None,
        files=len(files.sizes),
        bytes=sum(files.sizes.values()),
        tables=len(content.tables) if content else 0,
        signature=signature,
        faults=tuple(sorted(set(found.faults))),
        remarks=tuple(found.remarks),
    )


class _Found:
    """Faults and remarks as they are come upon."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []
        self.remarks: list[str] = []

    def take(self, found: Iterable[Fault | str]) -> None:
        for item in found:
            if isinstance(item, Fault):
                self.faults.append(item)
            else:
                self.remarks.append(item)


def _sums(place: Folder) -> tuple[bytes, dict[str, str]]:
    try:
        return read_sums(place)
    except Rejected as rejection:
        if rejection.problem.check != "manifest-missing":
            raise Refused(f"{place.shown(SUMS)}: {rejection.problem.message}") from rejection
        hint = f"; it holds releases: name one of them, {place}/1.0.0 say" if (place.root / INDEX).exists() else ""
        raise Unavailable(f"{place} is no release: there is no {SUMS} in it{hint}") from rejection


def _manifest(place: Folder, sums: Mapping[str, str], files: Files, found: _Found) -> Manifest | None:
    """The manifest; None, with the fault, if it is not there or not as it should be."""
    if MANIFEST not in sums:
        found.take([Fault(MANIFEST, "missing", f"{SUMS} does not list {MANIFEST}.")])
    if MANIFEST not in files.sizes:
        return None
    try:
        with place.open(MANIFEST) as stream:
            return parse_manifest(stream.read(limits.JSON_BYTES + 1))
    except Unusable as error:
        found.take([Fault(MANIFEST, "damaged", f"{error}.")])
        return None


def _content(place: Folder, sums: Mapping[str, str], files: Files, found: _Found) -> Content | None:
    """What the package says; None, with the fault or a remark, if it cannot be relied on."""
    if DESCRIPTOR not in sums:
        found.take([Fault(DESCRIPTOR, "missing", f"{SUMS} does not list {DESCRIPTOR}.")])
        return None
    if _package_paths(place) & (set(sums) - set(files.sizes)):
        found.take(["tables and exports were not compared, because files of the package are not whole"])
        return None
    try:
        return read_content(place.root)
    except Unusable as error:
        found.take([Fault(DESCRIPTOR, "damaged", f"{error}.")])
        return None


def _package_paths(place: Folder) -> set[str]:
    try:
        descriptor = read_json(place, DESCRIPTOR).value
    except Rejected:
        descriptor = None
    return (
        {DESCRIPTOR, *(path for _, path in named_paths(descriptor))} if isinstance(descriptor, dict) else {DESCRIPTOR}
    )


def _read(faults: Iterable[Fault]) -> Iterator[Fault]:
    """The faults; what cannot be made out because the package is unfit for a release is one itself."""
    try:
        yield from faults
    except Unusable as error:
        yield Fault(DESCRIPTOR, "damaged", f"{error}.")


def _differences(content: Content, folder: Path, on_step: OnStep) -> Iterator[str]:
    """The real thing, whose libraries are imported only when they are needed."""
    from musterroll.release.exports import export_differences

    return export_differences(content, folder, on_step)


def _export_faults(
    content: Content, folder: Path, files: Files, differences: Differences, on_step: OnStep
) -> Iterator[Fault]:
    """What is wrong with exports, except those of which it is known already that they are not whole."""
    spoilt = tuple(fault.subject for fault in files.faults)
    for sentence in differences(content, folder, on_step):
        if not (spoilt and sentence.startswith(spoilt)):
            missing = _PATH.match(sentence)
            subject = next(
                (path for path in files.sizes if sentence.startswith(path)), missing[0] if missing else EXPORTS
            )
            yield Fault(subject, "differs", f"{sentence}.")


def _of_their_time(
    faults: Iterable[Fault], sums: Mapping[str, str], manifest: Manifest | None
) -> Iterator[Fault | str]:
    """What is wrong with exports, judged as what another version of the toolkit may have made.

    An export that a newer one would add is not missing. What flat and derived
    tables hold is for each version to say: where they differ from what this one
    makes of the same tables, that is remarked.
    """
    maker = manifest.tool.version if manifest else __version__
    if maker == __version__:
        yield from faults
        return
    for fault in faults:
        if fault.subject in sums and fault.subject.startswith(_COMPUTED):
            yield f"{fault.subject} is as musterroll {maker} makes it; {__version__} makes it otherwise"
        elif fault.subject in sums or not _PATH.fullmatch(fault.subject):
            yield fault


def _signature(folder: Path, allowed_signers: Path | None, identity: str | None, found: _Found) -> Signature | None:
    """Who signed; a signature that nobody asked about must still be one of this release."""
    try:
        if allowed_signers is not None:
            return check_signature(folder, allowed_signers, identity)
        if not is_signed(folder):
            return None
        if can_check():
            return Signature(read_signature(folder).key)
        found.take([f"{SIGNATURE} was not read: ssh-keygen (OpenSSH) is not installed"])
    except Unusable as error:
        found.take([Fault(SIGNATURE, "signature", f"{error}.")])
    return None
