"""Make a layer of the original files of an official data set."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rasterio.transform import array_bounds

from siting.errors import LayerError
from siting.layers.brought.registry import Brought, Said
from siting.layers.brought.shape import bounds_in_japan, sound_features
from siting.layers.official.archive import read_features
from siting.layers.official.attribute import shaped
from siting.layers.official.estat import read_estat
from siting.layers.official.mesh import read_mesh
from siting.layers.official.osm import read_osm

if TYPE_CHECKING:
    from collections.abc import Sequence

    from siting.layers.brought.download import Original
    from siting.layers.official import Dataset


def official_layer(dataset: Dataset, originals: Sequence[Original], name: str) -> Brought:
    """Return the layer called `name` that `originals` of `dataset` become.

    Raises
    ------
    LayerError
        If an original cannot be read, or is not of `dataset`.
    """
    said = Said(
        title_ja=dataset.title_ja,
        title_en=dataset.title_en,
        source=dataset.source,
        url=dataset.page,
        licence=dataset.licence,
        vintage=dataset.vintage,
    )
    paths, made_of = [one.path for one in originals], tuple(originals)
    if dataset.reader == "estat":
        return Brought(name, read_estat(paths), said, made_of)
    if dataset.reader == "mesh":
        raster = read_mesh(paths, dataset)
        west, south, east, north = array_bounds(*raster.pixels.shape, raster.transform)
        bounds = bounds_in_japan((west, south, east, north), raster.crs, name)
        return Brought(name, raster, said, made_of, bounds)
    if dataset.reader == "osm":
        frame = read_osm(paths, dataset)
        if frame.empty:
            text = f"no feature has {dict(dataset.tags)}. Bring another extract."
            raise LayerError.of_file(name, [text])
    else:
        frame = shaped(read_features(paths, dataset), dataset)
    frame = sound_features(frame, name)
    return Brought(name, frame, said, made_of, tuple(frame.total_bounds))
