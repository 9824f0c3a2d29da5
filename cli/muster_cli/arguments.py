"""Arguments that commands share."""

from __future__ import annotations

from pathlib import Path

import click

_NOT_YET = "so far a package is opened from a folder or its datapackage.json only"


def _package(ctx: click.Context, parameter: click.Parameter, value: str) -> Path:
    """The folder of a package; other ways to name one are told apart before they are taken for a path."""
    path = Path(value)
    if "://" in value:
        raise click.BadParameter(f"{value} is a URL; {_NOT_YET}. Download it first.", ctx, parameter)
    if path.is_file() and path.suffix in {".zip", ".tar", ".gz", ".7z"}:
        raise click.BadParameter(f"{value} is an archive; {_NOT_YET}. Unpack it first.", ctx, parameter)
    if "@" in value and not path.exists():
        raise click.BadParameter(f"{value} names a revision or release; {_NOT_YET}.", ctx, parameter)
    return path


def _release(ctx: click.Context, parameter: click.Parameter, value: str | None) -> Path | None:
    return None if value is None else _package(ctx, parameter, value)


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

package_argument = click.argument("package", default=".", callback=_package)
against_option = click.option(
    "--against", metavar="OLD", callback=_release, help="The release before, to compare with: a folder."
)
output_option = click.option(
    "--output", metavar="FILE", callback=_output, help="Write the result to FILE (- is standard output)."
)
