"""Screening: layers and criteria -> every cell of land with its score, and what excluded it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from siting.assemble.place import prefecture_codes
from siting.screening.cell import Grid, land_grid
from siting.screening.criterion import read_criteria
from siting.screening.library import Library
from siting.screening.measure import Measured, measured
from siting.screening.score import criterion_table, failures, scores, total

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from siting.config import Config, Study
    from siting.layers import Layers
    from siting.screening.criterion import Criteria

__all__ = ["Screened", "screen"]


@dataclass(frozen=True)
class Screened:
    """The land of a study judged by its criteria.

    Attributes
    ----------
    grid : the cells: lat, lon, row, column, pref_code, muni_code, region.
    amounts, scores, fails : cell by criterion; score 0 to 1, none where nothing is known.
    score : weighted mean of the scores of each cell [-].
    passes : whether no criterion excludes the cell.
    criteria : index criterion; what it measures, how it judges, and how many cells it removed.
    absent : index criterion; those that no layer serves, and the layer to bring.
    rules : rules of site_criteria.csv that no criterion here stands for.
    """

    study: Study
    grid: Grid
    amounts: pd.DataFrame
    scores: pd.DataFrame
    fails: pd.DataFrame
    score: pd.Series
    passes: pd.Series
    criteria: pd.DataFrame
    absent: pd.DataFrame
    rules: pd.DataFrame


def screen(
    config: Config, study: Study, layers: Layers, params: Path, progress: Callable[[str], None]
) -> Screened:
    """Return the land of `study`, every cell judged by every criterion that has a layer.

    Raises
    ------
    ConfigError
        With every criterion that says what cannot be meant.
    LayerError
        If a layer is not as its catalogue says, or covers too little of the land.
    """
    criteria = read_criteria(config, study, params)
    library = Library.of(config, study, layers)
    grid = land_grid(layers, screened_prefectures(config, study, layers))
    found: dict[str, Measured] = {}
    for name, criterion in criteria.items():
        if library.holds(criterion.layer):
            progress(f"measuring {name} on {len(grid.cells):,} cells")
            found[name] = measured(criterion, grid, library)
            if credit := library.credit(str(criterion.layer)):
                criteria.table.loc[name, "source"] += f"; {credit}"
    return judged(config, study, layers, criteria, grid, found)


def judged(
    config: Config,
    study: Study,
    layers: Layers,
    criteria: Criteria,
    grid: Grid,
    found: dict[str, Measured],
) -> Screened:
    """Return the screening of `grid` by what was `found` on it."""
    used = {name: criteria[name] for name in found}
    values = pd.DataFrame({name: one.amounts for name, one in found.items()}, grid.cells.index)
    fails = failures(config, used, values, grid, layers)
    marks = scores(used, values)
    lacking = [name for name in criteria if name not in found]
    kept = criteria.table.loc[list(found)]
    served = {rule for text in kept["rules"] for rule in text.split(";")}
    return Screened(
        study=study,
        grid=grid,
        amounts=values,
        scores=marks,
        fails=fails,
        score=total(used, marks),
        passes=~fails.any(axis=1),
        criteria=criterion_table(used, kept, found, fails),
        absent=criteria.table.loc[lacking],
        rules=criteria.rules[~criteria.rules.index.isin(served)],
    )


def screened_prefectures(config: Config, study: Study, layers: Layers) -> list[str]:
    """Return the codes of the prefectures that are screened."""
    names = study.screening.prefectures
    if names is None:
        return [str(code) for code in layers.prefectures.index]
    return prefecture_codes(config, ("screening", "prefectures"), names, layers)
