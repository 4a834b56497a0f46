"""The rules of a study that are tables: which figure applies to which commodity."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import partial
from typing import TYPE_CHECKING, Self

import pandas as pd

from siting.config_number import number_hint
from siting.errors import ConfigError, Located, tried
from siting.figures import LEVER_COLUMNS, LEVERS, read_csv
from siting.file_place import cell_places

if TYPE_CHECKING:
    from pathlib import Path

MAY_LACK = {
    "technologies": [
        "technology", "name_ja", "name_en", "input", "steps", "recipe", "outputs", "sizes",
        "max_lines", "earliest_key",
    ],
    "existing": ["site", "technology", "capacity_t_per_yr", "from_year", "may_close"],
    "imports": ["commodity", "port", "supply_key", "price_key", "extra_cost_key", "growth"],
    LEVERS: LEVER_COLUMNS,
}  # fmt: skip
"""Table that a folder of parameters may lack to its columns: without it there are no rows."""

NEEDED = {
    "markets": [
        "commodity", "sink_kind", "accepts", "price_key", "price_level", "credit_key",
        "credit_share_key", "charge_key", "demand_share_key",
    ],
    "baselines": [
        "commodity", "cost_key", "kgco2e_key", "acquisition_key", "acquisition_share_key",
    ],
    "disposals": ["commodity", "cost_key", "kgco2e_key"],
    "loading": ["commodity", "form", "density_key", "vehicles"],
    "carriers": ["vehicle", "mode", "kind", "key", "class_key"],
    "targets": ["commodity", "period", "min_collected_share"],
    "material_flow": ["process_id", "input", "output", "value"],
    **MAY_LACK,
}  # fmt: skip
"""Table to the columns that the model reads."""

NUMBERS = {
    "targets": ["period", "min_collected_share"],
    "material_flow": ["value"],
    "existing": ["capacity_t_per_yr", "from_year"],
}
"""Table to its columns of numbers."""


@dataclass(frozen=True)
class Rules:
    """One CSV file each in ``configs/params``; every cell is text.

    Attributes
    ----------
    markets : which sinks take a material, at which price and credit, and how much of it.
    baselines : what happens to a resource today, and what acquiring it costs.
    disposals : what getting rid of a commodity costs.
    loading : the forms and vehicles a commodity travels in.
    carriers : trucks, boxes and vessels, the mode and formula of each.
    targets : collection targets per commodity and period.
    material_flow : yields per process.
    technologies : processes a study may name.
    existing : plants that stand.
    imports : what may come in at which port, at what price.
    policy_levers : what a policy does to the figures.
    """

    markets: pd.DataFrame
    baselines: pd.DataFrame
    disposals: pd.DataFrame
    loading: pd.DataFrame
    carriers: pd.DataFrame
    targets: pd.DataFrame
    material_flow: pd.DataFrame
    technologies: pd.DataFrame
    existing: pd.DataFrame
    imports: pd.DataFrame
    policy_levers: pd.DataFrame

    @classmethod
    def read(cls, folder: Path) -> Self:
        """Return the rules in `folder`.

        Raises
        ------
        ConfigError
            If tables lack a column, or have words where numbers must stand; all are told.
        """
        names = [field.name for field in fields(cls)]
        tables = tried(partial(read_rule, folder, name) for name in names)
        return cls(**dict(zip(names, tables, strict=True)))


def read_rule(folder: Path, name: str) -> pd.DataFrame:
    """Return the rule table `name` in `folder`."""
    path = folder / f"{name}.csv"
    if name in MAY_LACK and not path.exists():
        return pd.DataFrame(columns=MAY_LACK[name], dtype=str)
    table = read_csv(path, NEEDED[name])
    odd = [
        (row, column, cell)
        for column in NUMBERS.get(name, [])
        for row, cell in enumerate(table[column])
        if pd.isna(pd.to_numeric(cell, errors="coerce"))
    ]
    if odd:
        places = cell_places(path, [(row, column) for row, column, _ in odd])
        texts = [f"{column} is '{cell}', expected number.{number_hint(cell, '')}"
                 for _, column, cell in odd]  # fmt: skip
        found = zip(places, texts, strict=True)
        raise ConfigError.of([Located(str(path), *place, text) for place, text in found])
    return table
