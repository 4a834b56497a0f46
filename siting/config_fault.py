"""What is wrong with the text of a study: all of it at once, with its place and what is meant."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, Generic, TypeVar, get_args

import yaml
from pydantic import BaseModel, ValidationError

from siting.config_number import meant, number_hint, unit_of
from siting.errors import ConfigError, Located
from siting.file_place import byte_place
from siting.yaml_place import Loc, Places, dotted, placed, without

if TYPE_CHECKING:
    from pathlib import Path

M = TypeVar("M", bound=BaseModel)

MOST_ROUNDS = 8
"""A study is read anew without what is wrong with it up to so often."""

WIDE = str.maketrans(
    "\uff1a\uff0c\uff3b\uff3d\uff5b\uff5d\uff03\u3000\u201c\u201d\u2018\u2019", ":,[]{}# \"\"''"
)
"""Full-width marks that YAML takes for letters."""

PATTERNS = {
    r"^[a-z0-9][a-z0-9_-]*$": "small letters, digits, - and _",
    r"^[A-Za-z0-9_-]+$": "letters, digits, - and _",
}
"""What a pattern of the settings asks for, in words."""

STAND_INS: dict[str, object] = {
    "study": "study",
    "title_ja": "-",
    "title_en": "-",
    "periods": {"start": 2025, "end": 2050, "step_years": 5},
    "discount_rate": 0.05,
    "carbon_price": "none",
    "growth": {},
    "technologies": {"nothing": {}},
    "candidates": {"from": []},
    "places": [],
    "instance": {},
}
"""What the checks of the rest go by where a section is missing or wrong; nothing is solved."""

NUMBERS = {"float_parsing", "float_type", "int_parsing", "int_type", "int_from_float"}


@dataclass
class Reading(Generic[M]):
    """What could be read of a study.

    Attributes
    ----------
    study : the study without what is wrong with it; none if too little is left.
    faults : place and message of each fault, in the order found.
    lost : sections, by name, of which something was left out or not there.
    """

    study: M | None = None
    places: Places = field(default_factory=Places)
    faults: dict[tuple[str, str], None] = field(default_factory=dict)
    lost: set[str] = field(default_factory=set)


def text_of(path: Path) -> str:
    """Return the text of the study at `path`.

    Raises
    ------
    ConfigError
        If there is no such file, or it is not UTF-8.
    """
    if not path.is_file():
        raise ConfigError(f"{path}: there is no such study. Look into configs/.")
    content = path.read_bytes()
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as fault:
        line, column = byte_place(content, fault.start)
        text = "the file is not UTF-8 here. Save it as UTF-8."
        raise ConfigError.of([Located(str(path), line, column, text)]) from None


def root_of(path: Path, text: str) -> yaml.MappingNode:
    """Return the document in the `text` of the study at `path`.

    Raises
    ------
    ConfigError
        If it is no YAML, or no mapping.
    """
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as fault:
        raise ConfigError.of([syntax_fault(path, text, fault)]) from None
    except yaml.reader.ReaderError as fault:
        line, column = byte_place(text.encode(), len(text[: fault.position].encode()))
        odd = f"the character U+{fault.character:04X} may not stand in YAML. Delete it."
        raise ConfigError.of([Located(str(path), line, column, odd)]) from None
    if not isinstance(root, yaml.MappingNode):
        text = "the study is no mapping, expected keys such as study."
        raise ConfigError.of([Located(str(path), 1, 1, text)])
    return root


def syntax_fault(path: Path, text: str, fault: yaml.MarkedYAMLError) -> Located:
    """Return where the `text` stops being YAML, or where what is open there began."""
    problem, mark = str(fault.problem), fault.problem_mark
    lines = text.splitlines()
    line, column = (mark.line, mark.column) if mark else (0, 0)
    if wide := wide_mark(lines, fault):
        line, column = wide
        found = lines[line][column]
        hint = f"'{found}' is full-width: write '{found.translate(WIDE)}'."
    elif (number := next((i for i, row in enumerate(lines) if row.count('"') % 2), line)) < line:
        line, column = number, lines[number].rindex('"')
        problem, hint = "the quote that opens here is not closed", "Check quotes and indentation."
    elif (began := fault.context_mark) is not None and problem.startswith(
        ("expected ',' or", "could not")
    ):
        line, column = began.line, began.column
        glued = re.match(r"\s*[\w-]+:\S", lines[line])
        hint = "A colon needs a space after it." if glued else "Check quotes and indentation."
    else:
        has_tab = line < len(lines) and "\t" in lines[line]
        hint = "Use spaces: a tab may not indent." if has_tab else "Check quotes and indentation."
    return Located(str(path), line + 1, column + 1, f"{problem}. {hint}")


def wide_mark(lines: list[str], fault: yaml.MarkedYAMLError) -> tuple[int, int] | None:
    """Return line and column, from 0, of a full-width mark where YAML wants a plain one."""
    for mark in (fault.context_mark, fault.problem_mark):
        if mark is None or mark.line >= len(lines):
            continue
        row = lines[mark.line].split(" #")[0]
        for column, letter in enumerate(row):
            if ord(letter) in WIDE:
                return mark.line, column
    return None


def reading(root: yaml.MappingNode, kind: type[M]) -> Reading[M]:
    """Return what can be read of the study in `root`, and every fault of it.

    What is wrong is left out and the rest read again: rules on what belongs together are only
    looked at where each value is right by itself.
    """
    found: Reading[M] = Reading()
    node: yaml.Node = root
    dropped: set[Loc] = set()
    for number in range(MOST_ROUNDS):
        content, places = placed(node)
        if not number:
            found.faults = dict.fromkeys(places.faults)
        stood_in = {name: value for name, value in STAND_INS.items() if name in found.lost}
        try:
            found.study, found.places = kind.model_validate(stood_in | content), places
            return found
        except ValidationError as fault:
            node = less_wrong(node, fault, places, kind, found, dropped)
    return found


def less_wrong(
    node: yaml.Node,
    fault: ValidationError,
    places: Places,
    kind: type[BaseModel],
    found: Reading[Any],
    dropped: set[Loc],
) -> yaml.Node:
    """Note every part of `fault` in `found`; return the document without what is wrong.

    What is wrong only because something was left out of it before goes without a word.
    """
    gone: set[Loc] = set()
    for error in fault.errors():
        loc = tuple(error["loc"])
        if not any(less[: len(loc)] == loc for less in dropped):
            found.faults.setdefault(told(error, places, kind))
        gone.add(dropped_loc(loc, error["type"], places))
        found.lost.add(str(loc[0]) if loc else "")
    dropped |= gone | {tuple(error["loc"]) for error in fault.errors()}
    return without(node, gone)


def dropped_loc(loc: Loc, kind: str, places: Places) -> Loc:
    """Return what to leave out for a fault at `loc`: a value, or the item of a list it is in."""
    if kind == "missing":
        loc = loc[:-1]
    while loc and loc not in places.values:
        loc = loc[:-1]
    numbers = [i for i, part in enumerate(loc) if isinstance(part, int)]
    return loc[: numbers[0] + 1] if numbers and kind != "extra_forbidden" else loc


def told(error: Any, places: Places, model: type[BaseModel]) -> tuple[str, str]:
    """Return place and words of a pydantic `error`: name is value, expected. What to do."""
    loc = tuple(error["loc"])
    name, kind, given = dotted(loc), error["type"], error.get("input")
    if kind == "extra_forbidden":
        near = get_close_matches(meant(str(loc[-1])), known_keys(model, loc[:-1]), n=1)
        hint = f" Did you mean '{near[0]}'?" if near else ""
        return places.at(loc, key=True), f"{name} is no setting.{hint}"
    if kind == "missing":
        return places.at(loc[:-1]), f"{name} is missing. Add it."
    reason = str(error["msg"]).removeprefix("Value error, ").split(", unable")[0].rstrip(".")
    if kind == "value_error":
        end = "" if reason.endswith("?") else "."
        return places.at(loc), f"{name}: {reason}{end}"
    expected = reason.removeprefix("Input should be ").removeprefix("a valid ")
    if kind in {"model_type", "model_attributes_type", "dict_type"}:
        expected = "keys with their values"
    if kind == "string_pattern_mismatch":
        expected = PATTERNS.get(error["ctx"]["pattern"], expected)
    hint = value_hint(error, str(loc[-1]), field_at(model, loc))
    return places.at(loc), f"{name} is {given!r}, expected {expected}.{hint}"


def value_hint(error: Any, key: str, setting: Any) -> str:
    """Return what is perhaps meant by the value at `key` that a pydantic `error` is about."""
    kind, given = error["type"], error.get("input")
    unit = unit_of(getattr(setting, "description", None) or "")
    if kind == "string_type" and isinstance(given, int) and not isinstance(given, bool):
        code = f"{given:05d}" if 999 < given < 100_000 else "01106"
        return f' Write it in quotes, such as "{code}".'
    if kind in NUMBERS:
        return hint_of_number(given, key, unit)
    if kind in {"less_than_equal", "less_than"} and unit in {"1", "1/yr"} and 1 <= given <= 100:
        return f" A share is no percentage: {given:g} % is {given / 100:g}."
    near = []
    if kind == "literal_error" and isinstance(given, str):
        words = str(error["ctx"]["expected"]).replace(" or ", ", ").split(", ")
        near = get_close_matches(meant(given), [word.strip("'") for word in words], n=1)
    if kind == "string_pattern_mismatch" and meant(given) != given:
        near = [meant(given)]
    return f" Did you mean '{near[0]}'?" if near else ""


def hint_of_number(given: Any, key: str, unit: str) -> str:
    """Return what number is perhaps meant by what is `given` at `key`."""
    if given is None and key.isdigit():
        return " A comma parts entries here: write numbers without commas between thousands."
    return number_hint(given, unit) if isinstance(given, str) else ""


def known_keys(model: type[BaseModel], loc: Loc) -> list[str]:
    """Return the settings that the section at `loc` may have."""
    section = section_of(model, loc)
    if section is None:
        return []
    return [setting.alias or name for name, setting in section.model_fields.items()]


def field_at(model: type[BaseModel], loc: Loc) -> Any:
    """Return the field of the settings that `loc` leads to; none where there is none."""
    names = [number for number, part in enumerate(loc) if isinstance(part, str)]
    for end in reversed(names):
        section = section_of(model, loc[:end])
        for name, setting in section.model_fields.items() if section else ():
            if loc[end] in {name, setting.alias}:
                return setting
    return None


def section_of(model: type[BaseModel], loc: Loc) -> type[BaseModel] | None:
    """Return the settings class that `loc` leads to; none where it leads to no section."""
    section: Any = model
    for part in loc:
        section = section_at(section, part)
        if section is None:
            return None
    return section if hasattr(section, "model_fields") else None


def section_at(section: Any, part: str | int) -> Any:
    """Return the settings class of `part` of `section`: a field, or an item of one."""
    if isinstance(part, int) or not hasattr(section, "model_fields"):
        return section
    setting = section.model_fields.get(str(part))
    if setting is None:
        return section
    annotation = setting.annotation
    nested = [a for a in (annotation, *get_args(annotation)) if hasattr(a, "model_fields")]
    return nested[-1] if nested else None
