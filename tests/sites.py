"""Sites as tests look at them: every file in memory, every page as the tree that a browser makes of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from posixpath import normpath
from urllib.parse import unquote, urlsplit
from xml.etree.ElementTree import Element

import html5lib

from musterroll.package.folder import Folder
from musterroll.release.content import read_content
from musterroll.site.site import render
from musterroll.site.subject import Subject

# Attributes that make a browser ask for something, or go somewhere.
_ASKING = (
    "src",
    "href",
    "srcset",
    "action",
    "formaction",
    "data",
    "poster",
    "ping",
    "xlink:href",
    "{http://www.w3.org/1999/xlink}href",
)


def rendered(package: Path) -> dict[str, bytes]:
    """Every file of the site of a package, but the downloads."""
    return dict(render(Subject(read_content(Folder(package)))))


@dataclass(frozen=True)
class Pages:
    """The pages of a site, parsed as HTML5 without any fault."""

    trees: Mapping[str, Element]
    files: frozenset[str]

    @classmethod
    def of(cls, files: Mapping[str, bytes]) -> Pages:
        """Parse the pages among these files; a parse error is a failure."""
        parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
        return cls(
            {path: parser.parse(data) for path, data in files.items() if path.endswith(".html")}, frozenset(files)
        )

    def elements(self, tag: str) -> Iterator[tuple[str, Element]]:
        """All elements of a kind, each with the page on which it stands."""
        for path, tree in self.trees.items():
            yield from ((path, element) for element in tree.iter(tag))

    def addresses(self) -> Iterator[tuple[str, Element, str]]:
        """Page, element and address of whatever can be asked for."""
        for path, tree in self.trees.items():
            for element in tree.iter():
                for name, value in element.attrib.items():
                    if str(name) in _ASKING or (isinstance(name, tuple) and "href" in name):
                        yield path, element, value

    def ids(self, path: str) -> list[str]:
        """The ids on a page."""
        return [element.attrib["id"] for element in self.trees[path].iter() if "id" in element.attrib]

    def target(self, page: str, address: str) -> tuple[str, str]:
        """The file and the anchor that an address on a page names."""
        parts = urlsplit(address)
        path = normpath(str(PurePosixPath(page).parent / unquote(parts.path))) if parts.path else page
        return path, parts.fragment


def text_of(element: Element) -> str:
    """All text in an element."""
    return "".join(element.itertext())
