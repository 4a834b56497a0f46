"""The numbers by which the page's lists refer to each other, and rows of short numbers."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

POWERS = np.array([10.0**n for n in range(23)])
"""The powers of ten that are whole numbers without error, so that a quotient is the nearest."""


class Keys(NamedTuple):
    """The order in which the page's lists name things; a place in the order is its number."""

    periods: list[int]
    nodes: dict[str, int]
    commodities: dict[str, int]
    modes: dict[str, int]
    technologies: dict[str, int]


def numbered(things: Iterable[str]) -> dict[str, int]:
    """Return each of `things` with its number in sorted order."""
    return {thing: number for number, thing in enumerate(sorted(things))}


def by_period(values: pd.Series, keys: Keys) -> pd.DataFrame:
    """Return `values` with one column for each period and 0 where nothing stands."""
    if values.empty:
        index = values.index.droplevel("period")
        return pd.DataFrame(index=index, columns=keys.periods, dtype=float)
    wide = values.unstack("period").reindex(columns=keys.periods)
    return wide.fillna(0.0).sort_index()


def short_rows(wide: pd.DataFrame, digits: int = 4) -> list[list[float]]:
    """Return each row of a table as ``short`` returns a series."""
    width = wide.shape[1]
    numbers = short(wide.to_numpy(float).ravel(), digits)
    return [numbers[first : first + width] for first in range(0, len(numbers), width)]


def short(values: pd.Series | np.ndarray, digits: int = 4) -> list[float]:
    """Return finite numbers of at most `digits` digits, whole ones as integers."""
    numbers = np.nan_to_num(np.asarray(values, float), posinf=0.0, neginf=0.0)
    size = np.log10(np.abs(numbers), where=numbers != 0, out=np.zeros(len(numbers)))
    decimals = digits - 1 - np.floor(size).astype(int)
    up, down = (POWERS[np.clip(n, 0, len(POWERS) - 1)] for n in (decimals, -decimals))
    rounded = np.rint(numbers * up / down) * down / up
    found: list[float] = rounded.tolist()
    for number in np.flatnonzero(rounded == np.floor(rounded)).tolist():
        found[number] = int(found[number])
    return found


def runs(values: Iterable[Any]) -> list[Any]:
    """Return `values` as value, count, value, count, …, equal neighbours counted together."""
    return [item for value, same in groupby(values) for item in (value, sum(1 for _ in same))]


def period_runs(wide: pd.DataFrame) -> list[list[int] | None]:
    """Return the whole numbers of each column as ``runs``; None where the last one stays."""
    columns = wide.to_numpy(float).astype(int).T
    return [
        None if n and np.array_equal(column, columns[n - 1]) else number_runs(column)
        for n, column in enumerate(columns)
    ]


def number_runs(values: np.ndarray) -> list[int]:
    """Return whole numbers as ``runs`` does."""
    first = np.flatnonzero(np.diff(values, prepend=values[:1] - 1))
    found: list[int] = (
        np.column_stack([values[first], np.diff(first, append=len(values))]).ravel().tolist()
    )
    return found
