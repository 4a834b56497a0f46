"""Outcomes as one small JSON value: all that the page draws, with all sums already made."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from siting.carriage import carried, moving
from siting.errors import LayerError, some
from siting.maps.extent import first_view, insets
from siting.maps.key import Keys, numbered, runs
from siting.maps.outline import STEP_DEG, prefecture_rings
from siting.maps.plan.candidate import candidate_rows, candidates, open_sites
from siting.maps.plan.flow import added, flow_rows, site_sums
from siting.maps.plan.hub import accounts, hub_rows
from siting.maps.plan.source import collected_columns, source_columns, sources_of, supply_table
from siting.maps.plan.terminal import terminal_rows
from siting.maps.plan.total import provenance, sink_rows, sums
from siting.maps.style import TERMINALS, discs, lines
from siting.maps.words import mode_names, names, page_words
from siting.outcome import Outcome

TOP_FLOWS, LEAST_TOP_FLOWS = 400, 100
"""Flows drawn for each commodity and period of one plan; of each of many the share, at least."""

WORD_COLUMNS = ("detail", "confidence")
"""Columns of the places that hold few words, often the same."""


def page_data(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """Return what the page needs of the plans, in text, whole numbers and short decimals.

    The first outcome is the study as it stands, the others its solved scenarios. Every list over
    periods follows ``periods``; ``place``, ``commodity``, ``mode`` and ``technology`` are numbers
    into the lists of those names. Tonnes are t/yr. What several plans share stands once.

    Raises
    ------
    LayerError
        If a node of a plan has no position in the places of its outcome.
    """
    plans = [*outcomes]
    legs = [moving(carried(outcome)) for outcome in plans]
    keys = keys_of(plans, legs)
    places = located(plans, keys)
    sources = sources_of(plans)
    supplies: list[dict[str, Any]] = []
    rows = [plan_rows(o, part, keys, len(plans)) for o, part in zip(plans, legs, strict=True)]
    for outcome, row in zip(plans, rows, strict=True):
        supply = supply_table(outcome, sources, keys)
        supplies += [] if supply in supplies else [supply]
        own = {"supply": supplies.index(supply), **collected_columns(outcome, sources, keys)}
        row.update(own)
    return {
        "periods": keys.periods,
        "commodities": [names(k) for k in keys.commodities],
        "modes": [
            {"name": mode_names(m), "colour": line.colour, "dash": list(line.dash)}
            for m, line in lines([*keys.modes]).items()
        ],
        "technologies": technologies(plans, keys),
        "places": place_columns(places),
        "view": first_view(places[places["kind"] != "candidate"]),
        "insets": insets(places),
        "step_deg": STEP_DEG,
        "outlines": prefecture_rings(plans[0].outlines),
        "eco_towns": eco_town_rows(plans[0]),
        "sources": source_columns(sources, keys),
        "supplies": supplies,
        "terminal_colours": TERMINALS,
        "words": page_words(),
        "plans": rows,
    }


def plan_rows(outcome: Outcome, legs: pd.DataFrame, keys: Keys, plans: int) -> dict[str, Any]:
    """Return what is one plan's own, but for its sources."""
    top = max(LEAST_TOP_FLOWS, TOP_FLOWS // plans)
    flow_t = added(legs)
    return {
        "title": [outcome.title_ja, outcome.title_en],
        "hubs": hub_rows(outcome, keys),
        "accounts": accounts(outcome, keys),
        "sites": site_sums(outcome, legs, flow_t, keys),
        "terminals": terminal_rows(outcome, legs, keys),
        "candidates": candidate_rows(outcome, keys),
        "sinks": sink_rows(outcome, keys),
        **flow_rows(outcome, legs, flow_t, keys, top),
        **sums(outcome, keys),
        "provenance": provenance(outcome),
    }


def keys_of(outcomes: Sequence[Outcome], legs: Sequence[pd.DataFrame]) -> Keys:
    """Return every name the page uses with its number; `legs` are what moves in each plan."""
    data = [outcome.instance for outcome in outcomes]
    hubs = [outcome.plan.hubs for outcome in outcomes]
    return Keys(
        periods=[int(t) for t in sorted(data[0].periods.index)],
        nodes=numbered(set().union(*map(nodes_of, outcomes, legs))),
        commodities=numbered({k for each in data for k in each.commodities.index}),
        modes=numbered({m for each in legs for m in each["leg_mode"].unique()}),
        technologies=numbered({g for each in hubs for g in each.index.unique("technology")}),
    )


def nodes_of(outcome: Outcome, legs: pd.DataFrame) -> set[str]:
    """Return the nodes that the page draws of one plan."""
    plan = outcome.plan
    inflow_t = plan.sinks["inflow_t"]
    return {
        *plan.sources.index.unique("source"),
        *open_sites(plan.hubs),
        *candidates(outcome),
        *inflow_t.index[inflow_t > 0].unique("sink"),
        *plan.flows.index.unique("origin"),
        *plan.flows.index.unique("destination"),
        *legs["from_node"].unique(),
        *legs["to_node"].unique(),
    }


def located(outcomes: Sequence[Outcome], keys: Keys) -> pd.DataFrame:
    """Return the places of the plans in the order of their numbers; sites unused are candidates."""
    tables = [pd.DataFrame(outcome.places) for outcome in outcomes]
    known = pd.concat(tables) if len(tables) > 1 else tables[0]
    places = known[~known.index.duplicated()].reindex(list(keys.nodes))
    lost = places.index[places[["lat", "lon"]].isna().any(axis=1)]
    if len(lost):
        raise LayerError(f"map: {some(lost)} have no lat and lon in the places of the study.")
    built = set().union(*(open_sites(outcome.plan.hubs) for outcome in outcomes))
    is_candidate = (places["kind"] == "site") & ~places.index.isin(built)
    return places.assign(kind=places["kind"].where(~is_candidate, "candidate"))


def place_columns(places: pd.DataFrame) -> dict[str, Any]:
    """Return names, prefecture, remarks and position of each place, column by column."""
    text = places.reindex(columns=["name_ja", "name_en", "pref_ja", *WORD_COLUMNS])
    text = text.astype(object).where(text.notna(), "").astype(str)
    return {
        "key": [str(node) for node in places.index],
        "name_ja": [*text["name_ja"]],
        "name_en": [*text["name_en"]],
        "pref_ja": runs(text["pref_ja"]),
        **{column: runs(map(names, text[column])) for column in WORD_COLUMNS},
        "lat": [round(float(value), 3) for value in places["lat"]],
        "lon": [round(float(value), 3) for value in places["lon"]],
    }


def technologies(outcomes: Sequence[Outcome], keys: Keys) -> list[dict[str, Any]]:
    """Return name, disc and commodities of each technology that a plan uses."""
    touched: dict[str, set[int]] = {}
    for outcome in outcomes:
        for technology, commodity in outcome.instance.recipes.index:
            touched.setdefault(technology, set()).add(keys.commodities[commodity])
    return [
        {"name": names(g), **disc._asdict(), "commodities": sorted(touched.get(g, []))}
        for g, disc in discs([*keys.technologies]).items()
    ]


def eco_town_rows(outcome: Outcome) -> list[list[Any]]:
    """Return [Japanese name, English name, lat, lon] of each approved eco-town."""
    if outcome.eco_towns is None:
        return []
    return [
        [town.name_ja, town.name_en, round(float(town.lat), 3), round(float(town.lon), 3)]
        for town in outcome.eco_towns.sort_index().itertuples()
    ]
