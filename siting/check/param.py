"""The parameter tables of a study: read each, and look up every name that a rule uses."""

from __future__ import annotations

from fnmatch import filter as matching
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from siting.assemble.place import name_fault
from siting.assemble.rule import Rules
from siting.errors import Located
from siting.figures import KEYS, Figures, params_folder, read_table
from siting.file_place import cell_places

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from siting.check import Checked
    from siting.layers import Layers

BY_KEY = ("markets", "baselines", "disposals", "loading", "technologies", "imports")
"""Tables whose columns ``…_key`` name figures, or a pattern of them with ``{region}``."""


class Cell(NamedTuple):
    """A cell of a rule table that names what is not there."""

    table: str
    row: int
    column: str
    message: str


def read_params(found: Checked, study: Path) -> tuple[Figures, Rules, Path] | None:
    """Return the figures and rules for the `study`, its overrides and levers aside.

    None if one of the tables is not as it must be: then what is wrong is in `found`.
    """
    folder = found.tried(params_folder, study)
    if folder is None:
        return None
    tables = [found.tried(read_table, folder, name) for name in KEYS]
    rules = found.tried(Rules.read, folder)
    whole = [table for table in tables if table is not None]
    if rules is None or len(whole) < len(tables):
        return None
    return Figures(pd.concat(whole)), rules, folder


def rule_faults(layers: Layers, figures: Figures, rules: Rules, folder: Path) -> list[Located]:
    """Return a fault for every cell of a rule table that names what is not there."""
    cells = [*key_faults(figures, rules), *reference_faults(layers, rules)]
    return [
        Located(str(folder / f"{cell.table}.csv"), *place, cell.message)
        for cell in cells
        for place in cell_places(folder / f"{cell.table}.csv", [(cell.row, cell.column)])
    ]


def key_faults(figures: Figures, rules: Rules) -> Iterator[Cell]:
    """Yield the cells that name a figure that no table has."""
    known = set(figures.table.index)
    for name in BY_KEY:
        table = getattr(rules, name)
        for column in [column for column in table if column.endswith("_key")]:
            for row, key in enumerate(table[column]):
                if key and key not in known and not matching(known, key.replace("{region}", "*")):
                    text = f"figure '{key}' is unknown.{figures.hint(key)}"
                    yield Cell(name, row, column, text)


def reference_faults(layers: Layers, rules: Rules) -> Iterator[Cell]:
    """Yield the cells of other names that nothing has."""
    processes = sorted(rules.material_flow["process_id"].unique())
    technologies = list(rules.technologies["technology"])
    ports = [*layers.ports.index, *layers.ports["name_ja"], *layers.ports["name_en"]]
    references = (
        ("technologies", "recipe", "process", processes),
        ("existing", "technology", "technology", technologies),
        ("imports", "port", "port", ports),
    )
    for name, column, kind, known in references:
        for row, value in enumerate(getattr(rules, name)[column]):
            if fault := name_fault(value, known, kind):
                yield Cell(name, row, column, fault)
