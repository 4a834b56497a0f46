"""The lines of a model as arrays: what moves go over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from siting.solve.highs import WHOLE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy.typing as npt

    from siting.solve.line import Built
    from siting.solve.matrix import Array, Whole


@dataclass(frozen=True)
class Marks:
    """Columns that are one where any of their hubs runs: sites in use, technologies present.

    Attributes
    ----------
    of_hub : (hubs,) row of `column`, -1 where the hub needs none.
    column, least : (marks, periods) columns and their lower limits.
    """

    of_hub: Whole
    column: Whole
    least: Array

    def total(self, lines: Array) -> Array:
        """Return how many of `lines` (hubs, periods) need each mark."""
        total = np.zeros(self.column.shape)
        needed = self.of_hub >= 0
        np.add.at(total, self.of_hub[needed], lines[needed])
        return total

    def of_each(self, table: Array) -> Array:
        """Return the row of `table` (marks, periods) of each hub, zeros where it needs none."""
        return np.where(self.of_hub[:, None] >= 0, table[self.of_hub], 0.0)


@dataclass(frozen=True)
class Board:
    """The lines of a model, as arrays.

    Attributes
    ----------
    column, least, most : (hubs, periods) columns of the lines and their limits.
    stands : (hubs,) lines that may close but not come back; others may come but not close.
    site, technology : (hubs,) numbers of them.
    near : (pairs, 2) hubs of one technology whose lines may go from the first to the second.
    """

    column: Whole
    least: Array
    most: Array
    stands: npt.NDArray[np.bool_]
    marks: tuple[Marks, ...]
    site: Whole
    technology: Whole
    near: Whole

    @property
    def sites(self) -> list[Whole]:
        """Return the hubs of each site."""
        return [np.flatnonzero(self.site == n) for n in range(self.site.max(initial=-1) + 1)]

    def allows(self, hub: Whole, lines: Array) -> npt.NDArray[np.bool_]:
        """Return whether the hubs `hub` may run `lines` (n, periods)."""
        inside = (lines >= self.least[hub]) & (lines <= self.most[hub])
        step = np.diff(lines, axis=1)
        keeps = np.where(self.stands[hub][:, None], step <= 0, step >= 0)
        return np.asarray(inside.all(axis=1) & keeps.all(axis=1), dtype=bool)

    def columns(self, lines: Array) -> tuple[Whole, Array]:
        """Return the columns that `lines` decide, and their values."""
        parts = [(self.column, lines)]
        parts += [(m.column, np.maximum(m.total(lines) > 0, m.least)) for m in self.marks]
        column = np.concatenate([c.ravel() for c, _ in parts])
        values = np.concatenate([np.asarray(v, dtype=float).ravel() for _, v in parts])
        return column[column >= 0], values[column >= 0]


def board(built: Built, near: Mapping[str, Sequence[str]]) -> Board:
    """Return the lines of `built`; `near` are the sites that lines of each site may go to."""
    columns, form = built.columns(), built.form
    hubs = list(dict.fromkeys(index[1:4] for index in columns if index[0] == "run_hub"))
    periods = list(built.m.PERIODS)

    def wide(name: str, rows: Sequence[tuple[object, ...]]) -> Whole:
        found = [[columns.get((name, *row, t), -1) for t in periods] for row in rows]
        return np.array(found, dtype=np.int64).reshape(-1, len(periods))

    marks = []
    for name, width in (("use_site", 1), ("has_hub", 2)):
        rows = list(dict.fromkeys(index[1:-1] for index in columns if index[0] == name))
        place = {row: n for n, row in enumerate(rows)}
        of_hub = [
            -1 if width == 1 and hub in built.standing else place.get(hub[:width], -1)
            for hub in hubs
        ]
        if rows:
            column = wide(name, rows)
            least = np.where(column >= 0, form.lower[column], 0.0)
            marks.append(Marks(np.array(of_hub, dtype=np.int64), column, least))
    column = wide("run_hub", hubs)
    known = column >= 0
    return Board(
        column=column,
        least=np.where(known, np.ceil(form.lower[column] - WHOLE), 0.0),
        most=np.where(known, np.floor(form.upper[column] + WHOLE), 0.0),
        stands=np.array([hub in built.standing for hub in hubs]),
        marks=tuple(marks),
        site=numbered([hub[0] for hub in hubs]),
        technology=numbered([hub[1] for hub in hubs]),
        near=pairs(hubs, near),
    )


def numbered(names: Sequence[object]) -> Whole:
    """Return a number for each of `names`, the same for the same."""
    number: Whole = pd.factorize(np.array(names, dtype=object))[0].astype(np.int64)
    return number


def pairs(hubs: Sequence[tuple[object, ...]], near: Mapping[str, Sequence[str]]) -> Whole:
    """Return which of `hubs` may take over lines of which: of one technology, at near sites."""
    at: dict[tuple[object, ...], list[int]] = {}
    for number, (site, technology, _) in enumerate(hubs):
        at.setdefault((site, technology), []).append(number)
    found = [
        (number, other)
        for number, (site, technology, _) in enumerate(hubs)
        for place in (site, *near.get(str(site), ()))
        for other in at.get((place, technology), ())
        if other != number
    ]
    return np.array(found, dtype=np.int64).reshape(-1, 2)
