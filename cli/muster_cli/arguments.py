"""Arguments that commands share."""

from __future__ import annotations

from pathlib import Path

import click

from musterroll.package.sources import Kind, kind_of, split_release

_ARCHIVES = (".tar", ".gz", ".tgz", ".bz2", ".xz", ".7z", ".rar")
_WAYS = "a folder, its datapackage.json, a .zip, a git revision (@v1.2.0, PATH@REV), a release (NAME@1.0.0) or a URL"


def named_package(ctx: click.Context, parameter: click.Parameter, value: str) -> str:
    """What names a package, for `musterroll.package.sources.opened`; what can name none is wrong use."""
    if kind_of(value) is Kind.RELEASE and split_release(value) is None:
        raise click.BadParameter(
            f"{value} is no path, and no release, which is named NAME@VERSION (haiti-mss@1.0.0, haiti-mss@latest).",
            ctx, parameter,
        )  # fmt: skip
    if value.lower().endswith(_ARCHIVES) and Path(value).is_file():
        raise click.BadParameter(f"{value} is no zip archive. Unpack it first.", ctx, parameter)
    return value


def _release(ctx: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    return None if value is None else named_package(ctx, parameter, value)


def _folder(ctx: click.Context, parameter: click.Parameter, value: str) -> Path:
    """A package that is to be changed, which only a folder can be."""
    if kind_of(value) is not Kind.FOLDER:
        raise click.BadParameter(f"{value} is not a folder, and only in a folder files can be changed.", ctx, parameter)
    return Path(value)


def _output(_: click.Context, __: click.Parameter, value: str | None) -> Path | None:
    if value in {None, "-"}:
        return None
    if not value:
        raise click.BadParameter("the name of the file is empty")
    if Path(value).is_dir():
        raise click.BadParameter(f"{value} is a folder")
    return Path(value)


# The names of muster_validators.LAYERS, known without importing it; a test compares them.
LAYERS = ("structure", "facts", "plausibility")
CATALOGUES = (*LAYERS, "gate")

package_argument = click.argument("package", default=".", callback=named_package)
old_argument = click.argument("old", required=False, callback=_release)
folder_argument = click.argument("package", default=".", callback=_folder)
against_option = click.option(
    "--against", metavar="OLD", callback=_release, help=f"The release before, to compare with: {_WAYS}."
)
new_since_option = click.option(
    "--new-since", metavar="OLD", callback=_release,
    help="Findings that OLD, any package, has too are shown as known and do not fail.",
)  # fmt: skip
base_option = click.option(
    "--base", metavar="BASE", callback=_release,
    help="What a branch wants to join, such as @origin/main: only waivers that stand there count.",
)  # fmt: skip
output_option = click.option(
    "--output", metavar="FILE", callback=_output, help="Write the result to FILE (- is standard output)."
)
policy_option = click.option(
    "--policy", type=click.Choice(["consumer", "recipe"]), default="consumer",
    help="What a change requires: consumer, for those whose code reads the tables; recipe, as the Data Package recipe.",
)  # fmt: skip
