"""Where a package may come from: a folder, a zip archive, a git revision, a URL, or a release by its name."""

from musterroll.package.sources.opened import opened, opened_previous
from musterroll.package.sources.target import Kind, kind_of, split_release

__all__ = ["Kind", "kind_of", "opened", "opened_previous", "split_release"]
