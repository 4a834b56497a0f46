"""The words of the page of modes, in Japanese and English."""

from __future__ import annotations

from typing import TYPE_CHECKING

from siting.report import words
from siting.text import spoken

if TYPE_CHECKING:
    from siting.report.number import Units
    from siting.text import Language

HOURS: dict[Language, Units] = {
    "ja": ((1e4, "万時間"), (1.0, "時間")),
    "en": ((1e6, "million h"), (1e3, "thousand h"), (1.0, "h")),
}
ENERGY: dict[Language, Units] = {
    "ja": ((1e6, "TJ"), (1e3, "GJ"), (1.0, "MJ")),
    "en": ((1e6, "TJ"), (1e3, "GJ"), (1.0, "MJ")),
}

LABELS: dict[str, tuple[str, str]] = {
    "kicker": ("輸送手段の比較: トラック・鉄道・船", "Modes compared: truck, rail and ship"),
    # headings
    "runs_heading": ("手段の組み合わせごとの計画", "The plan with each set of modes"),
    "split_heading": ("何で運ぶか", "What carries it"),
    "lanes_heading": ("主なレーンと、その手段である理由", "The main lanes, and why this mode"),
    "close_heading": ("僅差のレーン", "Close calls"),
    "shift_heading": ("手段が移る炭素価格", "The carbon price that shifts the mode"),
    "curve_heading": ("距離による損益分岐", "Break-even over distance"),
    "lot_heading": ("ばら積み船の配船間隔", "How often a bulk ship would sail"),
    "method_heading": ("読み方と限界", "How to read this, and its limits"),
    "source_heading": ("来歴と出典", "Provenance and credits"),
    # tiles
    "tile_saving": ("節約(現在価値)", "Saved (present value)"),
    "tile_saving_yr": ("節約/年", "Saved a year"),
    "tile_gas": ("排出の削減/年", "Emissions saved a year"),
    "tile_driver": ("運転者の労働の削減/年", "Driver hours saved a year"),
    "tile_rail": ("鉄道の分担率(トンキロ)", "Rail's share (t·km)"),
    "tile_ship": ("船の分担率(トンキロ)", "Ship's share (t·km)"),
    "tile_close": ("僅差のレーン", "Close calls"),
    "tile_gap": ("証明された差", "Proven gap"),
    # rows of the table of runs
    "cost": ("総費用(現在価値)", "Total cost (present value)"),
    "saving": ("トラックだけとの差", "Against trucks alone"),
    "saving_yr": ("同 1年当たり", "the same, a year"),
    "same_hubs": ("同 拠点を変えない場合", "the same, no hub moved"),
    "saving_range": ("その確かさ", "How sure that is"),
    "gap": ("証明された差(最大)", "Proven gap (at most)"),
    "transport_cost": ("輸送費(現在価値)", "Carriage (present value)"),
    "gases": ("温室効果ガス/年", "Greenhouse gases/yr"),
    "transport_gases": ("うち輸送", "of which carriage"),
    "tkm": ("輸送トンキロ/年", "Tonne-km/yr"),
    "driver": ("運転者の労働/年", "Driver hours/yr"),
    "energy": ("輸送のエネルギー/年", "Energy of carriage/yr"),
    "share_tkm": ("分担率(トンキロ)", "Share of t·km"),
    "share_t": ("分担率(トン)", "Share of t"),
    "hubs_last": ("拠点数・ライン数({last}年)", "Sites, lines ({last})"),
    "sure_saving": ("{least}〜{most}", "{least} to {most}"),
    "within_gap": ("計算の誤差の範囲内", "within the gap"),
    "hubs_differ": ("トラックだけの計画と違う拠点", "Sites that differ from trucks alone"),
    "added": ("加わる", "added"),
    "dropped": ("なくなる", "dropped"),
    "hubs_same": ("どの組み合わせでも拠点は同じ。", "Every set of modes keeps the same sites."),
    # heads of columns
    "measure": ("項目", "Measure"),
    "run": ("使える手段", "Modes on offer"),
    "hauled": ("トンキロ", "t·km"),
    "driver_short": ("運転者", "Drivers"),
    "carried": ("輸送量", "Carried"),
    "lane": ("レーン", "Lane"),
    "mode_share": ("手段(割合)", "Mode (share)"),
    "stack": ("1 t当たりの費用", "Cost of a tonne"),
    "preparation": ("荷造り", "Packing"),
    "first_haul": ("集荷", "Pick-up"),
    "handling": ("積替", "Transfer"),
    "line": ("幹線", "Main"),
    "last_haul": ("配送", "Delivery"),
    "sum": ("計", "Total"),
    "kgco2e": ("kgCO2e", "kgCO2e"),
    "hours": ("所要h", "Hours"),
    "driver_h": ("運転h", "Driver h"),
    "mj": ("MJ", "MJ"),
    "no_offer": ("経路なし", "no offer"),
    "partial": ("一部の発地のみ", "for some origins only"),
    "other": ("次の手段", "Next mode"),
    "extra": ("差 円/t", "Extra JPY/t"),
    "extra_share": ("差 %", "Extra %"),
    "tonnes": ("輸送量/年", "Carried/yr"),
    "cheapest": ("なし(最も安いと証明済み)", "none (proven cheapest)"),
    "shifted": ("移る先", "Goes over to"),
    "chosen": ("今の手段", "Mode now"),
    "less_gas": ("減る排出 kg/t", "Less kgCO2e/t"),
    "price": ("炭素価格 円/t-CO2", "Carbon price JPY/t-CO2"),
    "vehicle": ("車両・船", "Vehicle"),
    "other_vehicle": ("安くなる車両・船", "Cheaper from there"),
    "form": ("荷姿", "Form"),
    "from_km": ("道路距離 km", "Road km"),
    "ports": ("港の組", "Ports"),
    "lot": ("1航海 t", "t per sailing"),
    "sailings": ("航海/年", "Sailings/yr"),
    "days": ("間隔 日", "Days between"),
    # parts in sentences
    "preparation_part": ("荷造り", "packing"),
    "first_haul_part": ("集荷トラック", "the truck to the terminal"),
    "handling_part": ("積替", "transfer"),
    "line_part": ("幹線", "the main carriage"),
    "last_haul_part": ("配送トラック", "the truck from the terminal"),
    # charts
    "split_tkm_chart": ("{last}年のトンキロの分担", "Share of t·km in {last}"),
    "split_t_chart": ("{last}年のトンの分担", "Share of t in {last}"),
    "key": ("費用の内訳", "Parts of the cost"),
    "shift_chart": (
        "炭素価格が上がると低排出の手段に移る量",
        "Carried on lanes that go over as the carbon price rises",
    ),
    "price_axis": ("炭素価格 円/t-CO2", "carbon price, JPY/t-CO2"),
    "km_axis": ("道路 km", "road km"),
    "jpy_axis": ("円/t", "JPY/t"),
    # remarks
    "runs_remark": (
        "差のマイナス(▲)は安いこと・少ないことを示す。"
        "「/年」は計画期間の年平均。費用の1年当たりは、同じ現在価値になる毎年一定の額。",
        "A minus means cheaper or less. '/yr' is the mean year of the horizon; a cost a year is "
        "the equal yearly amount with that present value.",
    ),
    "split_remark": (
        "トンは幹線の手段で、トンキロは区間ごとに数える。港や駅までのトラックはトラックに入る。",
        "Tonnes count by the main carriage, t·km leg by leg: a truck to a port counts as truck.",
    ),
    "lanes_remark": (
        "{last}年、全手段の計画で輸送費の大きい12レーンと、続けて鉄道・船を使うレーンのうち輸送費の大きい"
        "もの、合わせて{shown}レーン(全{total}レーンの輸送費の{share})。番号は輸送費の順位。"
        "金額は円/t、ほかも1 t当たり。レーンは都道府県(または拠点)から行き先まで。"
        "発地ごとの値を輸送量で平均し、比べる手段がすべてそろう組だけで比べる。"
        "提示が輸送量の半分に満たない手段は比べない。全件は modes_lanes.csv にある。",
        "The 12 lanes with the dearest carriage in {last} with all modes, then the dearest where "
        "rail or ship carries some: {shown} lanes, numbered by cost ({share} of the cost "
        "of all {total}). Money in JPY/t, the rest per tonne too. A lane runs from a prefecture or "
        "site to a place; values are means over its origins weighted by tonnes, over pairs where "
        "all compared modes have an offer. A mode with offers for less than half the tonnes is "
        "not compared. All are in modes_lanes.csv.",
    ),
    "close_remark": (
        "別の手段との費用の差が1割以内なのは{lanes}レーン、年{tonnes}(全体の{share})。"
        "単価や条件が少し変われば手段が替わりうる。マイナスは平均では安いことを示す。",
        "On {lanes} lanes with {tonnes} a year ({share} of all) another mode is within a tenth of "
        "the chosen one's cost: a small change may turn them. A minus is cheaper on the mean.",
    ),
    "no_close": (
        "別の手段が1割以内の費用で並ぶレーンはない。",
        "On no lane is another mode within a tenth of the chosen one's cost.",
    ),
    "shift_remark": (
        "選ばれた手段より排出の少ない手段が、輸送費と炭素費用の和で並ぶ炭素価格。"
        "破線は検討条件の炭素価格。拠点の配置は変えずに計算する。"
        "表は検討条件の{last}年の炭素価格({price}円)を超えて移るレーンを早い順に示す"
        "({late}レーン)。ほかの{early}レーンは、平均ではその価格以下でも並ぶ。",
        "The carbon price at which a mode that emits less costs the same, carbon included. Dashed: "
        "the study's own prices. The hubs stay where they are. The table has the {late} lanes "
        "that go over above the study's price of {last} ({price} JPY), soonest first; on {early} "
        "others the mean is level at or below it.",
    ),
    "no_shift": (
        "選ばれた手段より排出の少ない手段があるレーンはない。",
        "No lane has a mode that emits less than the chosen one.",
    ),
    "curve_remark": (
        "線は1 tを道路距離の分だけ運ぶ費用。実線はトラック、破線は鉄道、点線は船。"
        "丸印より遠いと右の手段が安い。全件は modes_breakeven.csv にある。",
        "Each line is the cost of a tonne over the road distance: full for trucks, dashed for "
        "rail, dotted for ships. Beyond a ring the other is cheaper. All are in "
        "modes_breakeven.csv.",
    ),
    "lot_remark": (
        "「*」は1航海分がたまるのに30日を超える港の組。混載・保管・小型船の検討が要る。",
        "'*': it takes more than 30 days to fill one sailing; shared loads, storage or smaller "
        "ships should be studied.",
    ),
    "lot_unknown": ("1航海の量が与えられていない。", "No lot per sailing is given."),
    # method
    "chain": ("輸送の組み立て", "What a journey is made of"),
    "chain_text": (
        "荷造り、積出港・発駅までのトラック、積替、幹線(船・鉄道)、積替、陸揚港・着駅からの"
        "トラックを一続きとして、出発地から行き先までの費用・時間・排出を足し合わせる。"
        "トラックだけの輸送は直送とする。",
        "Packing, a truck to the port or station, transfer, the main carriage by ship or rail, "
        "transfer, a truck onward: cost, time and emissions are added from door to door. Truck "
        "alone goes direct.",
    ),
    "run_text": (
        "同じ検討条件を、使える手段だけを替えて解き直した。拠点の配置も毎回選び直している。",
        "The same study was solved again with other modes on offer; the hubs are chosen anew each "
        "time.",
    ),
    "price_text": (
        "費用は実質価格で、炭素価格は輸送費に含めず別に数える。定期便の年間固定費は、"
        "レーンの1 t当たりの費用に含めない。",
        "Costs are in real prices; the carbon price is counted apart from carriage, and the yearly "
        "cost of a scheduled service is not part of a lane's cost per tonne.",
    ),
}


def label(key: str, language: Language) -> str:
    """Return the page's word for `key`, else the report's."""
    return LABELS[key][language == "en"] if key in LABELS else words.label(key, language)


def both(key: str) -> str:
    """Return a label in both languages."""
    return " / ".join(LABELS[key])


def heads(keys: str, language: Language) -> list[str]:
    """Return the heads of the columns named in `keys`, parted by blanks."""
    return [label(key, language) for key in keys.split()]


def mode_name(mode: str, language: Language) -> str:
    """Return the words for a mode; a scheduled service adds its own name."""
    kind, _, service = mode.partition(":")
    name = words.mode_label(kind, language)
    return f"{name} ({spoken(service, language)})" if service else name


def mode_inside(mode: str, language: Language) -> str:
    """Return the words for a mode inside a sentence; English ones begin small."""
    name = mode_name(mode, language)
    return name[:1].lower() + name[1:]


def run_name(run: str, language: Language) -> str:
    """Return the words for the modes of a run; trucks alone are said so."""
    if "+" not in run:
        only = words.mode_label(run, language)
        return f"{only}だけ" if language == "ja" else f"{only} only"
    return words.mode_label(run, language)


def added_modes(run: str, language: Language) -> str:
    """Return the modes that `run` adds to trucks, in words."""
    names = [words.mode_label(kind, language) for kind in run.split("+")[1:]]
    return "と".join(names) if language == "ja" else " and ".join(name.lower() for name in names)
