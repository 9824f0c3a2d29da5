"""How to cite a release: as a sentence, and for BibTeX."""

from __future__ import annotations

import re
from collections.abc import Mapping

from musterroll.release.metadata.contributors import Contributor
from musterroll.release.metadata.describe import Description

_LATEX: Mapping[str, str] = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{char: f"\\{char}" for char in "{}%#&$_"},
}


def citation(described: Description) -> str:
    """Authors (year). Title (version) [Data set]. DOI or URL."""
    authors = "; ".join(person.inverted for person in described.authors) or described.collective
    year = described.created[:4] if described.created else "no date"
    sentence = f"{authors} ({year}). {described.title} (version {described.version}) [Data set]."
    return f"{sentence} {described.address}" if described.address else sentence


def bibtex(described: Description) -> str:
    """An entry for BibTeX and BibLaTeX; every text is LaTeX that prints as it reads."""
    facts = {
        "author": " and ".join(map(_author, described.authors)) or _whole(described.collective),
        "title": _whole(described.title),
        "year": described.created[:4] if described.created else None,
        "version": _latex(described.version),
        "note": f"Data set, version {_latex(described.version)}",
        "doi": described.doi,
        "url": described.homepage,
    }
    key = re.sub(r"[^A-Za-z0-9]+", "-", f"{described.name}-{described.version}").strip("-")
    lines = [f"  {name} = {{{value}}}" for name, value in facts.items() if value]
    return f"@misc{{{key},\n" + ",\n".join(lines) + "\n}"


def _author(person: Contributor) -> str:
    """Braces keep an organisation's name from being taken apart at its last word."""
    if person.family and person.given:
        return f"{_whole(person.family)}, {_whole(person.given)}"
    return _whole(person.inverted)


def _whole(text: str) -> str:
    return f"{{{_latex(text)}}}"


def _latex(text: str) -> str:
    return "".join(_LATEX.get(char, char) for char in " ".join(text.split()))
