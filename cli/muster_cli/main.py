"""The group `muster`: commands are imported only when they are asked for, errors become exit codes."""

from __future__ import annotations

import os
import sys
from importlib import import_module

import click

from muster_cli.exit_codes import INTERNAL, INTERRUPTED, PIPE_CLOSED, code_of
from musterroll.errors import MusterError

# The visible list of commands: each is a module of this name in muster_cli.commands, with a click command of this name.
COMMANDS = ("balance", "checks", "explain", "fmt", "validate")

_EPILOG = """\b
Examples:
  muster validate                      check the package in this folder
  muster validate --format github      annotate a pull request
  muster balance --as-of 2024-10-11    who promised and who was there that day
  muster fmt --check                   is every file in canonical form?
"""


class ReaderLeftError(Exception):
    """The reader of our output closed the pipe; click would end with 1, which means findings."""


class LazyGroup(click.Group):
    """A group that imports a command's module when the command is looked up."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in alphabetical order."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, or None."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = getattr(import_module(f"muster_cli.commands.{cmd_name}"), cmd_name)
        return command

    def invoke(self, ctx: click.Context) -> object:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError as error:
            raise ReaderLeftError from error


def _print_version(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted:
        from muster_cli.versions import versions

        click.echo(versions())
        ctx.exit()


@click.group(cls=LazyGroup, epilog=_EPILOG, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--version", is_flag=True, expose_value=False, is_eager=True, callback=_print_version,
              help="Show the versions of toolkit, profile and libraries.")  # fmt: skip
@click.option("--debug", is_flag=True, expose_value=False, help="Show the traceback if muster itself fails.")
@click.option("--quiet", "-q", is_flag=True, help="No progress and no remarks on stderr.")
@click.pass_context
def cli(ctx: click.Context, *, quiet: bool) -> None:
    """Check, format and question data packages whose every figure has a source.

    To pass muster is to be found good. Exit codes: 0 clean, 1 findings, 2 wrong
    use, 3 refused as unsafe, 4 nothing there or no permission, 70 a bug of ours.
    """
    ctx.obj = {"quiet": quiet}


def main() -> None:
    """Run `muster`, turning every way to end into its exit code; never a traceback unless asked for."""
    try:
        code = cli.main(prog_name="muster", standalone_mode=False)
        sys.stdout.flush()
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except MusterError as error:
        click.echo(f"muster: {error}", err=True)
        code = code_of(error)
    except (KeyboardInterrupt, click.Abort):
        code = INTERRUPTED
    except (ReaderLeftError, BrokenPipeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # nothing more to say to a closed pipe
        code = PIPE_CLOSED
    except OSError as error:
        click.echo(f"muster: {error.filename or 'output'}: {error.strerror}", err=True)
        code = code_of(error)
    except Exception as error:  # the outermost boundary: a bug of ours must not look like bad data (exit 1)
        if "--debug" in sys.argv:
            raise
        click.echo(f"muster: a bug of ours: {type(error).__name__}: {error} (--debug shows where)", err=True)
        code = INTERNAL
    sys.exit(code)
