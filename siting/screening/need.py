"""What the criteria ask of a layer that someone brings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from siting.figures import read_csv
from siting.layers.brought.shape import Need

if TYPE_CHECKING:
    from pathlib import Path

KINDS = {
    "distance": frozenset({"vector", "graph"}),
    "share": frozenset({"vector"}),
    "highest": frozenset({"vector", "raster"}),
    "mean": frozenset({"raster"}),
    "lowest": frozenset({"raster"}),
    "sum": frozenset({"raster"}),
    "municipality": frozenset({"vector", "table"}),
    "prefecture": frozenset({"vector"}),
}
"""Measure to the kinds of layer it can be taken of."""


def layer_needs(params: Path, layer: str) -> list[Need]:
    """Return what each criterion of screening.csv on the layer called `layer` asks of it."""
    table = read_csv(params / "screening.csv")
    needs = []
    for row in table[table["layer"] == layer].to_dict("records"):
        where = row["where"].split("=", 1)[0]
        columns = frozenset({row["column"], row["per"], where} - {""})
        needs.append(Need(row["criterion"], KINDS[row["measure"]], columns))
    return needs
