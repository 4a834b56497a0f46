"""Two outcomes small enough to check by hand: one builds hubs, one builds none."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from toy_legs import TERMINALS, toy_legs

from models.instance import Instance
from models.plan import COST_PARTS, KGCO2E_PARTS, Plan
from siting.outcome import Outcome, Provenance, Timing
from siting.report.page import report_html
from siting.report.tables import write_tables

NASTY = "<script>alert(1)</script>"
FORMULA = "=1+1"

PERIODS = [2030, 2040]
SHORTFALL_JPY_PER_T = 200_000.0
COMMODITIES = ["pv_panel", "waste_plastic", "glass_cullet", "residue", "recycled_pellet"]

RECIPES = [
    ("pv_recycling", "pv_panel", 1.0, 0.0),
    ("pv_recycling", "glass_cullet", 0.0, 0.7),
    ("pv_recycling", "residue", 0.0, 0.3),
    ("plastic_recycling", "waste_plastic", 1.0, 0.0),
    ("plastic_recycling", "recycled_pellet", 0.0, 0.8),
    ("plastic_recycling", "residue", 0.0, 0.2),
]


ARCS = [
    ("01100", "S01", "truck", "pv_panel", 40.0, 1.2, 6000.0, 6.0),
    ("04100", "S01", "ship", "pv_panel", 700.0, 30.0, 14_000.0, 30.0),
    ("01100", "S02", "truck", "waste_plastic", 25.0, 0.8, 5000.0, 4.0),
    ("S01", "J01", "truck", "glass_cullet", 120.0, 2.5, 7000.0, 15.0),
    ("S02", "J01", "rail", "recycled_pellet", 500.0, 14.0, 9000.0, 10.0),
]


def table(index: list[str], columns: list[str], rows: list[tuple[Any, ...]]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=[*index, *columns]).set_index(index)


def small_instance() -> Instance:
    supply = [("01100", "pv_panel", 800.0, 3200.0), ("04100", "pv_panel", 400.0, 1800.0),
              ("01100", "waste_plastic", 9000.0, 9500.0)]  # fmt: skip
    both = [(i, k, t, v) for i, k, *values in supply for t, v in zip(PERIODS, values, strict=True)]
    keys = ["source", "commodity", "period"]
    return Instance(
        periods=table(
            ["period"],
            ["years", "discount_yr", "carbon_price_jpy_per_t", "grid_kgco2e_per_kwh"],
            [(2030, 10.0, 8.5, 3000.0, 0.4), (2040, 10.0, 5.7, 8000.0, 0.2)],
        ),
        commodities=table(
            ["commodity"],
            ["disposal_jpy_per_t", "disposal_kgco2e_per_t"],
            [(k, 30_000.0, 50.0) for k in COMMODITIES],
        ),
        supply=table(
            keys, ["supply_t", "acquisition_jpy_per_t"], [(*key, v, 20_000.0) for *key, v in both]
        ),
        baseline=table(
            keys, ["cost_jpy_per_t", "kgco2e_per_t"], [(*key, 32_000.0, 900.0) for *key, _ in both]
        ),
        targets=table(
            ["commodity", "period"],
            ["min_collected_share", "shortfall_jpy_per_t"],
            [
                ("pv_panel", 2030, 0.5, SHORTFALL_JPY_PER_T),
                ("pv_panel", 2040, 0.8, SHORTFALL_JPY_PER_T),
                ("waste_plastic", 2030, 0.4, SHORTFALL_JPY_PER_T),
                ("waste_plastic", 2040, 0.6, SHORTFALL_JPY_PER_T),
            ],
        ),
        recipes=table(
            ["technology", "commodity"],
            ["input_t_per_t", "yield_t_per_t"],
            RECIPES,
        ),
        hubs=table(
            ["site", "technology", "size"],
            ["capacity_t", "max_lines", "opening_jpy", "annuity_per_yr", "running_jpy_per_yr",
             "handling_jpy_per_t", "kwh_per_t", "kgco2e_per_t"],
            [
                ("S01", "pv_recycling", "medium", 2000.0, 3, 9e8, 0.07, 8e7, 15_000.0, 60.0, 5.0),
                ("S02", "plastic_recycling", "large", 6000.0, 2, 3e9, 0.07, 3e8, 25e3, 400.0, 20.0),
            ],
        ),
        sinks=table(
            ["sink", "commodity", "period"],
            ["price_jpy_per_t", "demand_t", "credit_kgco2e_per_t"],
            [(j, k, t, price, float("inf"), 800.0)
             for j, k, price in (("J01", "glass_cullet", 5e3), ("J01", "recycled_pellet", 9e4))
             for t in PERIODS],
        ),
        arcs=table(
            ["origin", "destination", "mode", "commodity"],
            ["distance_km", "hours", "cost_jpy_per_t", "kgco2e_per_t"],
            ARCS,
        ),
    )  # fmt: skip


FLOWS = [
    ("01100", "S01", "truck", "pv_panel", 2030, 600.0),
    ("01100", "S01", "truck", "pv_panel", 2040, 2600.0),
    ("04100", "S01", "ship", "pv_panel", 2040, 1400.0),
    ("01100", "S02", "truck", "waste_plastic", 2030, 3600.0),
    ("01100", "S02", "truck", "waste_plastic", 2040, 5700.0),
    ("S01", "J01", "truck", "glass_cullet", 2030, 420.0),
    ("S01", "J01", "truck", "glass_cullet", 2040, 2800.0),
    ("S02", "J01", "rail", "recycled_pellet", 2030, 2880.0),
    ("S02", "J01", "rail", "recycled_pellet", 2040, 4560.0),
]
FLOW = ["origin", "destination", "mode", "commodity", "period"]
HUB = ["site", "technology", "size", "period"]
HUB_COLUMNS = ["lines", "opened_lines", "capacity_t", "throughput_t", "opening_jpy", "stands",
               "jobs", "labour_jpy", "land_m2", "kwh", "heat_mj", "energy_jpy"]  # fmt: skip
NO_LABOUR = (0.0, 0.0, 0.0, 0.0)
HUBS = [
    ("S01", "pv_recycling", "medium", 2030, 1, 1, 2000.0, 600.0, 9e8, *NO_LABOUR, 36e3, 0.0, 0.0),
    ("S01", "pv_recycling", "medium", 2040, 2, 1, 4000.0, 4e3, 9e8, *NO_LABOUR, 240e3, 0.0, 0.0),
    ("S02", "plastic_recycling", "large", 2030, 1, 1, 6e3, 3600.0, 3e9, *NO_LABOUR, 1.44e6, 0.0,
     0.0),
    ("S02", "plastic_recycling", "large", 2040, 1, 0, 6e3, 5700.0, 0.0, *NO_LABOUR, 2.28e6, 0.0,
     0.0),
]  # fmt: skip
RESIDUE = [
    ("S01", "residue", 2030, 180.0), ("S01", "residue", 2040, 1200.0),
    ("S02", "residue", 2030, 720.0), ("S02", "residue", 2040, 1140.0),
]  # fmt: skip


def flow_table(data: Instance, rows: list[tuple[Any, ...]]) -> pd.DataFrame:
    flows = table(FLOW, ["flow_t"], rows)
    arcs = data.arcs.reindex(flows.index.droplevel("period")).set_index(flows.index)
    flows = flows.join(arcs[["distance_km", "hours"]])
    flows["tkm"] = flows["flow_t"] * arcs["distance_km"]
    flows["cost_jpy"] = flows["flow_t"] * arcs["cost_jpy_per_t"]
    flows["kgco2e"] = flows["flow_t"] * arcs["kgco2e_per_t"]
    return flows.sort_index()


def source_table(data: Instance, flows: pd.DataFrame) -> pd.DataFrame:
    sent = flows["flow_t"].groupby(level=["origin", "commodity", "period"]).sum()
    sent.index.names = ["source", "commodity", "period"]
    sources = data.supply[["supply_t"]].sort_index()
    sources["collected_t"] = sent.reindex(sources.index).fillna(0.0)
    sources["uncollected_t"] = sources["supply_t"] - sources["collected_t"]
    return sources


def target_table(data: Instance, sources: pd.DataFrame, fee_jpy_per_t: float) -> pd.DataFrame:
    sums = sources.groupby(level=["commodity", "period"]).sum()
    targets = data.targets[["min_collected_share"]].join(sums[["supply_t", "collected_t"]])
    targets["collected_share"] = targets["collected_t"] / targets["supply_t"]
    lacks = targets["min_collected_share"] * targets["supply_t"] - targets["collected_t"]
    targets["shortfall_t"] = lacks.where(lacks > 1e-7, 0.0)
    missed = targets["shortfall_t"] > 0
    targets["fee_jpy_per_t"] = missed.map({True: SHORTFALL_JPY_PER_T, False: fee_jpy_per_t})
    return targets.sort_index()


def cost_table(data: Instance, jpy_per_yr: dict[str, tuple[float, float]]) -> pd.DataFrame:
    discount_yr = data.periods["discount_yr"]
    rows = [
        (block, part, t, cost, cost * discount_yr[t])
        for part, block in COST_PARTS.items()
        for t, cost in zip(PERIODS, jpy_per_yr.get(part, (0.0, 0.0)), strict=True)
    ]
    columns = ["cost_jpy_per_yr", "present_value_jpy"]
    return table(["block", "part", "period"], columns, rows).sort_index()


def gas_table(kgco2e: dict[str, tuple[float, float]]) -> pd.DataFrame:
    rows = [
        (part, t, value)
        for part in KGCO2E_PARTS
        for t, value in zip(PERIODS, kgco2e.get(part, (0.0, 0.0)), strict=True)
    ]
    return table(["part", "period"], ["kgco2e_per_yr"], rows).sort_index()


def sink_table(data: Instance, flows: pd.DataFrame) -> pd.DataFrame:
    inflow = flows["flow_t"].groupby(level=["destination", "commodity", "period"]).sum()
    inflow.index.names = ["sink", "commodity", "period"]
    sinks = data.sinks[["demand_t"]].sort_index()
    sinks["inflow_t"] = inflow.reindex(sinks.index).fillna(0.0)
    sinks["sales_jpy"] = sinks["inflow_t"] * data.sinks["price_jpy_per_t"].reindex(sinks.index)
    return sinks[sinks["inflow_t"] > 0]


def made_plan(
    data: Instance,
    hubs: list[tuple[Any, ...]],
    flows: list[tuple[Any, ...]],
    costs: dict[str, tuple[float, float]],
    gases: dict[str, tuple[float, float]],
    bound_share: float,
) -> Plan:
    flowing = flow_table(data, flows)
    sources = source_table(data, flowing)
    cost = cost_table(data, costs)
    objective_jpy = float(cost["present_value_jpy"].sum())
    bound_jpy = objective_jpy * bound_share
    proof = [("pv_panel + waste_plastic", objective_jpy, bound_jpy, 1 - bound_share, 5, 5)]
    return Plan(
        status="optimal",
        objective_jpy=objective_jpy,
        bound_jpy=bound_jpy,
        hubs=table(HUB, HUB_COLUMNS, hubs).sort_index(),
        flows=flowing,
        sources=sources,
        sinks=sink_table(data, flowing),
        disposals=table(["site", "commodity", "period"], ["disposal_t"], RESIDUE if hubs else []),
        targets=target_table(data, sources, 61_234.5),
        costs=cost,
        kgco2e=gas_table(gases),
        bounds=table(
            ["commodities"],
            ["objective_jpy", "bound_jpy", "gap", "arcs", "core_arcs"],
            proof,
        ),
    )


def place_table() -> pd.DataFrame:
    columns = ["kind", "name_ja", "name_en", "pref_ja", "lat", "lon", "detail", "confidence"]
    rows = [
        ("01100", "source", "札幌市", "Sapporo", "北海道", 43.06, 141.35, "", "published"),
        ("04100", "source", NASTY, NASTY, "宮城県", 38.27, 140.87, "", "published"),
        ("S01", "site", "苫小牧港", "Tomakomai port", "北海道", 42.63, 141.63, FORMULA, "compiled"),
        ("S02", "site", NASTY, FORMULA, "北海道", 42.9, 141.6, "", "estimate"),
        ("J01", "sink", "ガラス工場", "Glass works", "千葉県", 35.6, 140.1, "", "compiled"),
        *TERMINALS,
    ]
    return table(["node"], columns, rows)


def assumption_table() -> pd.DataFrame:
    columns = ["table", "name", "value", "unit", "low", "high", "source", "confidence"]
    rows = [
        ("transport", "truck/truck_10t/trip_fixed", 25e3, "JPY", 2e4, 3e4, "国交省", "published"),
        ("facility", "pv_recycling/opening/medium", 9e8, "JPY", 6e8, 1.4e9, FORMULA, "estimate"),
        ("prices", "material/glass_cullet", 5000.0, "JPY/t", 2000.0, 8000.0, NASTY, "compiled"),
        ("emissions", "electricity/grid", 0.4, "kgCO2e/kWh", 0.35, 0.45, "電事連", "published"),
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=columns)


def outcome(plan: Plan, data: Instance) -> Outcome:
    return Outcome(
        study="toy",
        title_ja="太陽光パネルと廃プラスチックの拠点 <試算>",
        title_en="Hubs for solar panels & plastics",
        instance=data,
        plan=plan,
        places=place_table(),
        legs=toy_legs(data.arcs),
        assumptions=assumption_table(),
        outlines=None,
        provenance=Provenance(
            config_sha256="ab" * 32,
            layer_sha256={"municipalities.gpkg": "cd" * 32},
            versions={"siting": "0.1.0", "highspy": "1.12.0"},
            model="5本の経路、2期間をすべて解いた。",
            notes=["既存のリサイクル施設は含まない。", NASTY],
            credits=["国土数値情報(国土交通省)"],
        ),
        timing=Timing(build_s=0.1, solve_s=0.2, peak_rss_mib=150.0),
    )


@pytest.fixture(scope="session")
def built() -> Outcome:
    data = small_instance()
    costs = {
        "opening": (2.73e8, 3.36e8), "running": (3.8e8, 4.6e8), "handling": (9.9e7, 2.025e8),
        "acquisition": (8.4e7, 1.94e8), "transport": (5.046e7, 1.2434e8),
        "disposal": (2.7e7, 7.02e7),
        "baseline": (1.92e8, 1.536e8), "market": (-2.613e8, -4.244e8), "emissions": (9.6e6, -1.1e6),
    }  # fmt: skip
    gases = {
        "baseline": (5.4e6, 4.32e6), "conversion": (6.6e5, 6.3e5), "transport": (5.31e4, 1.68e5),
        "disposal": (4.5e4, 1.2e5), "market": (-2.6e6, -5.9e6),
    }  # fmt: skip
    return outcome(made_plan(data, HUBS, FLOWS, costs, gases, 0.995678), data)


@pytest.fixture(scope="session")
def empty() -> Outcome:
    data = small_instance()
    costs = {"baseline": (3.264e8, 4.64e8), "shortfall": (8.4e8, 1.94e9)}
    gases = {"baseline": (9.18e6, 1.305e7)}
    made = outcome(made_plan(data, [], [], costs, gases, 1.0), data)
    return replace(made, assumptions=made.assumptions.head(0))


@pytest.fixture(scope="session")
def pages(built: Outcome, empty: Outcome) -> dict[str, str]:
    """Return the report of each outcome, made once."""
    return {"built": report_html(built), "empty": report_html(empty)}


@pytest.fixture(scope="session")
def folders(
    built: Outcome, empty: Outcome, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Path]:
    """Return a folder with the tables of each outcome, written once."""
    found = {}
    for name, outcome in (("built", built), ("empty", empty)):
        found[name] = tmp_path_factory.mktemp(name)
        write_tables(found[name], outcome)
    return found
