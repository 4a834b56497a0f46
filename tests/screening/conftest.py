"""A small grid of land, rasters written by hand, and studies that screen Shikoku."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from screening_case import STUDY, at_corner

from siting.config import Config, read_config
from siting.layers import Layers, data_folder, read_layers
from siting.screening.cell import Grid


@pytest.fixture(scope="session")
def layers() -> Layers:
    """Return the shipped layers."""
    return read_layers(data_folder())


@pytest.fixture
def written(tmp_path: Path) -> Callable[..., Config]:
    """Return a function that reads the study of Shikoku with more lines under screening."""

    def read(more: str = "") -> Config:
        path = tmp_path / "study.yaml"
        path.write_text(STUDY + more, encoding="utf-8")
        return read_config(path)

    return read


@pytest.fixture
def grid() -> Grid:
    """Return two by three cells of a fifth of a degree; the north-western corner is 134 E 36 N."""
    row, column = np.divmod(np.arange(6), 3)
    cells = pd.DataFrame({"row": row, "column": column})
    cells = cells.assign(lat=36 - 0.2 * (row + 0.5), lon=134 + 0.2 * (column + 0.5))
    cells = cells.assign(pref_code="31", muni_code="31201", region="Chugoku")
    return Grid(cells.rename_axis("cell"), at_corner(134, 36, 0.2), (2, 3))
