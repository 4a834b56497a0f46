"""The rules of a study that are tables: which figure applies to which commodity."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Self

from siting.figures import read_csv

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd


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

    @classmethod
    def read(cls, folder: Path) -> Self:
        """Return the rules in `folder`."""
        return cls(**{field.name: read_csv(folder / f"{field.name}.csv") for field in fields(cls)})
