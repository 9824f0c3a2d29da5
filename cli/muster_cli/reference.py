"""The reference of all commands as one page, from the commands themselves: `python -m muster_cli.reference`."""

from __future__ import annotations

from collections.abc import Iterator

import click

from muster_cli.main import COMMANDS, cli

_WIDTH = 100
_BEGINNING = """# Commands

Made by `python -m muster_cli.reference` from the commands themselves; `muster COMMAND --help` says the same.

Exit codes: 0 clean, or no difference · 1 findings, or differences · 2 wrong use · 3 refused as unsafe or over a limit ·
4 nothing there, no permission, or a judge that is not installed · 70 a bug of ours · 130 interrupted · 141 closed pipe.
A check that could not run is a failure (1), never a pass. Data go to standard output, talk to standard error.
`NO_COLOR` turns colours off, `--quiet` progress and remarks. Bash completes commands and options after
`eval "$(_MUSTER_COMPLETE=bash_source muster)"`; `zsh_source` and `fish_source` do it for the others.
"""


def reference() -> str:
    """Every command with its help, in the order of the alphabet."""
    return _BEGINNING + "".join(_sections())


def _sections() -> Iterator[str]:
    with click.Context(cli, info_name="muster", terminal_width=_WIDTH, **cli.context_settings) as ctx:
        yield _section("muster", cli.get_help(ctx))
        for name in COMMANDS:
            command = cli.get_command(ctx, name)
            if command is not None:
                inner = click.Context(command, parent=ctx, info_name=name, terminal_width=_WIDTH)
                yield _section(f"muster {name}", command.get_help(inner))


def _section(title: str, text: str) -> str:
    return f"\n## {title}\n\n```text\n{text}\n```\n"


if __name__ == "__main__":
    click.echo(reference(), nl=False)
