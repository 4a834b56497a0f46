"""The words of a front, in Japanese and English."""

from __future__ import annotations

from typing import TYPE_CHECKING

from siting.report.number import GAS, MASS, MONEY
from siting.scenarios.objective import Objective

if TYPE_CHECKING:
    from siting.report.number import Units
    from siting.text import Language

PERSON_YEARS: dict[Language, Units] = {
    "ja": ((1e4, "万人年"), (1.0, "人年")),
    "en": ((1e3, "thousand person-years"), (1.0, "person-years")),
}

UNITS: dict[Objective, dict[Language, Units]] = {
    Objective.COST: MONEY,
    Objective.KGCO2E: GAS,
    Objective.VIRGIN_MATERIAL_AVOIDED_T: MASS,
    Objective.JOBS: PERSON_YEARS,
}

RATE: dict[Objective, tuple[float, str, str, str]] = {
    Objective.COST: (1.0, "円", "JPY", "jpy"),
    Objective.KGCO2E: (1000.0, "t-CO2e", "t CO2e", "tco2e"),
    Objective.VIRGIN_MATERIAL_AVOIDED_T: (1.0, "t", "t", "t"),
    Objective.JOBS: (1.0, "人年", "person-year", "person_yr"),
}
"""What an objective is given in: base units in it, its words, its column name."""

GAINED: dict[Objective, tuple[float, str, str, str]] = RATE | {
    Objective.COST: (1e6, "百万円", "million JPY", "million_jpy")
}
"""The same where an objective is what is gained, so that rates are no tiny numbers."""

SENTENCES: dict[str, tuple[str, str]] = {
    "kicker": ("二つの目的の間: {x}と{y}", "Between two objectives: {x} and {y}"),
    "front_heading": ("どこまで得るのに、どれだけかかるか", "What more of one costs of the other"),
    "hubs_heading": ("点ごとの拠点とライン(最終期)", "Hubs and lines of each point, last period"),
    "method_heading": ("作り方と限界", "How this was made, and its limits"),
    "source_heading": ("来歴と出典", "Provenance and credits"),
    "point": ("点", "Point"),
    "limit": ("{y}の制約", "Limit on {y}"),
    "bound": ("{x}の下界", "Bound on {x}"),
    "bound_up": ("{x}の上界", "Bound on {x}"),
    "gap": ("差", "Gap"),
    "rate": ("前の点からの{x}/{y}", "{x} per {y}, from the point before"),
    "sites": ("場所", "Sites"),
    "hubs": ("拠点", "Hubs"),
    "lines": ("ライン", "Lines"),
    "capacity": ("処理能力 [t/年]", "Capacity [t/yr]"),
    "technology": ("技術", "Technology"),
    "none": ("なし", "none"),
    "tile_points": ("点の数", "Points"),
    "tile_x": ("最良の{x}", "Best {x}"),
    "tile_y": ("最良の{y}", "Best {y}"),
    "tile_gap": ("証明された差(最大)", "Largest proven gap"),
    "ends": (
        "{x}だけなら{best_x}({y}は{y_at_x})、{y}だけなら{best_y}({x}は{x_at_y})。",
        "For {x} alone: {best_x}, with {y_at_x} of {y}. For {y} alone: {best_y}, with {x_at_y} of "
        "{x}.",
    ),
    "cheapest_step": (
        "最初の一歩は{unit}当たり{first}、最後の一歩は{last}。",
        "The first step takes {first} per {unit}, the last {last}.",
    ),
    "one_point": (
        "{x}で最良の計画が{y}でも最良であり、二つの目的は争わない。",
        "The plan that is best in {x} is best in {y} too: the two do not compete.",
    ),
    "sureness": (
        "各点の{x}は、その制約のもとで最良から{gap}以内と証明されている。",
        "Within its limit, {x} of every point is proven to be within {gap} of the best.",
    ),
    "best": (
        "各点の{x}は、その制約のもとで最良と証明されている。",
        "Within its limit, {x} of every point is proven to be the best.",
    ),
    "dominated": (
        "{count}点は、ほかの点のほうが両方の目的で劣らず、少なくとも一方で優れるため除いた。",
        "{count} point(s) were dropped: another is no worse in either objective and better in one.",
    ),
    "without_plan": (
        "{y}の制約{limits}では計画が見つからなかった。",
        "No plan was found for {y} limited to {limits}.",
    ),
    "interrupted": (
        "利用者が途中で止めたため、求めた点だけを示す。",
        "The user stopped the search; the points found until then are shown.",
    ),
    "method": (
        "まず{x}だけ、次に{y}だけを最良にし、その間を等分した値に{y}を制約して{x}を最良にした"
        "(ε制約法)。横の細い線は、その制約のもとで証明された{x}の限界まで。点と点の間にも計画はある。",
        "First the plan best in {x} alone, then in {y} alone; between them {y} was limited in "
        "equal steps and {x} made best (ε-constraint method). A thin line to the side reaches to "
        "the proven bound on {x}. There are plans between the points too.",
    ),
    "amounts": (
        "費用は現在価値、ほかは全期間の合計(割引なし)。",
        "Cost is a present value; all else is the sum over the horizon, undiscounted.",
    ),
}


def sentence(key: str, language: Language, **values: object) -> str:
    """Return the words `key` with their `values` filled in."""
    return SENTENCES[key][language == "en"].format(**values)
