"""The group `muster`: commands are imported only when they are asked for, errors become exit codes."""

from __future__ import annotations

import contextlib
import io
import os
import signal
import sys
import threading
from importlib import import_module

import click

from muster_cli.exit_codes import CLEAN, INTERNAL, INTERRUPTED, PIPE_CLOSED, UNAVAILABLE, WRONG_USE, code_of
from muster_cli.render.visible import visible
from musterroll.errors import MusterError

# The visible list of commands: each is a module of this name in muster_cli.commands, with a click command of this name.
COMMANDS = (
    "apply",
    "balance",
    "checks",
    "codebook",
    "diff",
    "explain",
    "fetch",
    "fmt",
    "gate",
    "history",
    "init",
    "mutate",
    "new",
    "query",
    "release",
    "site",
    "show",
    "validate",
    "verify",
    "version",
    "yank",
)

_COMPLETE = "_MUSTER_COMPLETE"  # set by the shell that wants words to be completed
_LONGEST = 2000  # characters of an error: a path can be long
_EPILOG = """\b
Examples:
  muster validate                      check the package in this folder
  muster validate --format github      annotate a pull request
  muster diff @v1.0.0                  what changed here since that revision
  muster version @v1.0.0               which version does that require?
  muster balance --as-of 2024-10-11    who promised and who was there that day
  muster fmt --check                   is every file in canonical form?
  muster new deployments               begin a row: the next free id, its evidence
"""


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
    if sys.stdout is None:  # closed by the caller
        _say("muster: there is no standard output")
        sys.exit(UNAVAILABLE)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # in an old locale ✔ becomes \u2714 instead of a crash
            stream.reconfigure(errors="backslashreplace")
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, _terminated)
    sys.exit(_run())


def _terminated(*_: object) -> None:
    """Being told to end is like Ctrl-C: what was begun is taken back, and nothing temporary is left."""
    raise KeyboardInterrupt


def _run() -> int:
    """The exit code of one run, with its one remark made."""
    try:
        code = int(cli.main(prog_name="muster", standalone_mode=False) or CLEAN)
        sys.stdout.flush()
    except click.ClickException as error:
        _say(error.format_message() if error.exit_code != WRONG_USE else _usage(error))
        return error.exit_code
    except MusterError as error:
        _say(f"muster: {visible(str(error), _LONGEST)}")
        return code_of(error)
    except (KeyboardInterrupt, click.Abort):
        return INTERRUPTED
    except (BrokenPipeError, SystemExit) as end:  # click itself exits on a closed pipe, and after completing a word
        if _COMPLETE in os.environ and isinstance(end, SystemExit):
            return int(end.code or CLEAN)
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # nothing more to say to a closed pipe
        return PIPE_CLOSED
    except OSError as error:
        _say(f"muster: {error.filename or 'output'}: {error.strerror}")
        return code_of(error)
    except Exception as error:  # the outermost boundary: a bug of ours must not look like bad data (exit 1)
        if "--debug" in sys.argv:
            raise
        if isinstance(error, ImportError) and not str(error.name).startswith("muster"):
            _say(f"muster: {error.name} cannot be imported; install musterroll again, with all that it needs")
            return UNAVAILABLE
        what = visible(f"{type(error).__name__}: {error}", _LONGEST)
        _say(f"muster: a bug of ours: {what} (muster --debug … shows where)")
        return INTERNAL
    return code


def _usage(error: click.ClickException) -> str:
    """Wrong use, with the line that shows the right one."""
    ctx = error.ctx if isinstance(error, click.UsageError) else None
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        return error.format_message()
    usage = f"{ctx.get_usage()}\nTry '{ctx.command_path} --help' for help.\n\n" if ctx else ""
    return f"{usage}Error: {error.format_message()}"


def _say(text: str) -> None:
    """One remark on stderr, if there is somebody to hear it."""
    with contextlib.suppress(OSError):
        click.echo(text, err=True)
