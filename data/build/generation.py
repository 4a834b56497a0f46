"""Waste arising by municipality: national figure x prefecture key x municipal key."""

import pandas as pd
from files import read_source

TOLERANCE = 0.001  # of the national figure
VEHICLES, VEHICLES_T = "1000 vehicles/y", "vehicle mass"
SHIP_SCRAP, SHIP_SCRAP_T = "kt scrap/y", "steel scrap per light displacement"
"""Ships are told in tonnes of scrap, but bought, moved and cut by light displacement (LDT)."""
READ_AS = {SHIP_SCRAP: "; in t LDT: scrap / 0.85 (unit_facts)"}

POPULATION = ("population_2020", "population")
FACTORIES = ("manufacturing_shipments_2019_oku_jpy", "building land")
UCO_BUSINESS_KT, UCO_HOUSEHOLD_KT = 430, 100  # generation.csv GN028, GN029

# commodity: (weight, prefecture key, municipal key) of each part of the national figure
PARTS: dict[str, list[tuple[float, str, str]]] = {
    "waste_plastic": [(0.5, *POPULATION), (0.5, *FACTORIES)],
    "elv": [(1.0, "vehicles_2023_k", "population")],
    "steel_scrap": [(0.6, *POPULATION), (0.4, *FACTORIES)],
    "ship": [(1.0, "shipbuilding_key_share", "ports")],
    "e_scrap": [(0.7, *POPULATION), (0.3, *FACTORIES)],
    "aluminium_scrap": [(0.5, *POPULATION), (0.5, *FACTORIES)],
    "lib": [(0.5, "passenger_cars_2023_k", "population"), (0.3, *POPULATION), (0.2, *FACTORIES)],
    "pv_panel": [(1.0, "pv_fit_total_mw_2023", "pv")],
    "wind_turbine": [(1.0, "wind_mw_2016_03", "wind")],
    "uco": [
        (UCO_BUSINESS_KT / 530, "uco_business_key_share", "population"),
        (UCO_HOUSEHOLD_KT / 530, *POPULATION),
    ],
    "mixed_sludge": [(1.0, *FACTORIES)],
    "copper_scrap": [(0.5, *POPULATION), (0.5, *FACTORIES)],
}
PORT_WEIGHTS = {"international_strategic": 3, "international_hub": 3, "important": 2, "local": 1}
WORDS = {
    "population_2020": "population",
    "manufacturing_shipments_2019_oku_jpy": "manufacturing shipments",
    "vehicles_2023_k": "vehicles",
    "passenger_cars_2023_k": "passenger cars",
    "shipbuilding_key_share": "shipyards",
    "pv_fit_total_mw_2023": "PV capacity",
    "wind_mw_2016_03": "wind capacity of 2016",
    "uco_business_key_share": "population x eating out",
    "building land": "building land",
    "ports": "ports weighted by class",
    "pv": "PV capacity",
    "wind": "listed wind farms, the rest by non-habitable land",
}


def tonnes_per(units: pd.Series) -> pd.Series:
    """Return the tonnes of the commodity that one of each of `units` stands for."""
    facts = read_source("unit_facts.csv").set_index("item_en")["value"]
    known = {
        VEHICLES: 1000 * float(facts[VEHICLES_T]),
        SHIP_SCRAP: 1000 / float(facts[SHIP_SCRAP_T]),
    }
    return units.map(known).fillna(1000.0)


def national_t() -> pd.DataFrame:
    """Return the base figure of each commodity: ``supply_t`` [t/yr] and its source."""
    base = read_source("generation.csv").query("is_model_base == 1").set_index("resource")
    source = base["id"] + " (" + base["year"].astype(str) + "): " + base["source"]
    source += base["unit"].map(READ_AS).fillna("")
    return pd.DataFrame({"supply_t": base["value"] * tonnes_per(base["unit"]), "source": source})


def municipal_keys() -> pd.DataFrame:
    """Return what the arising follows inside a prefecture, one column per key."""
    towns = read_source("municipalities.csv").sort_values("code").set_index("code")
    columns = {
        "pref_code": towns["pref_code"],
        "population": towns["population_2020"],
        "building land": towns["building_land_ha"],
        "pv": towns["pv_kw_2023"],
        "ports": port_weight().reindex(towns.index, fill_value=0),
        "wind": wind_weight(towns),
    }
    return pd.DataFrame(columns)


def port_weight() -> pd.Series:
    """Return the summed class weight of the ports of each municipality that has one."""
    ports = read_source("ports.csv")
    return ports["port_class"].map(PORT_WEIGHTS).groupby(ports["muni_code"]).sum()


def wind_weight(towns: pd.DataFrame) -> pd.Series:
    """Return wind capacity [MW]: listed farms where they stand, the rest on wild land."""
    plants = read_source("power_plants.csv").query("fuel == 'Wind'")
    listed_mw = plants.groupby("muni_code")["capacity_mw"].sum()
    listed_mw = listed_mw.reindex(towns.index, fill_value=0.0)
    pref_code = towns["pref_code"]
    keys = read_source("prefecture_keys.csv").set_index("pref_code")
    total_mw = pref_code.map(keys["wind_mw_2016_03"])
    rest_mw = (total_mw - listed_mw.groupby(pref_code).transform("sum")).clip(lower=0)
    wild_ha = (towns["area_ha"] - towns["habitable_ha"]).clip(lower=0)
    return listed_mw + rest_mw * wild_ha / wild_ha.groupby(pref_code).transform("sum")


def shares(commodity: str, towns: pd.DataFrame, prefectures: pd.DataFrame) -> pd.Series:
    """Return the share of each municipality in the national arising of `commodity`."""
    total = pd.Series(0.0, index=towns.index)
    for weight, outer, inner in PARTS[commodity]:
        within = towns[inner] / towns.groupby("pref_code")[inner].transform("sum")
        across = prefectures[outer] / prefectures[outer].sum()
        total += weight * towns["pref_code"].map(across) * within.fillna(0.0)
    return total


def key_words(commodity: str) -> str:
    """Return the allocation key of `commodity` in words."""
    parts = PARTS[commodity]
    outer = " + ".join(f"{weight:.3g} {WORDS[key]}" for weight, key, _ in parts)
    inner = " and ".join(dict.fromkeys(WORDS.get(key, key) for _, _, key in parts))
    return f"{outer}; within prefecture: {inner}"


def generation() -> pd.DataFrame:
    """Return arising by municipality and commodity in the base year 2025 [t/yr]."""
    towns = municipal_keys()
    prefectures = read_source("prefecture_keys.csv").set_index("pref_code")
    national = national_t()
    frames = []
    for commodity in sorted(PARTS):
        supply_t = shares(commodity, towns, prefectures) * national["supply_t"][commodity]
        columns = {
            "code": towns.index,
            "commodity": commodity,
            "supply_t": supply_t.round(4).to_numpy(),
            "key": key_words(commodity),
            "source": national["source"][commodity],
            "confidence": "estimate",
        }
        frames.append(pd.DataFrame(columns))
    return pd.concat(frames).sort_values(["code", "commodity"], ignore_index=True)


def deviations(table: pd.DataFrame) -> pd.DataFrame:
    """Compare `table` with the national figures and with the prefectures' table.

    ``deviation`` is relative to the national figure; ``worst_pref`` is the largest
    difference of one prefecture, relative to the same figure.
    """
    national = national_t()["supply_t"].sort_index()
    total = table.groupby("commodity")["supply_t"].sum()
    given = read_source("generation_by_prefecture.csv")
    given_t = (given["value"] * tonnes_per(given["unit"])).set_axis(
        pd.MultiIndex.from_frame(given[["resource", "pref_code"]])
    )
    built_t = table.groupby(["commodity", table["code"].str[:2]])["supply_t"].sum()
    apart = (built_t - given_t.rename_axis(built_t.index.names)).abs()
    worst = apart.groupby("commodity").max() / national
    columns = {"national_t": national, "built_t": total}
    return pd.DataFrame(columns).assign(deviation=total / national - 1, worst_pref=worst)


def check(table: pd.DataFrame) -> None:
    """Stop the build if a national figure is not reproduced."""
    off = deviations(table)["deviation"].abs()
    assert off.max() < TOLERANCE, f"generation departs from its national figures:\n{off}"


def growth() -> pd.DataFrame:
    """Return the growth index of each commodity and scenario, 2025 = 1, to 2050."""
    frame = read_source("growth.csv").rename(columns={"resource": "commodity"})
    frame["national_t"] = (frame["value"] * tonnes_per(frame["unit"])).round(1)
    frame["source"] += frame["unit"].map(READ_AS).fillna("")
    keys = ["commodity", "scenario", "year"]
    columns = [*keys, "index_2025", "national_t", "source", "confidence"]
    return frame.sort_values(keys, ignore_index=True)[columns]
