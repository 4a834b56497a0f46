"""Municipalities and prefectures: who lives where, on what land, at what price."""

from typing import Any

import geopandas as gpd
import pandas as pd
from files import CRS, points, read_source

REGIONS = {
    "Hokkaido": (1,),
    "Tohoku": (2, 3, 4, 5, 6, 7),
    "Kanto": (8, 9, 10, 11, 12, 13, 14),
    "Koshinetsu": (15, 19, 20),
    "Hokuriku": (16, 17, 18),
    "Tokai": (21, 22, 23, 24),
    "Kansai": (25, 26, 27, 28, 29, 30),
    "Chugoku": (31, 32, 33, 34, 35),
    "Shikoku": (36, 37, 38, 39),
    "Kyushu": (40, 41, 42, 43, 44, 45, 46),
    "Okinawa": (47,),  # its own block of electricity and freight prices
}
LAND_PRICE, WAGE = "industrial_land_price_2025", "wage_index"

MUNICIPALITY_COLUMNS = {
    "code": "code",
    "pref_code": "pref_code",
    "pref": "pref_ja",
    "name": "name_ja",
    "name_en": "name_en",
    "name_kana": "name_kana",
    "type": "kind",
    "population_2020": "population",
    "households_2020": "households",
    "area_ha": "area_ha",
    "habitable_ha": "habitable_ha",
    "building_land_ha": "building_land_ha",
    "farmland_ha": "farmland_ha",
    "land_price_jpy_m2": "land_price_jpy_per_m2",
    "elec_demand_mwh": "elec_demand_mwh",
    "utility_area": "electricity_area",
    "pv_kw_2023": "pv_kw",
    "access_mode": "access_mode",
    "road_access_km": "road_access_km",
    "source": "source",
    "confidence": "confidence",
    "lat": "lat",
    "lon": "lon",
}
COUNTS = ("population", "households")


def municipalities() -> gpd.GeoDataFrame:
    """Return the 1,741 municipalities as points at their halls, sorted by code."""
    frame = read_source("municipalities.csv")
    frame["utility_area"] = frame["utility_area"].str.title()
    frame["elec_demand_mwh"] = elec_demand_mwh(frame).round(1)
    frame = frame[list(MUNICIPALITY_COLUMNS)].rename(columns=MUNICIPALITY_COLUMNS)
    frame = frame.astype(dict.fromkeys(COUNTS, "int64")).sort_values("code", ignore_index=True)
    return points(frame)


def elec_demand_mwh(frame: pd.DataFrame) -> pd.Series:
    """Return yearly electricity demand [MWh]: half by population, half by building land.

    The prefectures' totals are ANRE's, fiscal 2022; the split inside each is ours.
    """
    keys = read_source("prefecture_keys.csv").set_index("pref_code")
    total_mwh = frame["pref_code"].map(keys["electricity_demand_2022_gwh"]) * 1000
    columns = frame[["population_2020", "building_land_ha"]]
    shares = columns / columns.groupby(frame["pref_code"]).transform("sum")
    return total_mwh * shares.mean(axis=1)


def electricity_area(towns: pd.DataFrame) -> pd.Series:
    """Return by prefecture the electricity area in which most of its people live."""
    people = towns.groupby(["pref_code", "electricity_area"])["population"].sum().reset_index()
    largest = people.sort_values("population").drop_duplicates("pref_code", keep="last")
    return largest.set_index("pref_code")["electricity_area"]


def prefectures(towns: pd.DataFrame, outlines: dict[str, Any]) -> gpd.GeoDataFrame:
    """Return the 47 prefectures as polygons of their main land mass, sorted by code."""
    frame = read_source("prefectures.csv").sort_values("pref_code", ignore_index=True)
    code = frame["pref_code"]
    economy = read_source("economy.csv").query("group == 'prefecture'")
    prices = economy.pivot_table(index="pref_code", columns="parameter", values="value")
    region = {f"{number:02d}": name for name, numbers in REGIONS.items() for number in numbers}
    table = {
        "pref_code": code,
        "name_ja": frame["pref"],
        "name_en": frame["pref_en"],
        "region": code.map(region),
        "electricity_area": code.map(electricity_area(towns)),
        "capital_ja": frame["capital"],
        "capital_lat": frame["lat"],
        "capital_lon": frame["lon"],
        "population": frame["population_2020"].astype("int64"),
        "industrial_land_price_jpy_per_m2": code.map(prices[LAND_PRICE]),
        "wage_index": code.map(prices[WAGE]),
        "source": "outline japanmap; e-Stat 2020 census; MLIT land price survey 2020 x growth; "
        "MHLW minimum wage 2025",
        "confidence": "estimate",
    }
    shapes = gpd.GeoSeries([outlines[key] for key in code], crs=CRS)
    return gpd.GeoDataFrame(table, geometry=shapes)
