"""One study with several sets of modes: what rail and ship change, and what each mode would ask."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd

from siting import pipeline
from siting.config import InlineStudy, read_config
from siting.errors import ConfigError
from siting.outcome import Comparison

if TYPE_CHECKING:
    from pathlib import Path

    from siting.assemble import Assembled
    from siting.config import Study
    from siting.outcome import Outcome
    from siting.pipeline import Gathered, Prepared, Progress

SETS = (("truck",), ("truck", "rail"), ("truck", "ship"), ("truck", "rail", "ship"))
"""Modes on offer in each run; the last has all that the others have."""

SUMMED = ["distance_km", "hours", "cost_jpy_per_t", "kgco2e_per_t", "mj_per_t", "driver_h_per_t"]


def compare_modes(path: Path, data: Path | None, progress: Progress) -> Comparison:
    """Solve the study at `path` with every set of modes; nothing is written.

    A run starts from the plans of the runs before it whose modes it has too, and so costs no
    more than they do.

    Raises
    ------
    ConfigError
        If the study carries its own tables: then nothing is known of its modes.
    """
    from siting.solve import Start

    progress("reading the study")
    config = read_config(path)
    if isinstance(config.study, InlineStudy):
        raise ConfigError(f"{path}: the study has its own arcs; modes need a study on layers.")
    gathered = pipeline.gather(config, config.study, data, progress)
    runs: dict[tuple[str, ...], Outcome] = {}
    for modes in SETS:
        started = time.monotonic()
        progress(f"{'+'.join(modes)}: finding sites, routes and costs")
        prepared = pipeline.prepare_study(gathered, with_modes(config.study, modes))
        known = [run.plan for earlier, run in runs.items() if set(earlier) <= set(modes)]
        build_s = time.monotonic() - started
        start = Start.of(known[-1]) if known else None
        runs[modes] = pipeline.solved(prepared, build_s, named(progress, modes), known, start=start)
    progress("comparing the modes lane by lane")
    return compared(gathered, prepared, {"+".join(modes): run for modes, run in runs.items()})


def with_modes(study: Study, modes: tuple[str, ...]) -> Study:
    """Return `study` with those modes, and of its services those that are one of them."""
    services = study.transport.services if len(modes) > 1 else []
    transport = study.transport.model_copy(update={"services": services})
    return study.model_copy(update={"modes": list(modes), "transport": transport})


def named(progress: Progress, modes: tuple[str, ...]) -> Progress:
    """Return `progress` that says which run it is."""
    return lambda step: progress(f"{'+'.join(modes)}: {step}")


def compared(gathered: Gathered, prepared: Prepared, runs: dict[str, Outcome]) -> Comparison:
    """Return the offers of every mode on the lanes of `runs`.

    Parameters
    ----------
    prepared : the study with all modes.
    """
    from siting.assemble.transport.leg import legs_of
    from siting.freight.breakeven import crossings

    legs = legs_of(prepared.assembled.lanes, asked(prepared.assembled, runs))
    places = pipeline.used_places(prepared.assembled.places, legs)
    arc = ["origin", "destination", "commodity", "mode"]
    table = curves_of(gathered, prepared.assembled)
    return Comparison(
        runs={modes: replace(run, places=places) for modes, run in runs.items()},
        offers=legs[SUMMED].groupby(level=arc).sum(),
        legs=legs,
        curves=table,
        crossings=crossings(table),
    )


def asked(assembled: Assembled, runs: dict[str, Outcome]) -> pd.MultiIndex:
    """Return every mode on every lane that some run uses."""
    flows = [run.plan.flows.index.droplevel(["mode", "period"]).unique() for run in runs.values()]
    pairs = pd.concat([index.to_frame(index=False) for index in flows]).drop_duplicates()
    modes = pd.DataFrame({"mode": sorted({m for lane in assembled.lanes for m in lane.offers})})
    levels = ["origin", "destination", "mode", "commodity"]
    return pd.MultiIndex.from_frame(pairs.merge(modes, how="cross")[levels])


def curves_of(gathered: Gathered, assembled: Assembled) -> pd.DataFrame:
    """Return the break-even curves of the commodities that travel in the study."""
    from siting.assemble.transport.network import find_forms
    from siting.freight.breakeven import curves

    commodities = dict.fromkeys(lane.commodity for lane in assembled.lanes)
    terms, forms = find_forms(gathered.study, gathered.params, list(commodities))
    return pd.concat([curves(terms, forms[k]) for k in commodities])
