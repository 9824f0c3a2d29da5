"""Where a package may come from: a folder, a zip archive, a git revision or a URL."""

from musterroll.package.sources.opened import opened, opened_previous
from musterroll.package.sources.target import Kind, kind_of

__all__ = ["Kind", "kind_of", "opened", "opened_previous"]
