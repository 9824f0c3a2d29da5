"""A git revision is read as it was committed; reading it runs nothing, changes nothing and fetches nothing."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from elsewhere import commit, git
from golden import build_base
from muster_validators import validate
from musterroll.errors import Refused, Unavailable
from musterroll.package import limits
from musterroll.package.sources import opened
from running import muster


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with a package in the folder `sub/package`, in the revision v1.0.0."""
    build_base("plain", tmp_path / "repository/sub/package")
    commit(tmp_path / "repository", "v1.0.0")
    return tmp_path / "repository"


def _files(target: str) -> list[str]:
    with opened(target) as folder:
        return sorted(path.relative_to(folder.root).as_posix() for path in folder.root.rglob("*") if not path.is_dir())


def test_the_revision_is_read_and_not_what_lies_in_the_checkout(repository: Path) -> None:
    package = repository / "sub/package"
    (package / "data/people.csv").unlink()
    (package / "datapackage.json").write_text("{")

    assert muster("validate", f"{package}@v1.0.0").code == 0
    assert git(repository, "status", "--short").split() == [
        *("D", "sub/package/data/people.csv"), *("M", "sub/package/datapackage.json"),
    ]  # fmt: skip


def test_without_a_path_it_is_the_current_folder(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(repository / "sub/package")

    assert muster("validate", "@v1.0.0").stdout.startswith("plain 1.0.0:")
    assert muster("validate", ".", "--against", "@v1.0.0", "--layer", "structure", "--layer", "plausibility").code == 0


@pytest.mark.parametrize("revision", ["HEAD", "main", "v1.0.0", "main@{0}", "HEAD^{commit}"])
def test_whatever_git_knows_as_a_commit_is_a_revision(revision: str, repository: Path) -> None:
    assert "datapackage.json" in _files(f"{repository / 'sub/package'}@{revision}")


@pytest.mark.parametrize(
    "revision",
    [
        "v9.9.9",
        "",
        "--help",
        "--all",
        "-h",
        "^HEAD",
        "HEAD..main",
        "HEAD:sub",
        "HEAD^{tree}",
        "main main",
        "\n",
        "$(id)",
    ],
)
def test_what_is_no_revision_is_4_and_named_and_no_option(revision: str, repository: Path) -> None:
    result = muster("validate", f"{repository / 'sub/package'}@{revision}")

    assert (result.code, result.stdout) == (4, "")
    assert "git knows no revision" in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_a_folder_that_was_not_there_yet_is_4(repository: Path) -> None:
    build_base("plain", repository / "later")
    (repository / "sub/empty").mkdir()
    (repository / "sub/empty/note").write_text("")
    commit(repository, "v2.0.0")

    assert "not in that revision" in muster("validate", f"{repository / 'later'}@v1.0.0").stderr
    assert muster("validate", f"{repository / 'later'}@v2.0.0").code == 0
    assert "no datapackage.json" in muster("validate", f"{repository / 'sub/empty'}@v2.0.0").stderr


def test_outside_a_checkout_there_are_no_revisions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(build_base("plain", tmp_path / "package"))

    result = muster("validate", "@v1.0.0")

    assert result.code == 4
    assert "not in a git checkout" in result.stderr


def test_without_git_it_is_4(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(repository))

    result = muster("validate", f"{repository / 'sub/package'}@v1.0.0")

    assert result.code == 4
    assert "git is not installed" in result.stderr


def test_what_is_not_a_repository_to_git_is_4_in_the_words_of_git(tmp_path: Path) -> None:
    package = build_base("plain", tmp_path / "package")
    (package / ".git").write_text("gitdir: nowhere")

    result = muster("validate", f"{package}@main")

    assert result.code == 4
    assert "git says: not a git repository" in result.stderr


@pytest.mark.skipif(os.getuid() != 0, reason="only root can give a folder away")
def test_a_repository_of_somebody_else_is_4_in_the_words_of_git(repository: Path) -> None:
    for path in (repository, repository / ".git"):
        os.chown(path, 65534, 65534)

    result = muster("validate", f"{repository / 'sub/package'}@main")

    assert result.code == 4
    assert "detected dubious ownership" in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_only_what_the_package_needs_is_copied(repository: Path) -> None:
    package = repository / "sub/package"
    for name in ("notes.md", "data/unlisted.csv", "src/module.py", "elsewhere/table.csv"):
        (package / name).parent.mkdir(exist_ok=True)
        (package / name).write_text("a\n1\n")
    text = (package / "datapackage.json").read_text()
    (package / "datapackage.json").write_text(text.replace('"data/people.csv"', '"elsewhere/table.csv"', 1))
    commit(repository, "v1.1.0")

    files = _files(f"{package}@v1.1.0")

    assert {"data/people.csv", "data/unlisted.csv", "elsewhere/table.csv", "schemas/people.json"} <= set(files)
    assert not {"notes.md", "src/module.py"} & set(files)


@pytest.mark.parametrize("link", ["data/people.csv", "data", "datapackage.json"])
def test_a_link_is_refused_as_in_a_folder_and_leads_nowhere(link: str, repository: Path) -> None:
    package = repository / "sub/package"
    (package / link).rename(repository / "moved")
    (package / link).symlink_to(repository / "moved")
    commit(repository)

    with opened(f"{package}@main") as folder:
        found = {finding.check for finding in validate(folder, ("structure",))}

    assert found == {finding.check for finding in validate(package, ("structure",))} == {"path-symlink"}


def test_what_lfs_keeps_elsewhere_is_reported_as_such(repository: Path) -> None:
    package = repository / "sub/package"
    pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:" + "0" * 64 + "\nsize 12345\n"
    (package / "data/people.csv").write_text(pointer)
    commit(repository)

    assert "not-csv" in muster("validate", f"{package}@main", "--format", "json").stdout


def test_submodules_are_left_out(repository: Path, tmp_path: Path) -> None:
    commit_id = git(repository, "rev-parse", "HEAD")
    git(repository, "update-index", "--add", "--cacheinfo", f"160000,{commit_id},sub/package/data/module")
    git(repository, "commit", "--quiet", "-m", "a submodule")

    assert not [name for name in _files(f"{repository / 'sub/package'}@main") if "module" in name]


def test_the_bytes_are_those_that_were_committed_and_no_program_of_the_repository_is_run(
    repository: Path, tmp_path: Path
) -> None:
    package = repository / "sub/package"
    (repository / ".gitattributes").write_text(
        "*.csv filter=evil diff=evil text eol=crlf export-ignore working-tree-encoding=UTF-16\n"
    )
    commit(repository)
    committed = git(repository, "show", "main:sub/package/data/people.csv")
    alarm = f"touch {tmp_path / 'alarm'}; cat"
    for name in ("filter.evil.smudge", "filter.evil.clean", "diff.evil.textconv", "core.fsmonitor", "core.pager",
                 "core.sshCommand", "core.editor", "alias.ls-tree", "alias.rev-parse", "alias.cat-file"):  # fmt: skip
        git(repository, "config", name, f"!{alarm}" if name.startswith("alias") else alarm)
    for name in ("post-checkout", "reference-transaction", "pre-auto-gc", "post-index-change"):
        hook = repository / ".git/hooks" / name
        hook.parent.mkdir(exist_ok=True)
        hook.write_text(f"#!/bin/sh\n{alarm}\n")
        hook.chmod(0o755)

    with opened(f"{package}@main") as folder:
        assert (folder.root / "data/people.csv").read_text() == f"{committed}\n"

    assert not (tmp_path / "alarm").exists()


def test_the_environment_of_a_hook_does_not_lead_to_another_repository(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "other").mkdir()
    commit(tmp_path / "other", "v2.0.0")
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "other/.git"))
    monkeypatch.setenv("GIT_WORK_TREE", str(tmp_path / "other"))

    assert "datapackage.json" in _files(f"{repository / 'sub/package'}@v1.0.0")


def test_a_worktree_is_a_checkout(repository: Path, tmp_path: Path) -> None:
    git(repository, "worktree", "add", "--quiet", str(tmp_path / "tree"), "-b", "other")

    assert muster("validate", f"{tmp_path / 'tree/sub/package'}@v1.0.0").code == 0


def _tree(repository: Path, *entries: tuple[str, str, str]) -> str:
    """A tree that git itself would not make: (mode, object, name)."""
    data = b"".join(f"{mode} {name}\0".encode() + bytes.fromhex(id) for mode, id, name in entries)
    done = subprocess.run(
        ["git", "-C", repository, "hash-object", "-t", "tree", "-w", "--stdin", "--literally"],
        input=data, capture_output=True, check=True,
    )  # fmt: skip
    return done.stdout.decode().strip()


def _commit_tree(repository: Path, tree: str) -> str:
    return git(repository, "commit-tree", "-m", "hostile", tree)


def test_a_tree_made_to_write_elsewhere_is_refused(repository: Path, tmp_path: Path) -> None:
    descriptor = git(repository, "rev-parse", "main:sub/package/datapackage.json")
    blob = git(repository, "rev-parse", "main:sub/package/data/people.csv")
    link = subprocess.run(
        ["git", "-C", repository, "hash-object", "-w", "--stdin"],
        input=str(tmp_path).encode(), capture_output=True, check=True,
    ).stdout.decode().strip()  # fmt: skip
    inner = _tree(repository, ("100644", blob, "stolen.csv"))
    climbing = _tree(repository, ("40000", inner, ".."))
    before = sorted(tmp_path.glob("*"))

    for entries in (
        [("40000", _tree(repository, ("40000", climbing, "..")), "data")],
        [("120000", link, "data"), ("40000", inner, "data")],
        [("100644", blob, "data"), ("40000", inner, "data")],
    ):
        tree = _tree(repository, *entries, ("100644", descriptor, "datapackage.json"))
        with pytest.raises(Refused), opened(f"{repository}@{_commit_tree(repository, tree)}"):
            pass

    assert sorted(tmp_path.glob("*")) == before


def test_an_object_that_a_partial_clone_lacks_is_4_and_not_fetched(repository: Path) -> None:
    path = repository / "sub/package/datapackage.json"
    path.write_text(path.read_text().replace('"data/people.csv"', '"data"', 1))
    named = git(repository, "hash-object", "-w", str(path))
    tree = _tree(repository, ("100644", "1" * 40, "data"), ("100644", named, "datapackage.json"))

    with (
        pytest.raises(Unavailable, match="clone is not complete"),
        opened(f"{repository}@{_commit_tree(repository, tree)}"),
    ):
        pass


@pytest.mark.parametrize(
    ("limit", "words"),
    [
        ("FILE_BYTES", "has more than 600 bytes"),
        ("PACKAGE_FILES", "more than 600 files"),
        ("PACKAGE_BYTES", "more than 600 bytes come out"),
    ],
)
def test_a_revision_over_a_limit_is_3_and_git_is_not_left_running(
    limit: str, words: str, repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = repository / "sub/package"
    (package / "datapackage.json").write_text('{"name": "x", "resources": []}')
    (package / ("data/large.csv" if "BYTES" in limit else "data/none.csv")).write_text(
        "x" * 3_000_000 * ("BYTES" in limit)
    )
    for number in range(600):
        (package / f"data/{number}.csv").write_text("")
    commit(repository)
    monkeypatch.setattr(limits, limit, 600)

    result = muster("validate", f"{package}@main")

    assert result.code == 3
    assert words in result.stderr
