"""Made-up outcomes for the tests of the map: a small one with hostile names, a national one."""

from collections.abc import Sequence

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from models.instance import Instance
from models.plan import COST_PARTS, KGCO2E_PARTS, Plan
from siting.assemble.transport.leg import one_leg_each
from siting.maps.data import page_data
from siting.outcome import Outcome, Provenance, Timing

NASTY = (
    "<img src=x onerror=alert(1)>",
    "</script><script>alert(1)</script>",
    "${alert(1)} `alert(1)`",
    "{{ 7 * 191 }}{% raw %}",
)
FLOW = ["origin", "destination", "mode", "commodity", "period"]
HUB = ["site", "technology", "size", "period"]


def instance(
    periods: list[int], supply: pd.Series, hubs: list[tuple[str, str, str]], sinks: pd.Series
) -> Instance:
    """Return a valid instance without arcs around a supply, hubs and the inflow of sinks."""
    by_period = pd.Index(periods, name="period")
    technologies = sorted({g for _, g, _ in hubs})
    given = {"pv_recycling": ("pv_panel", "glass_cullet"), "steel_hq_sorting": (
        "steel_scrap", "steel_scrap_hq")}  # fmt: skip
    recipes = [
        row
        for g in technologies
        for pair in [given.get(g, ("waste_plastic", "recycled_pellet"))]
        for row in ((g, pair[0], 1.0, 0.0), (g, pair[1], 0.0, 0.8), (g, "residue", 0.0, 0.2))
    ]
    commodities = sorted({k for _, k, _, _ in recipes})
    hub_index = pd.MultiIndex.from_tuples(sorted(hubs), names=HUB[:3])
    arcs = pd.MultiIndex.from_arrays([[]] * 4, names=FLOW[:4])
    return Instance(
        periods=pd.DataFrame(1.0, by_period, ["years", "discount_yr", "carbon_price_jpy_per_t",
                             "grid_kgco2e_per_kwh"]),
        commodities=pd.DataFrame(0.0, pd.Index(commodities, name="commodity"),
                                 ["disposal_jpy_per_t", "disposal_kgco2e_per_t"]),
        supply=supply.to_frame("supply_t").assign(acquisition_jpy_per_t=0.0),
        baseline=pd.DataFrame(0.0, supply.index, ["cost_jpy_per_t", "kgco2e_per_t"]),
        targets=pd.DataFrame({"min_collected_share": [], "shortfall_jpy_per_t": []},
                             empty("commodity", "period"), dtype=float),
        recipes=pd.DataFrame(recipes, columns=["technology", "commodity", "input_t_per_t",
                             "yield_t_per_t"]).set_index(["technology", "commodity"]),
        hubs=pd.DataFrame(0.5, hub_index, ["capacity_t", "max_lines", "opening_jpy",
                          "annuity_per_yr", "running_jpy_per_yr", "handling_jpy_per_t",
                          "kwh_per_t", "kgco2e_per_t"]).assign(max_lines=1.0),
        sinks=sinks.to_frame("demand_t").assign(price_jpy_per_t=0.0, credit_kgco2e_per_t=0.0),
        arcs=pd.DataFrame(0.5, arcs, ["distance_km", "hours", "cost_jpy_per_t", "kgco2e_per_t"]),
    )  # fmt: skip


def empty(*levels: str) -> pd.MultiIndex:
    """Return an index with `levels` and no rows."""
    return pd.MultiIndex.from_arrays([[] for _ in levels], names=levels)


def plan(data: Instance, flow_t: pd.Series, hubs: pd.DataFrame, gap: float = 0.0) -> Plan:
    """Return a plan that ships `flow_t`, in which every supply is collected by 60 %."""
    periods = data.periods.index
    flows = flow_t.to_frame("flow_t").assign(distance_km=120.0, hours=2.0)
    flows["tkm"], flows["cost_jpy"], flows["kgco2e"] = flow_t * 120, flow_t * 9000, flow_t * 15
    sources = data.supply[["supply_t"]].assign(collected_t=data.supply["supply_t"] * 0.6)
    sources["uncollected_t"] = sources["supply_t"] - sources["collected_t"]
    costs = pd.MultiIndex.from_tuples(
        [(b, p, t) for p, b in COST_PARTS.items() for t in periods],
        names=["block", "part", "period"],
    )
    kgco2e = pd.MultiIndex.from_product([KGCO2E_PARTS, periods], names=["part", "period"])
    kept = sorted(sources.index.unique("commodity"))
    targets = pd.MultiIndex.from_product([kept, periods], names=["commodity", "period"])
    return Plan(
        status="optimal",
        objective_jpy=1e12,
        bound_jpy=1e12 * (1 - gap),
        hubs=hubs,
        flows=flows,
        sources=sources,
        sinks=data.sinks[["demand_t"]].assign(inflow_t=data.sinks["demand_t"], sales_jpy=0.0),
        disposals=pd.DataFrame(
            {"disposal_t": []}, empty("site", "commodity", "period"), dtype=float
        ),
        targets=pd.DataFrame({"min_collected_share": 0.5, "collected_share": 0.6}, targets),
        costs=pd.DataFrame({"cost_jpy_per_yr": 3.2e10, "present_value_jpy": 1e11}, costs),
        kgco2e=pd.DataFrame({"kgco2e_per_yr": 4.1e8}, kgco2e),
        bounds=pd.DataFrame(),
    )


def outcome(data: Instance, made: Plan, places: pd.DataFrame, **other: object) -> Outcome:
    """Return the outcome of a made-up plan."""
    values: dict[str, object] = {
        "study": "test",
        "title_ja": "再生プラスチック網の配置計画",
        "title_en": "Siting a plastics recycling network",
        "legs": one_leg_each(travelled(made.flows)),
        "assumptions": pd.DataFrame(),
        "outlines": None,
        "timing": Timing(1.0, 2.0, 300.0),
        "provenance": Provenance(
            config_sha256="0123456789abcdef" * 4,
            layer_sha256={},
            versions={"siting": "0.1.0", "highspy": "1.12.0"},
            model="6 期間、トラック・鉄道・内航船。",
            notes=["輸送距離は道路網の最短経路による。"],
            credits=["国土数値情報(国土交通省)を加工して作成"],
        ),
    }
    return Outcome(instance=data, plan=made, places=places, **{**values, **other})  # type: ignore[arg-type]


def travelled(flows: pd.DataFrame) -> pd.DataFrame:
    """Return the arcs that a made-up plan travels, with the figures that ``plan`` gives them."""
    arcs = flows[["distance_km", "hours"]].groupby(level=FLOW[:4]).first()
    return arcs.assign(cost_jpy_per_t=9000.0, kgco2e_per_t=15.0)


def place_table(rows: list[tuple[object, ...]]) -> pd.DataFrame:
    """Return places from rows of node, kind, name_ja, name_en, pref_ja, lat, lon."""
    columns = ["node", "kind", "name_ja", "name_en", "pref_ja", "lat", "lon"]
    table = pd.DataFrame(rows, columns=columns).set_index("node")
    return table.assign(detail="", confidence="")


def small_outcome(names: tuple[str, ...] = NASTY, **other: object) -> Outcome:
    """Return two periods, two sources, one hub, one candidate, one sink; names at will."""
    periods = [2030, 2040]
    places = place_table([
        ("a", "source", names[0], "Town A", "山口県", 34.1, 131.4),
        ("b", "source", names[1], "Town B", "山口県", 34.2, 131.9),
        ("h", "site", names[2], names[0], "山口県", 34.05, 131.6),
        ("spare", "site", names[3], names[1], "広島県", 34.4, 132.4),
        ("j", "sink", names[1], names[2], "福岡県", 33.9, 130.9),
    ])  # fmt: skip
    index = pd.MultiIndex.from_product(
        [["a", "b"], ["waste_plastic"], periods], names=["source", "commodity", "period"]
    )
    supply = pd.Series([100.0, 120.0, 40.0, 50.0], index)
    taken = pd.MultiIndex.from_tuples(
        [("j", "recycled_pellet", t) for t in periods], names=["sink", "commodity", "period"]
    )
    hubs = [(site, "plastic_recycling", "small") for site in ("h", "spare")]
    data = instance(periods, supply, hubs, pd.Series([60.0, 70.0], taken))
    flow_t = pd.Series(
        [60.0, 72.0, 30.0, 67.2, 81.6],
        pd.MultiIndex.from_tuples(
            [
                ("a", "h", "truck", "waste_plastic", 2030),
                ("a", "h", "truck", "waste_plastic", 2040),
                ("b", "h", "rail", "waste_plastic", 2040),
                ("h", "j", "ship", "recycled_pellet", 2030),
                ("h", "j", "ship", "recycled_pellet", 2040),
            ],
            names=FLOW,
        ),
    )
    run = pd.MultiIndex.from_tuples([("h", *hubs[0][1:], t) for t in periods], names=HUB)
    table = pd.DataFrame(
        {"lines": [1, 2], "opened_lines": 1, "capacity_t": [100.0, 200.0],
         "throughput_t": [60.0, 102.0], "opening_jpy": 5e8}, run,
    )  # fmt: skip
    return outcome(data, plan(data, flow_t, table, gap=0.00512), places, **other)


def bare_outcome() -> Outcome:
    """Return a study in which nothing is built and nothing moves."""
    full = small_outcome()
    none = full.plan.flows["flow_t"].iloc[:0]
    made = plan(full.instance, none, full.plan.hubs.iloc[:0])
    return outcome(full.instance, made, full.places)


GIVEN = {"plastic_recycling": "waste_plastic", "pv_recycling": "pv_panel",
         "steel_hq_sorting": "steel_scrap"}  # fmt: skip
OUTPUT = {"plastic_recycling": "recycled_pellet", "pv_recycling": "glass_cullet",
          "steel_hq_sorting": "steel_scrap_hq"}  # fmt: skip


def national_outcome(folder: str) -> Outcome:
    """Return a random plan on all municipalities: 6 periods, 42 hubs, thousands of flows."""
    towns = gpd.read_file(f"{folder}/municipalities.gpkg", use_arrow=False)
    towns = towns.sort_values(towns.columns[0]).reset_index(drop=True)
    draw = np.random.default_rng(1)
    periods = list(range(2025, 2051, 5))
    lonlat = shapely.get_coordinates(towns.geometry)
    weight = draw.pareto(1.1, len(towns)) * 400 + 20
    seats = pd.Index(draw.choice(len(towns), 60, replace=False))
    sinks = draw.choice(len(towns), 30, replace=False)
    places = [
        *town_rows(towns, lonlat, range(len(towns)), "source", "m"),
        *town_rows(towns, lonlat, seats, "site", "h"),
        *town_rows(towns, lonlat, sinks, "sink", "j"),
    ]
    flows, supplies, run = [], [], []
    for number, (technology, commodity) in enumerate(GIVEN.items()):
        mine = seats[number * 14 : number * 14 + 14]
        gaps = np.linalg.norm(lonlat[:, None] - lonlat[mine][None], axis=2)
        nearest, far = gaps.argmin(axis=1), gaps.min(axis=1)
        mode = np.where(far > 2.5, "ship", np.where(far > 1.2, "rail", "truck"))
        for step, t in enumerate(periods):
            supply = weight * (1 + 0.25 * step) * (1 + number)
            supplies += [(f"m{i}", commodity, t, s) for i, s in enumerate(supply)]
            flows += [
                (f"m{i}", f"h{mine[n]}", mode[i], commodity, t, supply[i] * 0.6)
                for i, n in enumerate(nearest)
            ]
            treated = np.bincount(nearest, supply * 0.6, minlength=len(mine))
            size = "large" if number else "medium"
            run += [(f"h{s}", technology, size, t, w) for s, w in zip(mine, treated, strict=True)]
            flows += [
                (f"h{s}", f"j{sinks[(s + number) % 30]}", "ship", OUTPUT[technology], t, w * 0.8)
                for s, w in zip(mine, treated, strict=True)
            ]
    return assembled(folder, place_table(places), supplies, flows, run, seats)


def town_rows(
    towns: pd.DataFrame, lonlat: np.ndarray, chosen: object, kind: str, prefix: str
) -> list[tuple[object, ...]]:
    """Return rows for ``place_table``, one for each chosen town."""
    return [
        (f"{prefix}{i}", kind, towns["name_ja"][i], towns["name_en"][i], towns["pref_ja"][i],
         lonlat[i, 1], lonlat[i, 0])
        for i in chosen  # type: ignore[attr-defined]
    ]  # fmt: skip


def assembled(
    folder: str,
    places: pd.DataFrame,
    supplies: Sequence[tuple[object, ...]],
    flows: Sequence[tuple[object, ...]],
    run: Sequence[tuple[object, ...]],
    seats: pd.Index,
) -> Outcome:
    """Return the outcome of the lists that ``national_outcome`` has drawn."""
    supply = pd.DataFrame(supplies, columns=["source", "commodity", "period", "t"])
    flow = pd.DataFrame(flows, columns=[*FLOW, "t"]).groupby(FLOW)["t"].sum()
    taken = flow[flow.index.get_level_values("destination").str.startswith("j")]
    inflow = taken.groupby(level=["destination", "commodity", "period"]).sum()
    inflow.index = inflow.index.rename(["sink", "commodity", "period"])
    treated = pd.DataFrame(run, columns=[*HUB, "throughput_t"]).set_index(HUB).sort_index()
    lines = np.ceil(treated["throughput_t"] / 30_000).clip(lower=1).astype(int)
    hubs = pd.DataFrame(
        {"lines": lines, "opened_lines": 0, "capacity_t": lines * 30_000.0,
         "throughput_t": treated["throughput_t"], "opening_jpy": lines * 1e9},
    )  # fmt: skip
    spare = [(f"h{s}", "pv_recycling", "large") for s in seats[42:]]
    built = sorted(set(hubs.index.droplevel("period")))
    data = instance(
        sorted(set(supply["period"])),
        supply.set_index(["source", "commodity", "period"])["t"].sort_index(),
        [*built, *spare],
        inflow.sort_index(),
    )
    outlines = gpd.read_file(f"{folder}/prefectures.gpkg")
    made = plan(data, flow.sort_index(), hubs, gap=0.0231)
    return outcome(data, made, places, outlines=outlines, title_ja="全国資源循環ハブ配置計画")


def plan_data(shown: Outcome) -> dict[str, object]:
    """Return what the page of one outcome shares, and the rows of its one plan, side by side."""
    data = page_data([shown])
    return {**data, **data["plans"][0]}
