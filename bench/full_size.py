"""Write an output of full national size that no solver made, to measure pages on.

``python bench/full_size.py configs/japan.yaml OUT`` assembles the study from its layers and
sends a share of every supply along the cheapest arc to one of the sites that most supply is near
to, and what is made there to the cheapest site or sink that takes it. Demand limits are ignored:
the size of the plan is real, its decisions are not.
"""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd

from models.instance import Instance
from models.plan import COST_PARTS, KGCO2E_PARTS, Plan
from siting import pipeline
from siting.assemble.transport.leg import legs_of
from siting.outcome import Outcome, Timing
from siting.provenance import provenance
from siting.report.tables import write_tables
from siting.scenarios.backdrop import eco_towns, outlines
from siting.writing import write_folder

SITES_PER_TECHNOLOGY = 24
COLLECTED = 0.6
ARC = ["origin", "destination", "mode", "commodity"]
HUB = ["site", "technology", "size", "period"]
STAGES = 6
"""No resource passes more sites one after the other."""


def arcs_in(data: Instance) -> pd.DataFrame:
    """Return the arcs into technologies, cheapest first, a row for each one that takes them."""
    takes = data.recipes["input_t_per_t"]
    takes = takes[takes > 0].reset_index()
    offers = data.hubs.reset_index()[["site", "technology"]].drop_duplicates()
    taken = offers.merge(takes, on="technology").rename(columns={"site": "destination"})
    arcs = data.arcs[["cost_jpy_per_t"]].reset_index().merge(taken, on=["destination", "commodity"])
    return arcs.sort_values(["cost_jpy_per_t", *ARC, "technology"])


def chosen_sites(arcs: pd.DataFrame) -> pd.DataFrame:
    """Return the sites of each technology that are nearest to the most origins."""
    nearest = arcs.drop_duplicates(["origin", "commodity", "technology"])
    count = nearest.groupby(["technology", "destination"]).size().reset_index(name="n")
    count = count.sort_values(["technology", "n", "destination"], ascending=[True, False, True])
    first = count.groupby("technology").head(SITES_PER_TECHNOLOGY)
    return first[["technology", "destination"]]


def stages(data: Instance) -> Iterator[tuple[pd.DataFrame, pd.DataFrame]]:
    """Yield the flows into technologies and those to sinks, stage by stage."""
    arcs = arcs_in(data)
    into = arcs.merge(chosen_sites(arcs)).drop_duplicates(["origin", "commodity"])
    sinks = data.sinks.reset_index()[["sink", "commodity"]].drop_duplicates()
    sinks = sinks.rename(columns={"sink": "destination"})
    sold = data.arcs[["cost_jpy_per_t"]].reset_index().merge(sinks, on=["destination", "commodity"])
    sold = sold.sort_values(["cost_jpy_per_t", *ARC]).drop_duplicates(["origin", "commodity"])
    yields = data.recipes["yield_t_per_t"].reset_index()
    at = data.supply["supply_t"].mul(COLLECTED).reset_index().rename(
        columns={"source": "origin", "supply_t": "flow_t"}
    )  # fmt: skip
    for _ in range(STAGES):
        flows = at[at["flow_t"] > 0].merge(into, on=["origin", "commodity"])
        made = flows.groupby(["destination", "technology", "period"])["flow_t"].sum().reset_index()
        made = made.merge(yields[yields["yield_t_per_t"] > 0], on="technology")
        made["flow_t"] *= made["yield_t_per_t"]
        made = made.groupby(["destination", "commodity", "period"])["flow_t"].sum().reset_index()
        at = made.rename(columns={"destination": "origin"})
        yield flows, at.merge(sold, on=["origin", "commodity"])
        sinkless = into.merge(sold[["origin", "commodity"]], how="left", indicator=True)
        is_free = sinkless["_merge"] == "left_only"
        into = sinkless[is_free].drop(columns="_merge")
        if at.merge(into, on=["origin", "commodity"]).empty:
            return


def plan_of(data: Instance) -> Plan:
    """Return the plan that the stages add up to."""
    steps = [*stages(data)]
    moved = pd.concat([table for step in steps for table in step])
    keys = [*ARC, "period"]
    flows = moved.groupby(keys)[["flow_t"]].sum()
    per_t = data.arcs.reindex(flows.index.droplevel("period")).set_axis(flows.index)
    flows = flows.join(per_t[["distance_km", "hours"]])
    flows["tkm"] = flows["flow_t"] * flows["distance_km"]
    flows["cost_jpy"] = flows["flow_t"] * per_t["cost_jpy_per_t"]
    flows["kgco2e"] = flows["flow_t"] * per_t["kgco2e_per_t"]
    sources = data.supply[["supply_t"]].copy()
    sources["collected_t"] = COLLECTED * sources["supply_t"]
    sources["uncollected_t"] = sources["supply_t"] - sources["collected_t"]
    hubs = hub_table(data, pd.concat([into for into, _ in steps]))
    inflow = pd.concat([out for _, out in steps]).rename(columns={"destination": "sink"})
    sinks = data.sinks[["demand_t"]].copy()
    sinks["inflow_t"] = inflow.groupby(sinks.index.names)["flow_t"].sum().reindex(sinks.index)
    sinks = sinks.fillna({"inflow_t": 0.0})
    sinks["sales_jpy"] = sinks["inflow_t"] * data.sinks["price_jpy_per_t"]
    periods = [*data.periods.index]
    costs, gases = totals(data, flows, hubs)
    cost_jpy = float(costs["present_value_jpy"].sum())
    nothing = pd.MultiIndex.from_arrays([[]] * 3, names=["site", "commodity", "period"])
    targets = pd.MultiIndex.from_product(
        [sorted(data.supply.index.unique("commodity")), periods], names=["commodity", "period"]
    )
    return Plan(
        status="limit",
        objective_jpy=cost_jpy,
        bound_jpy=0.0,
        hubs=hubs,
        flows=flows,
        sources=sources,
        sinks=sinks,
        disposals=pd.DataFrame({"disposal_t": []}, nothing, dtype=float),
        targets=pd.DataFrame(
            {"min_collected_share": 0.5, "collected_share": COLLECTED, "supply_t": 0.0,
             "collected_t": 0.0, "shortfall_t": 0.0, "fee_jpy_per_t": 0.0}, targets,
        ),
        costs=costs,
        kgco2e=gases,
        bounds=pd.DataFrame(
            {"objective_jpy": cost_jpy, "bound_jpy": 0.0, "gap": 1.0,
             "arcs": len(data.arcs), "core_arcs": 0, "rests_on": "search",
             "certified_value": 0.0}, pd.Index(["all"], name="commodities"),
        ),
    )  # fmt: skip


def hub_table(data: Instance, into: pd.DataFrame) -> pd.DataFrame:
    """Return lines of the largest size that hold what arrives, built when first needed."""
    treated = into.groupby(["destination", "technology", "period"])["flow_t"].sum()
    largest = data.hubs.reset_index().sort_values("capacity_t").drop_duplicates(
        ["site", "technology"], keep="last"
    )  # fmt: skip
    table = treated.rename_axis(["site", "technology", "period"]).reset_index(name="throughput_t")
    table = table.merge(largest, on=["site", "technology"]).sort_values(HUB)
    table["lines"] = np.ceil(table["throughput_t"] / table["capacity_t"]).clip(lower=1)
    before = table.groupby(HUB[:3])["lines"].shift(fill_value=0.0)
    table["opened_lines"] = (table["lines"] - before).clip(lower=0)
    table["opening_jpy"] *= table["opened_lines"]
    table["capacity_t"] *= table["lines"]
    amounts = ["jobs", "labour_jpy", "land_m2", "kwh", "heat_mj", "energy_jpy"]
    table = table.set_index(HUB).assign(**dict.fromkeys(amounts, 0.0), stands=0.0)
    figures = ["lines", "opened_lines", "capacity_t", "throughput_t", "opening_jpy", "stands"]
    return table[[*figures, *amounts]]


def totals(
    data: Instance, flows: pd.DataFrame, hubs: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return cost and emissions of transport, opening and running; other parts are zero."""
    own = data.hubs.reindex(hubs.index.droplevel("period")).set_axis(hubs.index)
    by_part = {
        "transport": flows["cost_jpy"],
        "opening": own["annuity_per_yr"] * own["opening_jpy"] * hubs["lines"],
        "running": own["running_jpy_per_yr"] * hubs["lines"],
        "handling": own["handling_jpy_per_t"] * hubs["throughput_t"],
    }
    gas = {
        "transport": flows["kgco2e"],
        "conversion": own["kgco2e_per_t"] * hubs["throughput_t"],
    }
    periods = [*data.periods.index]
    index = pd.MultiIndex.from_tuples(
        [(block, part, t) for part, block in COST_PARTS.items() for t in periods],
        names=["block", "part", "period"],
    )
    yearly = {part: values.groupby(level="period").sum() for part, values in by_part.items()}
    cost_jpy = [yearly[part].get(t, 0.0) if part in yearly else 0.0 for _, part, t in index]
    costs = pd.DataFrame({"cost_jpy_per_yr": cost_jpy}, index)
    discount_yr = costs.index.get_level_values("period").map(data.periods["discount_yr"])
    costs["present_value_jpy"] = costs["cost_jpy_per_yr"] * discount_yr
    gases = pd.MultiIndex.from_product([KGCO2E_PARTS, periods], names=["part", "period"])
    emitted = {part: values.groupby(level="period").sum() for part, values in gas.items()}
    kgco2e = [emitted[part].get(t, 0.0) if part in emitted else 0.0 for part, t in gases]
    return costs, pd.DataFrame({"kgco2e_per_yr": kgco2e}, gases)


def main() -> None:
    """Assemble, send, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("study", type=Path)
    parser.add_argument("out", type=Path)
    given = parser.parse_args()
    prepared = pipeline.prepare(given.study, None, lambda step: sys.stdout.write(f"{step}\n"))
    assembled, study = prepared.assembled, prepared.config.study
    plan = plan_of(assembled.instance)
    lines = plan.flows.index.droplevel("period").unique()
    legs = legs_of(assembled.lanes, lines)
    outcome = Outcome(
        study=f"{study.study}-full-size",
        title_ja=f"{study.title_ja}(測定用、計画ではない)",
        title_en=f"{study.title_en} (to measure, no plan)",
        instance=assembled.instance,
        plan=plan,
        places=pipeline.used_places(assembled.places, legs),
        legs=legs,
        assumptions=assembled.assumptions,
        outlines=outlines(prepared.layers),
        eco_towns=eco_towns(prepared.layers),
        provenance=provenance(prepared.config, prepared.layers, assembled, plan),
        timing=Timing(0.0, 0.0, pipeline.peak_rss_mib()),
    )
    folder = write_folder(given.out, outcome.study, lambda fresh: write_tables(fresh, outcome))
    sites = plan.hubs.index.unique("site")
    hubs = len(plan.hubs.index.droplevel("period").unique())
    sys.stdout.write(
        f"{folder}: {len(plan.sources):,} supplies, {hubs} hubs at {len(sites)} sites, "
        f"{len(plan.flows):,} flows on {len(lines):,} arcs, "
        f"{len(plan.hubs.index.unique('period'))} periods\n"
    )


if __name__ == "__main__":
    main()
