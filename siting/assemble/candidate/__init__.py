"""Candidate sites: the features of layers and files and the sites a planner adds, each once."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pandas as pd

from siting.assemble.candidate.added import added_site, known_technologies
from siting.assemble.candidate.merge import (
    merged_sites,
    refuse_lost_terms,
    refuse_sea,
    refuse_twins,
)
from siting.assemble.candidate.source import source_sites
from siting.assemble.place import prefectures_by_name, sites_by_point, unknown_keys, unknown_names
from siting.errors import tried

if TYPE_CHECKING:
    from siting.config import Config, Study
    from siting.layers import Layers

__all__ = ["candidate_sites", "merged_sites"]


def candidate_sites(
    config: Config, study: Study, layers: Layers, without: frozenset[str] = frozenset()
) -> tuple[pd.DataFrame, list[str]]:
    """Return the candidates and what was merged.

    Where two are the same place, a site of the study stands before one of a file, and that before
    one of a layer.

    Parameters
    ----------
    without : layers that are left out.

    Returns
    -------
    sites : index site; name_ja, name_en, pref_code, pref_ja, muni_code, detail (where it comes
        from), confidence, case (number of the ministry's case study that names it, else 0), lat,
        lon, own (whether the study or its file adds it), the terms of the site, loc (where the
        study names it), points (ids of the candidates it stands for)
    notes : one sentence on the merged sites, if there are any
    """
    sites = all_sites(config, study, layers, without)
    refuse_twins(config, sites)
    refuse_terms(config, study, sites)
    refuse_sea(config, study, layers, sites)
    kept, notes = merged_sites(sites, study.candidates.merge_within_km)
    refuse_lost_terms(config, sites, kept)
    return chosen_sites(config, study, layers, kept.set_index("site").sort_index()), notes


def all_sites(
    config: Config, study: Study, layers: Layers, without: frozenset[str]
) -> pd.DataFrame:
    """Return every candidate as a row, nothing merged, of all layers but those `without`."""
    locs = [("candidates", "sites", number) for number in range(len(study.candidates.sites))]
    added = tried(
        partial(added_site, config, loc, site, layers)
        for loc, site in zip(locs, study.candidates.sites, strict=True)
    )
    rows = [row | {"loc": loc} for row, loc in zip(added, locs, strict=True)]
    tables = [pd.DataFrame(rows, columns=[*rows[0]])] if rows else []
    sources = study.candidates.sources
    asked = [n for n, source in enumerate(sources) if source.layer not in without]
    for number in sorted(asked, key=lambda n: sources[n].file is None):
        table = source_sites(config, study, layers, number)
        loc = ("candidates", "from", number)
        tables.append(table.assign(loc=pd.Series([loc] * len(table), table.index, dtype=object)))
    if not tables:
        raise config.fault(("candidates",), "there is no candidate. Name a layer or add a site.")
    return pd.concat([table.astype(object) for table in tables], ignore_index=True).astype(
        {"lat": float, "lon": float, "own": bool, "case": int, "opening_factor": float}
        | {"plot_m2": float, "never": bool}
    )


def refuse_terms(config: Config, study: Study, sites: pd.DataFrame) -> None:
    """Refuse terms of a candidate that there is not, or with a technology that there is not.

    Raises
    ------
    ConfigError
        With every such candidate.
    """
    from_layers = list(sites["site"][~sites["own"]])
    loc = ("candidates", "terms")
    if found := unknown_keys(loc, study.candidates.terms, from_layers, "candidate"):
        raise config.faults(found)
    for name, terms in study.candidates.terms.items():
        known_technologies(config, (*loc, name), terms)


def chosen_sites(config: Config, study: Study, layers: Layers, sites: pd.DataFrame) -> pd.DataFrame:
    """Return the `sites` to which the study restricts itself, by their ids or prefectures.

    A site that the study itself adds stays.

    Raises
    ------
    ConfigError
        For every name that is neither a candidate nor a prefecture, and if no site is left.
    """
    only = study.candidates.only
    if only is None:
        return sites
    home, codes = sites_by_point(sites), prefectures_by_name(layers)
    if found := unknown_names(("candidates", "only"), only, [*codes, *home], "site or prefecture"):
        raise config.faults(found)
    named = sites.index.isin([home[name] for name in only if name in home])
    inside = sites["pref_code"].isin([codes[name] for name in only if name in codes])
    kept = sites[named | inside | sites["own"]]
    if kept.empty:
        raise config.fault(("candidates", "only"), "no candidate lies there. Name other places.")
    return kept
