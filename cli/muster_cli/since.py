"""What `--since REV` names: a git revision of the package's own folder, or any package."""

from __future__ import annotations

import os.path
from pathlib import Path

import click

from musterroll.package.descriptor import DESCRIPTOR
from musterroll.package.sources import Kind, kind_of, split_release
from musterroll.package.sources.target import split_revision


def package_since(ctx: click.Context, package: str, revision: str) -> str:
    """What `musterroll.package.sources.opened` takes for `--since`, from the word of the user.

    An existing path, a URL, a release NAME@VERSION and PATH@REV mean what they
    always mean; anything else (main, @main, origin/main~2, HEAD@{1}) is a revision
    of the folder in which the package lies. Raises `click.BadParameter` if it lies in none.
    """
    if _names_a_package(revision):
        return revision
    if kind_of(package) is not Kind.FOLDER:
        where = f"{package} is no folder, so it has no revision {revision}; name a package instead."
        raise click.BadParameter(where, ctx, param_hint="--since")
    path = Path(package)
    folder = path.parent if path.name == DESCRIPTOR and not path.is_dir() else path
    return f"{folder}@{revision.removeprefix('@')}"


def _names_a_package(text: str) -> bool:
    if os.path.lexists(text):
        return True
    kind = kind_of(text)
    if text.startswith("@") or kind is Kind.FOLDER:
        return False
    if kind is Kind.RELEASE:
        return split_release(text) is not None
    return kind is not Kind.REVISION or split_revision(text) is not None
