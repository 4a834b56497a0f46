"""The rules of a study that are tables: which figure applies to which commodity."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Self

import pandas as pd

from siting.figures import LEVER_COLUMNS, LEVERS, read_csv

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
        """Return the rules in `folder`."""
        return cls(**{field.name: read_rule(folder, field.name) for field in fields(cls)})


def read_rule(folder: Path, name: str) -> pd.DataFrame:
    """Return the rule table `name` in `folder`."""
    path = folder / f"{name}.csv"
    if name in MAY_LACK and not path.exists():
        return pd.DataFrame(columns=MAY_LACK[name], dtype=str)
    return read_csv(path)
