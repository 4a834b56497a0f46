"""Read statistics of the standard grid (地域メッシュ統計) of e-Stat as a raster."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
from rasterio import Affine

from siting.errors import LayerError, some
from siting.layers.read import UNREADABLE

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from siting.layers.official import Dataset

    Whole = npt.NDArray[np.int64]

NO_VALUE = -1.0
"""What a pixel of a first-order cell holds that no file speaks of."""

SECOND, THIRD = 8, 10
"""Parts of a first-order cell along a side, and of one of those (JIS X 0410)."""

DIGITS = {8: 0, 9: 1, 10: 2, 11: 3}
"""Digits of a code to the number of times the third-order cell is halved."""

SUPPRESSED = ("*", "-", "")
"""What stands for no number: added to another cell, or nobody."""


class Raster(NamedTuple):
    """A raster as it is written.

    Attributes
    ----------
    pixels : rows from north to south.
    """

    pixels: npt.NDArray[np.float32]
    transform: Affine
    crs: str


def read_mesh(paths: Iterable[Path], dataset: Dataset) -> Raster:
    """Return the raster of all files: persons per cell, 0 where a file has no row for a cell.

    Raises
    ------
    LayerError
        If a file is no such table, or files are of grids of different sizes.
    """
    table = pd.concat([read_rows(path, dataset) for path in paths])
    table = table[~table.index.duplicated()]
    sizes = set(table.index.str.len())
    if len(sizes) != 1 or not sizes <= DIGITS.keys():
        text = f"codes of cells have {some(sizes)} digits, expected one of {some(DIGITS)}."
        raise LayerError.of_file(dataset.name, [f"{text} Bring files of one size of grid."])
    return raster_of(table, str(dataset.crs))


def read_rows(path: Path, dataset: Dataset) -> pd.Series[float]:
    """Return code of the cell to the number of persons of one file, zipped or not."""
    content = path.read_bytes()
    if zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = [name for name in archive.namelist() if name.lower().endswith((".txt", ".csv"))]
            if len(names) != 1:
                text = f"holds {len(names)} tables, expected one."
                raise LayerError.of_file(path, [f"{text} Fetch it again."])
            content = archive.read(names[0])
    try:
        table = pd.read_csv(io.BytesIO(content), encoding="cp932", dtype="str")
    except UNREADABLE as error:
        raise LayerError.of_file(path, [f"cannot be read ({error}). Fetch it again."]) from None
    table.columns = table.columns.str.strip()
    names = [name for name in dataset.columns[0].origin if name in table]
    if "KEY_CODE" not in table or not names:
        wanted = some(["KEY_CODE", *dataset.columns[0].origin])
        text = f"has columns {some(table.columns)}, expected KEY_CODE and one of {wanted}."
        raise LayerError.of_file(path, [f"{text} Bring the file of {dataset.page}."])
    table = table[table["KEY_CODE"].str.fullmatch(r"\d{8,11}", na=False)]  # a row of titles follows
    figures = table[names[0]].str.strip().replace(dict.fromkeys(SUPPRESSED, "0"))
    values = pd.to_numeric(figures, errors="coerce")
    if values.isna().any():
        odd = some(set(figures[values.isna()]))
        raise LayerError.of_file(
            path, [f"{names[0]} is {odd}, expected numbers. Correct the cells."]
        )
    return values.astype(float).set_axis(table["KEY_CODE"])


def raster_of(table: pd.Series[float], crs: str) -> Raster:
    """Return the values of `table`, index the codes of cells of one size, as a raster."""
    codes = table.index.to_numpy(dtype="U11")
    per_side = SECOND * THIRD * 2 ** DIGITS[len(codes[0])]
    row, column = grid_position(codes)
    south, west = row.min() // per_side, column.min() // per_side
    high = row.max() // per_side - south + 1
    wide = column.max() // per_side - west + 1
    cells = np.full((high * per_side, wide * per_side), NO_VALUE, dtype=np.float32)
    for mesh_row, mesh_column in set(zip(row // per_side, column // per_side, strict=True)):
        down, right = (mesh_row - south) * per_side, (mesh_column - west) * per_side
        cells[down : down + per_side, right : right + per_side] = 0.0
    cells[row - south * per_side, column - west * per_side] = table.to_numpy()
    lat_step, lon_step = 2 / 3 / per_side, 1 / per_side
    north = (south + high) * 2 / 3
    return Raster(cells[::-1], Affine(lon_step, 0.0, west, 0.0, -lat_step, north), crs)


def grid_position(codes: npt.NDArray[np.str_]) -> tuple[Whole, Whole]:
    """Return row from the equator and column from Greenwich of cells of one size.

    A code is two digits of latitude and two of longitude of the first-order cell, one and one of
    the second, one and one of the third; each halving adds a digit, 1 to 4 from the south-west.
    """
    digits = codes.view("U1").reshape(len(codes), -1)[:, : len(codes[0])].astype(int)
    row = digits[:, 0] * 10 + digits[:, 1]
    column = digits[:, 2] * 10 + digits[:, 3] + 100
    row = (row * SECOND + digits[:, 4]) * THIRD + digits[:, 6]
    column = (column * SECOND + digits[:, 5]) * THIRD + digits[:, 7]
    for quadrant in digits[:, 8:].T - 1:
        row, column = row * 2 + quadrant // 2, column * 2 + quadrant % 2
    return row, column
