"""How `make docs` builds the pages: the files of the repository under their own paths, so that one link serves both.

The source folder is the root of the repository (`sphinx-build -c docs . build/docs`). A link from a page to
a page leads to a page; a link to any other file leads to a copy of that file.
"""

from __future__ import annotations

import posixpath
import re
from typing import Any

from musterroll import __version__

project = "musterroll and haiti-mss"
author = "the contributors"
version = release = __version__
language = "en"

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx_copybutton"]
root_doc = "docs/index"
source_suffix = {".md": "markdown"}
include_patterns = [
    "docs/**",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "SECURITY.md",
    "examples/*/README.md",
    "releases/*/CHANGELOG.md",
]
# What need not be walked through to find them, besides what is hidden.
exclude_patterns = [".*", "benchmarks", "build", "cli", "data", "dist", "schemas", "src", "tests", "validators"]

myst_heading_anchors = 4  # as on the pages of a repository, so that `rules.md#the-382` means the same in both
myst_links_external_new_tab = False
myst_enable_extensions = ["attrs_inline"]
highlight_language = "none"
suppress_warnings = ["misc.highlighting_failure"]  # there is no lexer for `csv`, and none is needed

autodoc_member_order = "bysource"
autodoc_typehints = "signature"
default_role = "literal"  # one backtick in a docstring is code, as on every other page
# Nothing is fetched for a build, so the types of other libraries have no page to lead to.
nitpick_ignore_regex = [(r"py:(class|obj|exc|data)", r".*")]

html_theme = "furo"
html_title = project
html_extra_path = ["entry"]  # the first address of the site leads to the first page
html_static_path = ["style"]
html_css_files = ["wide.css"]
html_copy_source = False
html_show_copyright = False
html_theme_options = {"navigation_with_keys": True}
copybutton_prompt_text = "$ "  # the prompt and the answer are not copied

# Pages whose children are all that is beside them.
_CHILDREN = {
    "docs/checks/README": "*",
    "docs/codebook/README": "*",
    "docs/curation/README": "*",
    "docs/decisions/README": "*",
    "docs/reference/mission-record": "/examples/*/README",
    "CHANGELOG": "releases/*/CHANGELOG",
}
_LISTS = {"docs/decisions/README"}  # a page that has no list of its children gets one
_SECTION = re.compile(r"^## (.+)\n((?:(?!^## ).*\n?)*)", re.MULTILINE)
_ENTRY = re.compile(r"^- \[(.+?)\]\(([^)#]+)\.md\)", re.MULTILINE)
_ANCHOR = re.compile(r'<a id="([^"]+)"></a>')


def setup(app: Any) -> None:
    """Pages are plain Markdown for readers of the repository; what only the site needs is added while it is built."""
    app.connect("source-read", _for_the_site)
    app.connect("html-page-context", _for_all_readers, priority=900)  # after the theme


def _for_the_site(_: Any, name: str, source: list[str]) -> None:
    source[0] = _ANCHOR.sub(r'[]{id="\1"}', source[0])
    if name == root_doc:
        source[0] += "".join(_navigation(caption, entries) for caption, entries in _SECTION.findall(source[0]))
    if name in _CHILDREN:
        source[0] += _contents([_CHILDREN[name]], ":glob:", hidden=name not in _LISTS)


def _navigation(caption: str, entries: str) -> str:
    """Each list of links on the first page is a part of the navigation, so that there is one list for all readers."""
    pages = [
        f"{title.replace('`', '')} </{posixpath.normpath(f'docs/{path}')}>" for title, path in _ENTRY.findall(entries)
    ]
    return _contents(pages, f":caption: {caption}", hidden=True)


def _contents(pages: list[str], option: str, *, hidden: bool) -> str:
    options = [option, ":hidden:" if hidden else ":maxdepth: 1"]
    return "\n```{toctree}\n" + "\n".join([*options, "", *pages]) + "\n```\n"


def _for_all_readers(_: Any, __: str, ___: str, context: dict[str, Any], ____: Any) -> None:
    """What the theme leaves out: the level of a heading in the navigation, and code that scrolls without a mouse."""
    context["body"] = context.get("body", "").replace("<pre>", '<pre tabindex="0">')
    context["furo_navigation_tree"] = context["furo_navigation_tree"].replace(
        'role="heading"', 'role="heading" aria-level="2"'
    )
