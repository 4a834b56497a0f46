"""YAML with the place of every value, so that a fault can say where it stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from collections.abc import Collection

Loc = tuple[str | int, ...]


class Key(str):
    """The last part of a place that is a key itself, not its value."""

    __slots__ = ()


@dataclass
class Places:
    """Line and column of each value and key, and the faults YAML itself does not report."""

    values: dict[Loc, str] = field(default_factory=dict)
    keys: dict[Loc, str] = field(default_factory=dict)
    faults: list[tuple[str, str]] = field(default_factory=list)
    """Place and message of each."""

    def at(self, loc: Loc, *, key: bool = False) -> str:
        """Return ``line:column`` of the value (or `key`) at `loc`, or of what holds it."""
        where = self.keys if key or (loc and isinstance(loc[-1], Key)) else self.values
        while loc and loc not in where:
            loc, where = loc[:-1], self.values
        return where.get(loc, "1:1")

    def seen_from(self, section: Loc) -> Places:
        """Return the places by which what `section` says is said at the top."""
        depth = len(section)
        own = [
            {loc[depth:]: at for loc, at in where.items() if loc[:depth] == section}
            for where in (self.values, self.keys)
        ]
        return Places(self.values | own[0], self.keys | own[1])


def load_yaml(text: str) -> tuple[Any, Places]:
    """Return the content of `text` and the place of every value.

    A code written without quotes is kept as written: YAML would read ``01106`` as octal 582.
    """
    return placed(yaml.compose(text, Loader=yaml.SafeLoader))


def placed(root: yaml.Node | None) -> tuple[Any, Places]:
    """Return the content of the document `root` and the place of every value."""
    places = Places()
    return (None if root is None else built(root, (), places)), places


def without(node: yaml.Node, dropped: Collection[Loc], loc: Loc = ()) -> yaml.Node:
    """Return `node`, which stands at `loc`, less the values at the places `dropped`."""
    if isinstance(node, yaml.MappingNode):
        pairs = [
            (key, without(value, dropped, (*loc, str(key.value))))
            for key, value in node.value
            if (*loc, str(key.value)) not in dropped
        ]
        return yaml.MappingNode(node.tag, pairs, node.start_mark, node.end_mark)
    if isinstance(node, yaml.SequenceNode):
        items = [
            without(item, dropped, (*loc, number))
            for number, item in enumerate(node.value)
            if (*loc, number) not in dropped
        ]
        return yaml.SequenceNode(node.tag, items, node.start_mark, node.end_mark)
    return node


def built(node: yaml.Node, loc: Loc, places: Places) -> Any:
    """Return the value of `node`, noting where it and what it holds stand."""
    places.values[loc] = spot(node)
    if isinstance(node, yaml.MappingNode):
        return mapping(node, loc, places)
    if isinstance(node, yaml.SequenceNode):
        return [built(item, (*loc, i), places) for i, item in enumerate(node.value)]
    if is_bare_code(node):
        text = f"{dotted(loc)} is {node.value} without quotes, which YAML reads as another number."
        places.faults.append((spot(node), f'{text} Write "{node.value}".'))
        return str(node.value)
    return scalar(node)


def mapping(node: yaml.MappingNode, loc: Loc, places: Places) -> dict[str, Any]:
    """Return a mapping, refusing a key that stands twice."""
    content: dict[str, Any] = {}
    for key_node, value_node in node.value:
        key = str(key_node.value)
        if key in content:
            places.faults.append((spot(key_node), f"{dotted((*loc, key))} stands twice."))
        places.keys[(*loc, key)] = spot(key_node)
        content[key] = built(value_node, (*loc, key), places)
    return content


def scalar(node: yaml.Node) -> Any:
    """Return a scalar as YAML reads it; what only looks like a date stays text."""
    loader = yaml.SafeLoader("")
    try:
        return loader.construct_object(node)  # type: ignore[no-untyped-call]
    except ValueError:
        return str(node.value)


def is_bare_code(node: yaml.Node) -> bool:
    """Return whether `node` is a code whose leading zero YAML would lose."""
    plain = isinstance(node, yaml.ScalarNode) and node.style is None
    return (
        plain
        and node.value.isascii()
        and node.value.isdigit()
        and len(node.value) > 1
        and node.value.startswith("0")
    )


def spot(node: yaml.Node) -> str:
    """Return line and column of `node`, counted from 1."""
    return f"{node.start_mark.line + 1}:{node.start_mark.column + 1}"


def dotted(loc: Loc) -> str:
    """Return `loc` as ``candidates.sites[0].lat``."""
    text = ""
    for part in loc:
        text += f"[{part}]" if isinstance(part, int) else f".{part}"
    return text.lstrip(".") or "the study"
