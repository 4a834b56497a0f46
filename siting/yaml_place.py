"""YAML with the place of every value, so that a fault can say where it stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, get_args

import yaml

if TYPE_CHECKING:
    from pydantic import BaseModel

Loc = tuple[str | int, ...]


@dataclass
class Places:
    """Line and column of each value and key, and the faults YAML itself does not report."""

    values: dict[Loc, str] = field(default_factory=dict)
    keys: dict[Loc, str] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    def at(self, loc: Loc, *, key: bool = False) -> str:
        """Return ``line:column`` of the value (or `key`) at `loc`, or of what holds it."""
        where = self.keys if key else self.values
        while loc and loc not in where:
            loc, where = loc[:-1], self.values
        return where.get(loc, "1:1")


def load_yaml(text: str) -> tuple[Any, Places]:
    """Return the content of `text` and the place of every value.

    A code written without quotes is kept as written: YAML would read ``01106`` as octal 582.
    """
    places = Places()
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    return (None if root is None else built(root, (), places)), places


def built(node: yaml.Node, loc: Loc, places: Places) -> Any:
    """Return the value of `node`, noting where it and what it holds stand."""
    places.values[loc] = spot(node)
    if isinstance(node, yaml.MappingNode):
        return mapping(node, loc, places)
    if isinstance(node, yaml.SequenceNode):
        return [built(item, (*loc, i), places) for i, item in enumerate(node.value)]
    if is_bare_code(node):
        places.faults.append(
            f"{spot(node)}: {dotted(loc)} is {node.value} without quotes, which YAML reads as "
            f'another number. Write "{node.value}".'
        )
        return str(node.value)
    return scalar(node)


def mapping(node: yaml.MappingNode, loc: Loc, places: Places) -> dict[str, Any]:
    """Return a mapping, refusing a key that stands twice."""
    content: dict[str, Any] = {}
    for key_node, value_node in node.value:
        key = str(key_node.value)
        if key in content:
            places.faults.append(f"{spot(key_node)}: {dotted((*loc, key))} stands twice.")
        places.keys[(*loc, key)] = spot(key_node)
        content[key] = built(value_node, (*loc, key), places)
    return content


def scalar(node: yaml.Node) -> Any:
    """Return a scalar as YAML reads it."""
    loader = yaml.SafeLoader("")
    return loader.construct_object(node)  # type: ignore[no-untyped-call]


def is_bare_code(node: yaml.Node) -> bool:
    """Return whether `node` is a code whose leading zero YAML would lose."""
    plain = isinstance(node, yaml.ScalarNode) and node.style is None
    return plain and node.value.isdigit() and len(node.value) > 1 and node.value.startswith("0")


def spot(node: yaml.Node) -> str:
    """Return line and column of `node`, counted from 1."""
    return f"{node.start_mark.line + 1}:{node.start_mark.column + 1}"


def dotted(loc: Loc) -> str:
    """Return `loc` as ``candidates.sites[0].lat``."""
    text = ""
    for part in loc:
        text += f"[{part}]" if isinstance(part, int) else f".{part}"
    return text.lstrip(".") or "the study"


def told(error: Any, places: Places, model: type[BaseModel]) -> str:
    """Return a pydantic `error` as ``line:column: name is value, expected. What to do.``."""
    loc = tuple(error["loc"])
    name, kind, given = dotted(loc), error["type"], error.get("input")
    if kind == "extra_forbidden":
        near = get_close_matches(str(loc[-1]), known_keys(model, loc[:-1]), n=1)
        hint = f" Did you mean '{near[0]}'?" if near else ""
        return f"{places.at(loc, key=True)}: {name} is no setting.{hint}"
    if kind == "missing":
        return f"{places.at(loc[:-1])}: {name} is missing. Add it."
    reason = str(error["msg"]).removeprefix("Value error, ").split(", unable")[0].rstrip(".")
    if kind == "value_error":
        return f"{places.at(loc)}: {name}: {reason}."
    expected = reason.removeprefix("Input should be ").removeprefix("a valid ")
    quotes = ' Write it in quotes, such as "01106".' if kind == "string_type" else ""
    return f"{places.at(loc)}: {name} is {given!r}, expected {expected}.{quotes}"


def known_keys(model: type[BaseModel], loc: Loc) -> list[str]:
    """Return the settings that the section at `loc` may have."""
    section: Any = model
    for part in loc:
        section = section_at(section, part)
        if section is None:
            return []
    fields = section.model_fields
    return [field.alias or name for name, field in fields.items()]


def section_at(section: Any, part: str | int) -> Any:
    """Return the settings class of `part` of `section`: a field, or an item of one."""
    if isinstance(part, int) or not hasattr(section, "model_fields"):
        return section
    field = section.model_fields.get(str(part))
    if field is None:
        return section
    annotation = field.annotation
    nested = [a for a in (annotation, *get_args(annotation)) if hasattr(a, "model_fields")]
    return nested[-1] if nested else None
