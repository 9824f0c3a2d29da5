"""Pages as Jinja templates: everything that is put in is escaped, and a name that is missing is an error."""

from __future__ import annotations

from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from musterroll.release.metadata.inert import shown


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("musterroll.site", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_visible,
    )


def template(name: str) -> Template:
    """The template in the file of that name."""
    return _environment().get_template(f"{name}.html.j2")


def _visible(value: Any) -> Any:
    """Text on one line, with what nobody could see written out, so that no cell can forge or turn around another."""
    return shown(value) if isinstance(value, str) and not isinstance(value, Markup) else value
