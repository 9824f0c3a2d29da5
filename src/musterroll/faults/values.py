"""Faults of values: how a cell is written, and how numbers and codes are mistyped."""

from __future__ import annotations

from random import Random

from musterroll.faults.fault import Kind
from musterroll.faults.making import cell_kind
from musterroll.faults.original import Column

_ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
_CYRILLIC = str.maketrans("ABCEHKMOPTXaceopxy", "АВСЕНКМОРТХасеорху")


def _is_integer(column: Column) -> bool:
    return column.type == "integer" and is_number(column)


def is_number(column: Column) -> bool:
    """Whether it counts or measures something; a code made of digits does not."""
    is_code = column.name.endswith(("_code", "_id")) or column.name == "revision"
    return column.type in {"integer", "number"} and not column.is_linked and not is_code


def _is_code(column: Column) -> bool:
    return bool(column.codes)


def _is_patterned(column: Column) -> bool:
    return "pattern" in column.constraints and not column.is_key


def _is_text(column: Column) -> bool:
    return column.is_text


def _is_boolean(column: Column) -> bool:
    return column.type == "boolean"


def _is_required(column: Column) -> bool:
    return bool(column.constraints.get("required"))


def _is_code_of_digits(column: Column) -> bool:
    return column.type == "integer" and column.name.endswith("_code")


def _is_optional_number(column: Column) -> bool:
    return is_number(column) and not _is_required(column)


def _thousands(text: str, _: Random, __: Column) -> str | None:
    return f"{int(text):,}" if text.isdigit() and len(text) > 3 else None


def _underscored(text: str, _: Random, __: Column) -> str | None:
    return f"{int(text):_}" if text.isdigit() and len(text) > 3 else None


def _exponent(text: str, _: Random, __: Column) -> str | None:
    return f"{text[0]}E{len(text) - 1}" if text.isdigit() and len(text) > 1 and not text[1:].strip("0") else None


def _behind(what: str, text: str) -> str | None:
    return f"{text}{what}" if text else None


def digit_mistyped(text: str, random: Random, _: object = None) -> str | None:
    """One digit is another; the number keeps its length."""
    if not text.isdigit():
        return None
    at = random.randrange(len(text))
    wrong = random.choice([digit for digit in "123456789" if digit != text[at]])
    return text[:at] + wrong + text[at + 1 :]


def digits_exchanged(text: str, random: Random, _: object = None) -> str | None:
    """Two neighbouring digits are exchanged."""
    places = [at for at in range(len(text) - 1) if text[at] != text[at + 1] and (at or text[at + 1] != "0")]
    if not text.isdigit() or not places:
        return None
    at = random.choice(places)
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]


def _lost_digit(text: str, _: Random, __: Column) -> str | None:
    return text[:-1] if text.isdigit() and len(text) > 1 else None


def _doubled_digit(text: str, random: Random, _: Column) -> str | None:
    if not text.isdigit() or text == "0":
        return None
    at = random.randrange(len(text))
    return text[: at + 1] + text[at:]


def _misspelt(text: str, random: Random, column: Column) -> str | None:
    at = random.randrange(1, len(text)) if len(text) > 2 else 0
    wrong = text[:at] + text[at + 1 :]
    return wrong if at and wrong not in column.codes else None


def _homoglyph(text: str, _: Random, __: Column) -> str | None:
    for char in text:
        other = char.translate(_CYRILLIC)
        if other != char:
            return text.replace(char, other, 1)
    return None


def _cut_text(text: str, _: Random, __: Column) -> str | None:
    """Within a word of the last third."""
    for at in range(max(12, len(text) * 2 // 3), len(text) - 4):
        if text[at - 1].isalnum() and text[at].isalnum():
            return text[:at]
    return None


def _escaped(text: str, _: Random, __: Column) -> str | None:
    changed = text.replace("&", "&amp;").replace("'", "&#39;").replace('"', "&quot;")
    return changed if changed != text else None


_S = "values"
KINDS: tuple[Kind, ...] = (
    cell_kind(
        "non-breaking-space",
        _S,
        "a non-breaking space stands behind a number",
        is_number,
        lambda text, *_: _behind("\u00a0", text),
    ),
    cell_kind(
        "space-behind-number", _S, "a space stands behind a number", is_number, lambda text, *_: _behind(" ", text)
    ),
    cell_kind("space-behind-code", _S, "a space stands behind a code", _is_code, lambda text, *_: _behind(" ", text)),
    cell_kind(
        "space-before-text", _S, "a space stands before a text", _is_text, lambda text, *_: f" {text}" if text else None
    ),
    cell_kind(
        "arabic-digits",
        _S,
        "a number is written in Arabic digits",
        is_number,
        lambda text, *_: text.translate(_ARABIC),
    ),
    cell_kind("thousands-separator", _S, "thousands are parted by a comma", is_number, _thousands),
    cell_kind("underscore", _S, "thousands are parted by an underscore", is_number, _underscored),
    cell_kind(
        "float", _S, "a whole number has become a float (200.0)", _is_integer, lambda text, *_: _behind(".0", text)
    ),
    cell_kind("exponent", _S, "a spreadsheet has written a number as 1E8", is_number, _exponent),
    cell_kind(
        "leading-zero",
        _S,
        "a zero stands before a number",
        is_number,
        lambda text, *_: f"0{text}" if text.isdigit() else None,
    ),
    cell_kind(
        "missing-marker", _S, "NA stands where a number is missing", is_number, lambda text, *_: None if text else "NA"
    ),
    cell_kind(
        "missing-marker-in-text",
        _S,
        "N/A stands where a text is missing",
        _is_text,
        lambda text, *_: None if text else "N/A",
    ),
    cell_kind(
        "sentinel", _S, "-99 stands where a number is missing", is_number, lambda text, *_: None if text else "-99"
    ),
    cell_kind(
        "spreadsheet-error",
        _S,
        "a spreadsheet has left #REF! in a number",
        is_number,
        lambda text, *_: "#REF!" if text else None,
    ),
    cell_kind(
        "spreadsheet-error-in-text",
        _S,
        "a spreadsheet has left #NAME? in a text",
        _is_text,
        lambda text, *_: "#NAME?" if text else None,
    ),
    cell_kind(
        "formula", _S, "a text has become a formula", _is_text, lambda text, *_: '=HYPERLINK("x")' if text else None
    ),
    cell_kind(
        "boolean-capitals", _S, "a truth value is written in capitals", _is_boolean, lambda text, *_: text.upper()
    ),
    cell_kind("code-capitals", _S, "a code is written in capitals", _is_code, lambda text, *_: text.upper()),
    cell_kind("code-misspelt", _S, "a code has lost a letter", _is_code, _misspelt),
    cell_kind(
        "code-small",
        _S,
        "an identifier or country is written in small letters",
        _is_patterned,
        lambda text, *_: text.lower(),
    ),
    cell_kind("homoglyph", _S, "a Latin letter of a code is a Cyrillic one", _is_code, _homoglyph),
    cell_kind("html-escaped", _S, "a web page's &#39; stands in a text", _is_text, _escaped),
    cell_kind("text-cut", _S, "a text is cut off", _is_text, _cut_text, "a shorter text is a text"),
    cell_kind("digit-mistyped", _S, "one digit of a number is another", is_number, digit_mistyped),
    cell_kind("digits-exchanged", _S, "two digits of a number are exchanged", is_number, digits_exchanged),
    cell_kind("digit-lost", _S, "a number has lost its last digit", is_number, _lost_digit),
    cell_kind("digit-doubled", _S, "a digit of a number is typed twice", is_number, _doubled_digit),
    cell_kind(
        "code-of-digits",
        _S,
        "a digit of a country's number is another",
        _is_code_of_digits,
        digit_mistyped,
        "the number is that of another list, and no other cell holds it",
    ),
    cell_kind(
        "minus",
        _S,
        "a minus stands before a number",
        is_number,
        lambda text, *_: f"-{text}" if text.isdigit() and int(text) else None,
    ),
    cell_kind(
        "required-emptied",
        _S,
        "a cell that may not be empty is empty",
        _is_required,
        lambda text, *_: "" if text else None,
    ),
    cell_kind(
        "optional-emptied",
        _S,
        "a number that may be empty is emptied",
        _is_optional_number,
        lambda text, *_: "" if text else None,
    ),
)
