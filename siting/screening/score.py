"""What excludes a cell, how good it is, and which criterion removed how many."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from siting.assemble.place import prefectures_by_name, unknown_keys

if TYPE_CHECKING:
    from siting.config import Config
    from siting.config_screening import Criterion, Threshold
    from siting.layers import Layers
    from siting.screening.cell import Grid
    from siting.screening.measure import Measured


def failures(
    config: Config,
    criteria: dict[str, Criterion],
    values: pd.DataFrame,
    grid: Grid,
    layers: Layers,
) -> pd.DataFrame:
    """Return whether each criterion excludes each cell; the rule of a prefecture goes first.

    Raises
    ------
    ConfigError
        For every prefecture named that there is none of.
    """
    codes = prefectures_by_name(layers)
    found = [
        fault
        for name, criterion in criteria.items()
        for fault in unknown_keys(
            ("screening", "criteria", name, "in_prefectures"),
            criterion.in_prefectures,
            codes,
            "prefecture",
        )
    ]
    if found:
        raise config.faults(found)
    fails = {}
    for name, criterion in criteria.items():
        failed = excluded(values[name], criterion)
        for pref, own in criterion.in_prefectures.items():
            here = grid.cells["pref_code"] == codes[pref]
            failed = failed.mask(here, excluded(values[name], own))
        fails[name] = failed | (values[name].isna() & (criterion.uncovered == "exclude"))
    return pd.DataFrame(fails, index=values.index)


def excluded(values: pd.Series, threshold: Threshold) -> pd.Series:
    """Return which of `values` are beyond `threshold`; a value that is not known is not."""
    failed = pd.Series(data=False, index=values.index)
    if threshold.exclude_below is not None:
        failed |= values < threshold.exclude_below
    if threshold.exclude_above is not None:
        failed |= values > threshold.exclude_above
    return failed


def scores(criteria: dict[str, Criterion], values: pd.DataFrame) -> pd.DataFrame:
    """Return the score of each cell by the criteria that have a weight: 0 worst, 1 best."""
    marks = {
        name: ((values[name] - c.worst) / (c.best - c.worst)).clip(0, 1)
        for name, c in criteria.items()
        if c.weight and c.worst is not None and c.best is not None
    }
    return pd.DataFrame(marks, index=values.index)


def total(criteria: dict[str, Criterion], marks: pd.DataFrame) -> pd.Series:
    """Return the weighted mean of the scores that are known; NaN where none is [-]."""
    weight = pd.Series({name: float(criteria[name].weight or 0) for name in marks}, dtype=float)
    known = marks.notna().mul(weight, axis=1).sum(axis=1)
    return (marks.mul(weight, axis=1).sum(axis=1) / known.replace(0, np.nan)).rename("score")


def criterion_table(
    criteria: dict[str, Criterion],
    table: pd.DataFrame,
    found: dict[str, Measured],
    fails: pd.DataFrame,
) -> pd.DataFrame:
    """Return what each criterion is and did, in order.

    Returns
    -------
    index criterion; titles, layer, measure, unit, thresholds, weight, covered_share [-], and cells:
        removed, removed_alone (by no other criterion), left (after it and those before it);
        rules, source, confidence, note
    """
    keys = ("measure", "unit", "exclude_below", "exclude_above", "worst", "best", "weight")
    said = pd.DataFrame({n: {key: getattr(c, key) for key in keys} for n, c in criteria.items()}).T
    count = fails.sum(axis=1)
    gone = fails.cumsum(axis=1) > 0
    figures = pd.DataFrame(
        {
            "covered_share": {name: one.covered for name, one in found.items()},
            "removed": fails.sum(),
            "removed_alone": fails[count == 1].sum(),
            "left": len(fails) - gone.sum(),
        }
    )
    titles = table[["title_ja", "title_en", "layer"]]
    origin = table[["rules", "source", "confidence", "note"]]
    joined = pd.concat([titles, said, figures, origin], axis=1)
    return joined.loc[list(criteria)].rename_axis("criterion")
