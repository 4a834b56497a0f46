"""Whether the tables that a study carries are those of an instance."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from models.instance import TABLES, InstanceError
from siting.assemble import assemble_inline
from siting.yaml_place import Key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from siting.check import Checked
    from siting.config import Config, Fault, InlineStudy
    from siting.yaml_place import Loc

PLACE_KEYS = ("node", "kind", "name_ja", "name_en", "lat", "lon")
"""What a row of the places must say."""


def check_tables(found: Checked, config: Config, study: InlineStudy, lost: set[str]) -> None:
    """Note in `found` what is wrong with the tables of `study`."""
    faults = [*table_faults(study), *place_faults(study)]
    found.note([config.located(*fault) for fault in faults])
    if found.faults or lost:
        return
    try:
        instance = assemble_inline(study).instance
    except InstanceError as fault:
        texts = str(fault).removeprefix("instance:").split("\n  - ")
        named = [(table_loc(text), text) for text in texts if text]
        found.note([config.located(*fault) for fault in named])
        return
    found.counts = {
        "source": instance.supply.index.unique("source").size,
        "site": instance.hubs.index.unique("site").size,
        "hub": len(instance.hubs),
    }


def table_loc(text: str) -> Loc:
    """Return the place of the table that a fault starts with, else of all tables."""
    name = text.partition(":")[0]
    return ("instance", Key(name)) if name in TABLES else (Key("instance"),)


def table_faults(study: InlineStudy) -> Iterator[Fault]:
    """Yield the tables that there are not, and the rows that lack or have a column too much."""
    for name, rows in study.instance.items():
        if name not in TABLES:
            near = get_close_matches(name, list(TABLES), n=1)
            hint = f"Did you mean '{near[0]}'?" if near else "See models/README.md."
            yield ("instance", Key(name)), f"'{name}' is no table of an instance. {hint}"
            continue
        for number, row in enumerate(rows):
            yield from row_faults(name, number, row)


def row_faults(name: str, number: int, row: dict[str, object]) -> Iterator[Fault]:
    """Yield what is wrong with the columns of one row of the table `name`."""
    spec = TABLES[name]
    known = [*spec.index, *spec.columns]
    loc = ("instance", name, number)
    for column in row:
        if column not in known:
            near = get_close_matches(column, known, n=1)
            hint = f" Did you mean '{near[0]}'?" if near else ""
            yield (*loc, Key(column)), f"'{column}' is no column of {name}.{hint}"
    lacking = [name for name in known if name not in row and name not in spec.defaults]
    if lacking:
        yield loc, f"{name}: {', '.join(lacking)} missing. Add them."
    for column in spec.columns:
        value = row.get(column, 0.0)
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            yield (*loc, column), f"{name}.{column} is {value!r}, expected number."


def place_faults(study: InlineStudy) -> Iterator[Fault]:
    """Yield what the places lack."""
    for number, place in enumerate(study.places):
        for key in PLACE_KEYS:
            if key not in place:
                yield ("places", number), f"places[{number}].{key} is missing. Add it."
