"""From screened land to proposed sites: the covering model is solved region by region."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pandas as pd

from siting.assemble.candidate import candidate_sites
from siting.assemble.source.supply import commodity_supply, towns_in_scope
from siting.config import Study, read_config
from siting.figures import params_folder
from siting.layers import data_folder, read_layers
from siting.screening import Screened, screen
from siting.screening.output import (
    SAID,
    candidate_table,
    cell_table,
    screening_record,
    write_suitability,
)
from siting.screening.spread import contest, proposed_sites
from siting.solve.cover import Covering, covering_sites
from siting.writing import write_folder

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import geopandas as gpd

    from siting.config import Config
    from siting.layers import Layers

    Progress = Callable[[str], None]


@dataclass(frozen=True)
class Proposal:
    """Screened land, the sites proposed on it, and all candidates of the study.

    Attributes
    ----------
    judged : index site; what the screening says of every candidate and of every proposed site.
    layers : with the proposed sites as the layer ``screening``.
    coverings : region to its choice and the bound of it.
    """

    screened: Screened
    judged: pd.DataFrame
    layers: Layers
    sites: gpd.GeoDataFrame
    coverings: dict[str, Covering]


def propose(
    config: Config, study: Study, layers: Layers, params: Path, progress: Progress
) -> Proposal:
    """Return the land of `study` screened, and the sites proposed on it."""
    screened = screen(config, study, layers, params, progress)
    supply = supply_share(config, study, layers)
    spread = study.screening.spread
    coverings = {}
    for region in sorted(screened.grid.cells["region"].unique()):
        progress(f"choosing sites in {region}")
        rivals = contest(screened, region, supply, spread)
        coverings[region] = covering_sites(rivals.worth, rivals.near, spread.per_region)
    chosen = {region: covering.sites for region, covering in coverings.items()}
    sites = proposed_sites(screened, layers, chosen, supply)
    layers = replace(layers, screening=sites)
    candidates, _ = candidate_sites(config, study, layers)
    proposed = sites.assign(lat=sites.geometry.y, lon=sites.geometry.x, detail="screening")
    others = candidates[~candidates.index.isin(proposed.index)]
    everything = pd.concat([proposed[SAID], others[SAID]])
    judged = candidate_table(screened, everything)
    return Proposal(screened, judged, layers, sites, coverings)


def read_proposal(path: Path, data: Path | None, progress: Progress) -> Proposal:
    """Return the screening of the study at `path`; nothing is written.

    Parameters
    ----------
    data : folder of the layers; the shipped one if none is given.

    Raises
    ------
    ConfigError
        If the study carries its own tables: it has no land.
    """
    progress("reading the study")
    config = read_config(path)
    if not isinstance(config.study, Study):
        raise config.fault((), "a study with its own tables has no land to screen. Take another.")
    progress("reading the layers")
    layers = read_layers(data or data_folder())
    return propose(config, config.study, layers, params_folder(path), progress)


def write_proposal(proposal: Proposal, out: Path) -> Path:
    """Write tables, GeoTIFF and page to ``out/<study>-screening`` and return that folder."""
    from siting.maps.screened.page import write_page

    screened, judged = proposal.screened, proposal.judged
    outlines = proposal.layers.prefectures.reset_index()

    def fill(fresh: Path) -> None:
        judged.to_csv(fresh / "candidates.csv", lineterminator="\n", encoding="utf-8")
        screened.criteria.to_csv(fresh / "criteria.csv", lineterminator="\n", encoding="utf-8")
        cell_table(screened).to_parquet(fresh / "cells.parquet")
        write_suitability(fresh / "suitability.tif", screened)
        record = screening_record(screened, judged) | {"regions": region_record(proposal)}
        text = json.dumps(record, ensure_ascii=False, indent=1)
        (fresh / "screening.json").write_text(text + "\n", encoding="utf-8", newline="\n")
        write_page(fresh / "candidates.html", screened, judged, outlines)

    return write_folder(out, f"{screened.study.study}-screening", fill)


def region_record(proposal: Proposal) -> dict[str, dict[str, float]]:
    """Return by region the sites chosen, the worth they cover, and what none can exceed."""
    return {
        region: {"sites": len(one.sites), "worth": one.worth, "bound": one.bound}
        for region, one in proposal.coverings.items()
    }


def with_screening(
    config: Config, study: Study, layers: Layers, params: Path, progress: Progress
) -> Layers:
    """Return `layers`, with the proposed sites where candidates of `study` come from screening."""
    if all(source.layer != "screening" for source in study.candidates.sources):
        return layers
    return propose(config, study, layers, params, progress).layers


def supply_share(config: Config, study: Study, layers: Layers) -> pd.DataFrame:
    """Return the share of the supply that arises in each municipality in scope.

    A share is the mean over the commodities of the study, each over all periods, so that heavy
    waste does not drown the others.

    Returns
    -------
    index code; share [-], lat, lon, region
    """
    towns = layers.municipalities.loc[towns_in_scope(config, study, layers)]
    shares = pd.DataFrame(index=towns.index)
    for name in sorted(study.growth):
        supply_t = commodity_supply(config, study, layers, name)["supply_t"]
        arising = supply_t.groupby(level="source").sum().reindex(towns.index, fill_value=0.0)
        shares[name] = arising / arising.sum() if arising.sum() > 0 else 0.0
    region = towns["pref_code"].map(layers.prefectures["region"])
    return pd.DataFrame(
        {
            "share": shares.mean(axis=1).fillna(0.0),
            "lat": towns.geometry.y,
            "lon": towns.geometry.x,
            "region": region,
        }
    )
