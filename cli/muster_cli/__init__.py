"""The command `muster`: parse, call, render."""

from muster_cli.main import main

__all__ = ["main"]
