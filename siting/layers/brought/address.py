"""The addresses of a data set for the areas that are asked for."""

from __future__ import annotations

import math
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from siting.errors import LayerError, some
from siting.layers.official import read_official

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import geopandas as gpd

    from siting.layers.official import Address, Dataset

EVERYWHERE = "all"
"""What asks for every prefecture."""

MESH_LAT, MESH_LON = 2 / 3, 1.0
"""Size of a first-order cell of the standard grid of Japan [degree] (JIS X 0410)."""


class Wanted(NamedTuple):
    """What is asked for.

    Attributes
    ----------
    prefectures : codes; empty if none was named.
    everywhere : whether all prefectures were asked for; then those without a file are passed over.
    meshes : first-order codes of the standard grid.
    values : what else fills an address: table, app_id.
    """

    prefectures: tuple[str, ...] = ()
    everywhere: bool = False
    meshes: tuple[str, ...] = ()
    values: dict[str, str] = {}  # noqa: RUF012 - never changed


class Place(NamedTuple):
    """One file to fetch."""

    url: str
    may_lack: bool


def places_of(dataset: Dataset, wanted: Wanted) -> list[Place]:
    """Return every file of `dataset` for what is `wanted`, each once.

    Raises
    ------
    LayerError
        If an address asks for more than is wanted, or there is no edition for a prefecture.
    """
    needs_area = dataset.holes & {"prefecture", "mesh", "version", *read_official().areas}
    if needs_area and not wanted.prefectures and not wanted.meshes:
        text = f"{dataset.name} comes by area. Name the prefectures: --prefecture 愛媛県"
        raise LayerError(f"{text}, or --prefecture {EVERYWHERE}.")
    if lacking := dataset.holes & {"table", "app_id"} - wanted.values.keys():
        raise LayerError(f"{dataset.name} needs {some(sorted(lacking))}. {HINTS[min(lacking)]}")
    if not wanted.everywhere:
        refuse_without_edition(dataset, wanted.prefectures)
    found = [
        Place(url, address.may_lack)
        for address in dataset.files
        for url in filled(dataset, address, wanted)
    ]
    return list(dict.fromkeys(found))


def covered_by(dataset: Dataset, wanted: Wanted) -> tuple[str, ...]:
    """Return the prefectures that the files of `dataset` for what is `wanted` speak of."""
    editions = dataset.versions or dict.fromkeys(wanted.prefectures)
    return tuple(code for code in wanted.prefectures if code in editions)


HINTS = {
    "app_id": "Get one at https://www.e-stat.go.jp/api/ and set ESTAT_APP_ID to it.",
    "table": "Give the number of the table: --table 0003445078.",
}


def refuse_without_edition(dataset: Dataset, prefectures: Iterable[str]) -> None:
    """Raise `LayerError` if `dataset` has editions by prefecture, and none for some of these."""
    if not dataset.versions:
        return
    if lacking := [code for code in prefectures if code not in dataset.versions]:
        text = f"{dataset.name} has no file for the prefectures {some(lacking, limit=47)}"
        raise LayerError(f"{text} in official.yaml. Leave them out, or look at {dataset.page}.")


def filled(dataset: Dataset, address: Address, wanted: Wanted) -> list[str]:
    """Return the `address` with every combination of what fills its holes."""
    areas = read_official().areas
    choices: dict[str, Iterable[str]] = {"mesh": wanted.meshes}
    for hole, inside in areas.items():
        choices[hole] = [a for a, codes in inside.items() if set(codes) & {*wanted.prefectures}]
    choices |= {key: [value] for key, value in wanted.values.items()}
    if "version" in address.holes:
        pairs = [(p, v) for p in wanted.prefectures for v in dataset.versions.get(p, ())]
        return [address.url.format(prefecture=p, version=v) for p, v in pairs]
    choices["prefecture"] = wanted.prefectures
    holes = sorted(address.holes)
    rows = product(*(choices[hole] for hole in holes))
    return [address.url.format(**dict(zip(holes, row, strict=True))) for row in rows]


def prefectures_named(names: Sequence[str], prefectures: gpd.GeoDataFrame) -> tuple[str, ...]:
    """Return the codes of the prefectures called `names`, in Japanese, English or by code.

    Raises
    ------
    LayerError
        With every name that no prefecture has.
    """
    if EVERYWHERE in names:
        return tuple(str(code) for code in prefectures.index)
    known: dict[str, str] = {}
    for column in (prefectures.index, prefectures["name_ja"], prefectures["name_en"]):
        known |= dict(zip(map(str, column), map(str, prefectures.index), strict=True))
    if unknown := [name for name in names if name not in known]:
        text = f"prefectures {some(unknown)} are unknown. Write them as 愛媛県, Ehime or 38."
        raise LayerError(text)
    return tuple(dict.fromkeys(known[name] for name in names))


def meshes_of(
    codes: Sequence[str], prefectures: gpd.GeoDataFrame, municipalities: gpd.GeoDataFrame
) -> list[str]:
    """Return the first-order cells that the outlines or the halls of the prefectures touch."""
    import shapely

    halls = municipalities[municipalities["pref_code"].isin(codes)].geometry
    outlines = prefectures.loc[list(codes)].geometry
    found = {mesh_code(hall.y, hall.x) for hall in halls}
    for outline in outlines:
        west, south, east, north = outline.bounds
        rows = range(math.floor(south / MESH_LAT), math.floor(north / MESH_LAT) + 1)
        columns = range(math.floor(west), math.floor(east) + 1)
        for row, column in product(rows, columns):
            cell = shapely.box(column, row * MESH_LAT, column + MESH_LON, (row + 1) * MESH_LAT)
            if cell.intersects(outline):
                found.add(code_of(row, column))
    return sorted(found)


def mesh_code(lat: float, lon: float) -> str:
    """Return the first-order cell of the standard grid that holds a point [degree]."""
    return code_of(math.floor(lat / MESH_LAT), math.floor(lon))


def code_of(row: int, column: int) -> str:
    """Return the code of a first-order cell, counted from the equator and from Greenwich."""
    return f"{row:02d}{column - 100:02d}"
