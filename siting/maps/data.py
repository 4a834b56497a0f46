"""An outcome as one small JSON value: all that the page draws, with all sums already made."""

from typing import Any

import pandas as pd

from siting.carriage import carried, moving
from siting.errors import LayerError, some
from siting.maps.extent import first_view, inset
from siting.maps.flow import flow_rows, site_sums
from siting.maps.key import Keys, by_period, numbered, short, short_rows
from siting.maps.outline import STEP_DEG, prefecture_rings
from siting.maps.style import TERMINALS, discs, lines
from siting.maps.terminal import terminal_rows
from siting.maps.words import mode_names, names, page_words, proof
from siting.outcome import Outcome
from siting.text import spoken


def plan_data(outcome: Outcome) -> dict[str, Any]:
    """Return what the page needs of `outcome`, in text, whole numbers and short decimals.

    Every list over periods follows ``periods``; ``place``, ``commodity``, ``mode`` and
    ``technology`` are numbers into the lists of those names. Tonnes are t/yr.

    Raises
    ------
    LayerError
        If a node of the plan has no position in ``outcome.places``.
    """
    legs = moving(carried(outcome))
    keys = keys_of(outcome, legs)
    places = located(outcome, keys)
    return {
        "title": [outcome.title_ja, outcome.title_en],
        "periods": keys.periods,
        "commodities": [names(k) for k in keys.commodities],
        "modes": [
            {"name": mode_names(m), "colour": line.colour, "dash": list(line.dash)}
            for m, line in lines([*keys.modes]).items()
        ],
        "technologies": technologies(outcome, keys),
        "places": place_columns(places),
        "view": first_view(places[places["kind"] != "candidate"]),
        "inset": inset(places),
        "step_deg": STEP_DEG,
        "outlines": prefecture_rings(outcome.outlines),
        "sources": source_rows(outcome, keys),
        "hubs": hub_rows(outcome, keys),
        "sites": site_sums(outcome, legs, keys),
        "terminals": terminal_rows(outcome, legs, keys),
        "terminal_colours": TERMINALS,
        "candidates": [keys.nodes[node] for node in candidates(outcome)],
        "sinks": sink_rows(outcome, keys),
        **flow_rows(outcome, legs, keys),
        **sums(outcome, keys),
        "provenance": provenance(outcome),
        "words": page_words(),
    }


def keys_of(outcome: Outcome, legs: pd.DataFrame) -> Keys:
    """Return every name the page uses with its number; `legs` are what moves."""
    plan, data = outcome.plan, outcome.instance
    nodes = {
        *plan.sources.index.unique("source"),
        *data.hubs.index.unique("site"),
        *plan.sinks.index.unique("sink"),
        *plan.flows.index.unique("origin"),
        *plan.flows.index.unique("destination"),
        *legs["from_node"].unique(),
        *legs["to_node"].unique(),
    }
    return Keys(
        periods=[int(t) for t in sorted(data.periods.index)],
        nodes=numbered(nodes),
        commodities=numbered(data.commodities.index),
        modes=numbered(legs["leg_mode"].unique()),
        technologies=numbered(plan.hubs.index.unique("technology")),
    )


def candidates(outcome: Outcome) -> list[str]:
    """Return the sites where the plan builds nothing."""
    built = set(outcome.plan.hubs.index.unique("site"))
    return sorted(set(outcome.instance.hubs.index.unique("site")) - built)


def located(outcome: Outcome, keys: Keys) -> pd.DataFrame:
    """Return the places of the plan in the order of their numbers; sites unused are candidates."""
    places = outcome.places.reindex(list(keys.nodes))
    lost = places.index[places[["lat", "lon"]].isna().any(axis=1)]
    if len(lost):
        raise LayerError(f"map: {some(lost)} have no lat and lon in the places of the study.")
    kind = places["kind"].where(~places.index.isin(candidates(outcome)), "candidate")
    return places.assign(kind=kind)


def place_columns(places: pd.DataFrame) -> dict[str, list[Any]]:
    """Return names, prefecture, remarks and position of each place, column by column."""
    text = places.reindex(columns=["name_ja", "name_en", "pref_ja", "detail", "confidence"])
    text = text.astype(object).where(text.notna(), "")
    return {
        "key": [str(node) for node in places.index],
        **{column: [str(value) for value in text[column]] for column in text},
        "lat": [round(float(value), 4) for value in places["lat"]],
        "lon": [round(float(value), 4) for value in places["lon"]],
    }


def technologies(outcome: Outcome, keys: Keys) -> list[dict[str, Any]]:
    """Return name, disc and commodities of each technology that the plan uses."""
    recipes = outcome.instance.recipes
    touched = {
        technology: sorted(keys.commodities[k] for k in part.index.unique("commodity"))
        for technology, part in recipes.groupby(level="technology")
    }
    return [
        {"name": names(g), **disc._asdict(), "commodities": touched.get(g, [])}
        for g, disc in discs([*keys.technologies]).items()
    ]


def source_rows(outcome: Outcome, keys: Keys) -> list[list[Any]]:
    """Return [place, commodity, supplies, percent collected] of each source with supply."""
    supply_t = by_period(outcome.plan.sources["supply_t"], keys)
    collected_t = by_period(outcome.plan.sources["collected_t"], keys)
    percent = (100 * collected_t / supply_t.where(supply_t > 0)).fillna(0.0).round()
    rows = zip(supply_t.index, short_rows(supply_t, 3), short_rows(percent), strict=True)
    return [[keys.nodes[i], keys.commodities[k], t, share] for (i, k), t, share in rows if any(t)]


def hub_rows(outcome: Outcome, keys: Keys) -> list[dict[str, Any]]:
    """Return capacity, throughput and opening cost of each technology at each site."""
    hub = ["site", "technology"]
    table = outcome.plan.hubs.groupby(level=[*hub, "period"])
    columns = {
        name: by_period(table[name].sum(), keys)
        for name in ("capacity_t", "throughput_t", "opening_jpy")
    }
    lines_by_size = by_period(outcome.plan.hubs["lines"], keys)
    return [
        {
            "place": keys.nodes[site],
            "technology": keys.technologies[technology],
            **{name: short(wide.loc[site, technology], 5) for name, wide in columns.items()},
            "sizes": [
                [names(str(size)), short(row)]
                for size, row in lines_by_size.loc[(site, technology)].iterrows()
            ],
        }
        for site, technology in columns["capacity_t"].index
    ]


def sink_rows(outcome: Outcome, keys: Keys) -> list[list[Any]]:
    """Return [place, commodity, inflows] of each sink that takes anything in any period."""
    inflow_t = by_period(outcome.plan.sinks["inflow_t"], keys)
    rows = zip(inflow_t.index, short_rows(inflow_t), strict=True)
    return [[keys.nodes[j], keys.commodities[k], row] for (j, k), row in rows]


def sums(outcome: Outcome, keys: Keys) -> dict[str, Any]:
    """Return the figures for the whole study: totals, cost by part, targets."""
    plan = outcome.plan
    tables = {
        "supply_t": plan.sources["supply_t"],
        "collected_t": plan.sources["collected_t"],
        "cost_jpy": plan.costs["cost_jpy_per_yr"],
        "kgco2e": plan.kgco2e["kgco2e_per_yr"],
        "tkm": plan.flows["tkm"],
        "flow_t": plan.flows["flow_t"],
    }
    cost_jpy = by_period(
        plan.costs["cost_jpy_per_yr"].groupby(level=["part", "period"]).sum(), keys
    )
    shares = {
        name: by_period(plan.targets[name], keys)
        for name in ("min_collected_share", "collected_share")
    }
    return {
        "totals": {
            name: short(series.groupby(level="period").sum().reindex(keys.periods), 6)
            for name, series in tables.items()
        },
        "costs": [
            [names(str(part)), short(row, 6)] for part, row in cost_jpy.iterrows() if row.any()
        ],
        "targets": [
            [keys.commodities[k], *(short(wide.loc[k], 4) for wide in shares.values())]
            for k in shares["min_collected_share"].index
            if shares["min_collected_share"].loc[k].any()
        ],
    }


def provenance(outcome: Outcome) -> dict[str, Any]:
    """Return where the figures come from, in words for the foot of the page."""
    origin = outcome.provenance
    return {
        "study": outcome.study,
        "config": origin.config_sha256[:12],
        "proof": proof(outcome.plan.gap, outcome.plan.status),
        "model": [spoken(origin.model, "ja"), spoken(origin.model, "en")],
        "credits": list(origin.credits),
        "versions": ", ".join(f"{name} {v}" for name, v in sorted(origin.versions.items())),
    }
