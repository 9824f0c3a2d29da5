"""A signature says who vouches for a release; one that does not fit is told apart by what is wrong with it."""

from __future__ import annotations

import base64
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from musterroll.errors import Unavailable, Unusable
from musterroll.package.folder import Folder
from musterroll.package.opening import require_package
from musterroll.release.checksums import SIGNATURE, SUMS
from musterroll.release.content import canonical_hashes
from musterroll.release.publish import publish
from musterroll.release.signature import NAMESPACE, check_signature, sign
from musterroll.release.verify import verify
from releases import builder, no_differences, reseal, write_package


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Private keys of the keeper and of somebody else."""
    place = tmp_path_factory.mktemp("keys")
    for name in ("keeper", "other"):
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", place / name], check=True)
    return {name: place / name for name in ("keeper", "other")}


@pytest.fixture
def allowed(keys: dict[str, Path], tmp_path: Path) -> Path:
    """A file that allows the keeper's key."""
    return _allow(tmp_path, f'keeper@example.org namespaces="{NAMESPACE}"', keys["keeper"])


@pytest.fixture
def folder(keys: dict[str, Path], tmp_path: Path) -> Path:
    """A release that the keeper signed while it was made."""
    package = require_package(Folder(write_package(tmp_path / "package", "1.0.0")))
    build = builder(tmp_path / "package")
    hashes = canonical_hashes(package)
    return publish(tmp_path / "out", "tiny", "1.0.0", hashes, build, lambda stage: sign(stage, keys["keeper"])).folder


def _allow(place: Path, who: str, key: Path) -> Path:
    (place / "allowed_signers").write_text(f"{who} {key.with_suffix('.pub').read_text()}")
    return place / "allowed_signers"


def test_a_signed_release_names_its_signer(folder: Path, allowed: Path) -> None:
    result = verify(folder, allowed, differences=no_differences)

    assert result.sound
    assert result.signature is not None
    assert result.signature.signer == "keeper@example.org"
    assert result.signature.key.startswith("ED25519 key SHA256:")
    assert check_signature(folder, allowed, "keeper@example.org") == result.signature


def test_a_signature_that_nobody_asks_about_names_the_key_and_no_person(folder: Path) -> None:
    result = verify(folder, differences=no_differences)

    assert result.sound
    assert result.signature is not None
    assert result.signature.signer is None


def _unsigned(folder: Path, keys: dict[str, Path]) -> None:
    (folder / SIGNATURE).unlink()


def _by_another_key(folder: Path, keys: dict[str, Path]) -> None:
    sign(folder, keys["other"])


def _for_another_purpose(folder: Path, keys: dict[str, Path]) -> None:
    (folder / SIGNATURE).unlink()
    command = ["ssh-keygen", "-Y", "sign", "-f", str(keys["keeper"]), "-n", "git", str(folder / SUMS)]
    subprocess.run(command, check=True, capture_output=True)


def _of_another_list(folder: Path, keys: dict[str, Path]) -> None:
    (folder / "CHANGELOG.md").write_text("# Something else\n")
    reseal(folder)


def _damaged(folder: Path, keys: dict[str, Path]) -> None:
    (folder / SIGNATURE).write_text("-----BEGIN SSH SIGNATURE-----\nU1NI\n-----END SSH SIGNATURE-----\n")


def _no_base64(folder: Path, keys: dict[str, Path]) -> None:
    (folder / SIGNATURE).write_text("-----BEGIN SSH SIGNATURE-----\nU1NIU\n-----END SSH SIGNATURE-----\n")


def _a_link(folder: Path, keys: dict[str, Path]) -> None:
    (folder / SIGNATURE).rename(folder.parent / "signature")
    (folder / SIGNATURE).symlink_to(folder.parent / "signature")


@pytest.mark.parametrize(
    ("mischief", "said"),
    [
        (_unsigned, "the release is not signed: there is no SHA256SUMS.sig"),
        (_by_another_key, "the release was signed with the ED25519 key SHA256:"),
        (_for_another_purpose, "SHA256SUMS.sig was made for 'git', not for 'musterroll-release'"),
        (_of_another_list, "SHA256SUMS.sig is not a signature of this SHA256SUMS: one of them was changed"),
        (_damaged, "SHA256SUMS.sig is damaged, or no signature by OpenSSH"),
        (_no_base64, "SHA256SUMS.sig is damaged, or no signature by OpenSSH"),
        (_a_link, "SHA256SUMS.sig: SHA256SUMS.sig is a symbolic link"),
    ],
)
def test_a_signature_that_is_not_right_is_told_by_what_is_wrong(
    folder: Path,
    keys: dict[str, Path],
    allowed: Path,
    mischief: Callable[[Path, dict[str, Path]], None],
    said: str,
) -> None:
    mischief(folder, keys)

    faults = [
        fault for fault in verify(folder, allowed, differences=no_differences).faults if fault.kind == "signature"
    ]

    assert [fault.subject for fault in faults] == [SIGNATURE]
    assert faults[0].message.startswith(said)


@pytest.mark.parametrize("mischief", [_for_another_purpose, _of_another_list, _damaged, _a_link])
def test_a_signature_must_be_one_of_this_release_also_if_nobody_asks(
    folder: Path, keys: dict[str, Path], mischief: Callable[[Path, dict[str, Path]], None]
) -> None:
    mischief(folder, keys)

    assert "signature" in {fault.kind for fault in verify(folder, differences=no_differences).faults}


def test_every_byte_of_a_signature_counts(folder: Path) -> None:
    whole = (folder / SIGNATURE).read_bytes()
    flipped = [whole[:at] + bytes([whole[at] ^ 1 << at % 8]) + whole[at + 1 :] for at in range(0, len(whole), 7)]
    last = whole.index(b"=\n-----END") - 1  # its lowest bits are of no use to base64
    unused = whole[:last] + bytes([whole[last] + 1]) + whole[last + 1 :]
    for changed in (whole[:-1], whole + b"\n", whole + b"x", b"", unused, *flipped):
        (folder / SIGNATURE).write_bytes(changed)

        assert [fault.subject for fault in verify(folder, differences=no_differences).faults] == [SIGNATURE], changed


def test_another_signer_than_the_one_asked_for_is_named(folder: Path, allowed: Path) -> None:
    with pytest.raises(Unusable, match=r"signed by keeper@example\.org, not by boss@example\.org"):
        check_signature(folder, allowed, "boss@example.org")


@pytest.mark.parametrize(
    ("who", "said"),
    [
        ('keeper@example.org namespaces="git"', "does not allow keeper@example.org to sign a release: .*namespace"),
        ('keeper@example.org valid-before="20200101"', "does not allow"),
    ],
)
def test_a_key_that_is_allowed_for_something_else_or_no_longer_is_not_enough(
    folder: Path, keys: dict[str, Path], tmp_path: Path, who: str, said: str
) -> None:
    with pytest.raises(Unusable, match=said):
        check_signature(folder, _allow(tmp_path, who, keys["keeper"]))


def test_a_pattern_of_signers_will_do(folder: Path, keys: dict[str, Path], tmp_path: Path) -> None:
    everybody = _allow(tmp_path, "*@example.org", keys["keeper"])

    assert check_signature(folder, everybody, "keeper@example.org").signer == "keeper@example.org"
    assert check_signature(folder, everybody).signer == "*@example.org"


def test_an_allowed_signers_file_that_is_not_there_is_no_fault_of_the_release(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match="nowhere: there is no such file"):
        verify(folder, tmp_path / "nowhere")


def test_without_openssh_a_signature_is_not_read_and_that_is_said(
    folder: Path, allowed: Path, keys: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", os.devnull)

    result = verify(folder, differences=no_differences)

    assert result.remarks == ("SHA256SUMS.sig was not read: ssh-keygen (OpenSSH) is not installed",)
    with pytest.raises(Unavailable, match="ssh-keygen is not installed"):
        verify(folder, allowed, differences=no_differences)
    with pytest.raises(Unavailable, match="ssh-keygen is not installed"):
        sign(folder, keys["keeper"])


@pytest.mark.parametrize(("mode", "said"), [(None, "No such file"), (0o644, "Permissions 0644 for .* are too open")])
def test_a_key_that_cannot_be_used_is_said_in_one_line(
    folder: Path, keys: dict[str, Path], tmp_path: Path, mode: int | None, said: str
) -> None:
    key = tmp_path / "key"
    if mode:
        shutil.copyfile(keys["keeper"], key)
        key.chmod(mode)

    with pytest.raises(Unavailable, match=f"^the release could not be signed with .*key: .*{said}"):
        sign(folder, key)


def test_the_signature_is_one_for_ssh_itself(folder: Path, allowed: Path) -> None:
    """What the documentation tells those to do who do not have this tool."""
    command = ["ssh-keygen", "-Y", "verify", "-f", str(allowed), "-I", "keeper@example.org", "-n", "musterroll-release"]
    with (folder / SUMS).open("rb") as sums:
        done = subprocess.run([*command, "-s", str(folder / SIGNATURE)], stdin=sums, capture_output=True, check=False)
    listed = subprocess.run(
        ["sha256sum", "--check", "--strict", "--quiet", SUMS], cwd=folder, capture_output=True, check=False
    )

    assert (done.returncode, listed.returncode) == (0, 0)
    assert base64.b64decode(b"".join((folder / SIGNATURE).read_bytes().splitlines()[1:-1]))[:6] == b"SSHSIG"
