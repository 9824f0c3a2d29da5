"""Pages as Jinja templates: everything that is put in is escaped, and a name that is missing is an error."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template


@cache
def _environment() -> Environment:
    loader = PackageLoader("muster_cli.render", "templates")
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)


def template(name: str) -> Template:
    """The template in the file of that name."""
    return _environment().get_template(name)
