"""A layer that is brought finds its place: checked, written, and told what it is good for."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from siting.cli.option import echo_json, echo_list
from siting.cli.words import phrase

if TYPE_CHECKING:
    import geopandas as gpd

    from siting.layers.brought import Brought
    from siting.layers.catalog import Entry
    from siting.text import Language


class Placed(NamedTuple):
    """A layer that was put into a folder.

    Attributes
    ----------
    codes, names : of the prefectures that it speaks of, or that its frame holds.
    criteria : criteria of screening.csv that it serves.
    absent : addresses where the publisher has no file.
    """

    entry: Entry
    folder: Path
    codes: list[str]
    names: list[str]
    criteria: list[str]
    absent: tuple[str, ...]


def shipped_prefectures(data: Path | None) -> gpd.GeoDataFrame:
    """Return the prefectures of the layers in `data`, else of the shipped ones."""
    from siting.layers.folder import data_folder
    from siting.layers.read import read_layer
    from siting.layers.spec import PREFECTURES

    return read_layer(data or data_folder(), PREFECTURES)


def put(brought: Brought, to: Path, data: Path | None, language: Language) -> Placed:
    """Check `brought` against what asks for a layer of its name, and write it into `to`."""
    from siting.errors import LayerError
    from siting.figures import params_folder
    from siting.layers.brought import register
    from siting.layers.brought.shape import covered_prefectures, need_faults
    from siting.screening.need import layer_needs

    needs = layer_needs(params_folder(Path("study.yaml")), brought.name)
    if found := need_faults(brought.kind, brought.columns, needs, brought.name):
        raise LayerError.of_file(brought.name, found)
    prefectures = shipped_prefectures(data)
    inside = list(brought.covers)
    if brought.bounds and not inside:
        inside = covered_prefectures(brought.bounds, prefectures)
    column = "name_ja" if language == "ja" else "name_en"
    names = [str(name) for name in prefectures.loc[inside, column]]
    entry = register(brought, to)
    return Placed(entry, to, inside, names, [need.asker for need in needs], brought.absent)


def answer(placed: Placed, language: Language, *, as_json: bool) -> None:
    """Say what was put where, on what terms, and what it is good for."""
    entry = placed.entry
    if as_json:
        record = {"folder": str(placed.folder), "prefectures": placed.codes}
        record |= {"criteria": placed.criteria, "absent": list(placed.absent)}
        echo_json(entry.model_dump() | record)
        return
    mark = "、" if language == "ja" else ", "
    told = {"name": entry.name, "rows": entry.rows, "path": placed.folder / entry.file}
    told |= {"licence": entry.licence, "source": entry.source, "sha256": entry.sha256}
    sentences = [phrase(f"brought_{entry.kind}", language, **told)]
    if placed.names:
        key = "brought_covers" if entry.covers else "brought_area"
        sentences.append(phrase(key, language, names=mark.join(placed.names)))
    sentences.append(phrase("brought_terms", language, **told))
    sentences.append(phrase("brought_use", language, folder=placed.folder))
    if placed.criteria:
        sentences.append(phrase("brought_criteria", language, names=mark.join(placed.criteria)))
    sentences += [phrase("brought_absent", language, url=url) for url in placed.absent]
    echo_list(sentences, language)
