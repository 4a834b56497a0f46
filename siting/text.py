"""The words shown to people, in Japanese and English."""

from typing import Literal

Language = Literal["ja", "en"]

WORDS: dict[str, tuple[str, str]] = {
    # commodities
    "waste_plastic": ("廃プラスチック", "Waste plastics"),
    "elv": ("使用済自動車", "End-of-life vehicles"),
    "steel_scrap": ("鉄スクラップ", "Steel scrap"),
    "ship": ("使用済船舶", "End-of-life ships"),
    "e_scrap": ("e-スクラップ", "E-scrap"),
    "aluminium_scrap": ("アルミスクラップ", "Aluminium scrap"),
    "copper_scrap": ("銅スクラップ", "Copper scrap"),
    "lib": ("リチウムイオン電池", "Lithium-ion batteries"),
    "pv_panel": ("太陽光パネル", "Solar panels"),
    "wind_turbine": ("風力発電設備", "Wind turbines"),
    "uco": ("廃食用油", "Used cooking oil"),
    "mixed_sludge": ("複合廃棄物・汚泥", "Mixed waste and sludge"),
    "steel_scrap_hq": ("高品質鉄スクラップ", "High-grade steel scrap"),
    "steel_scrap_low": ("低品位鉄スクラップ", "Low-grade steel scrap"),
    "recycled_pellet": ("再生ペレット", "Recycled pellets"),
    "chem_feed": ("ケミカル原料プラスチック", "Plastics for chemical recycling"),
    "pyrolysis_oil": ("熱分解油", "Pyrolysis oil"),
    "rpf": ("RPF(固形燃料)", "RPF solid fuel"),
    "glass_cullet": ("ガラスカレット", "Glass cullet"),
    "pv_cell_sheet": ("太陽電池セルシート", "PV cell sheet"),
    "residue": ("残渣", "Residue"),
    "dust_residue": ("ダスト残渣", "Dust residue"),
    # technologies
    "plastic_recycling": ("プラスチック選別・ペレット化", "Plastic sorting and pelletising"),
    "chem_pyrolysis": ("油化ケミカルリサイクル", "Pyrolysis to oil"),
    "steel_hq_sorting": ("高品質鉄スクラップ選別", "High-grade scrap sorting"),
    "pv_recycling": ("太陽光パネルリサイクル", "Solar panel recycling"),
    # sizes, modes
    "small": ("小規模", "small"),
    "medium": ("中規模", "medium"),
    "large": ("大規模", "large"),
    "truck": ("トラック", "Truck"),
    "rail": ("鉄道", "Rail"),
    "ship_mode": ("内航船", "Coastal ship"),
    # vehicles, vessels and boxes
    "truck_2t": ("2tトラック", "2 t truck"),
    "truck_4t": ("4tトラック", "4 t truck"),
    "truck_10t": ("10tトラック", "10 t truck"),
    "trailer_20t": ("20tトレーラー", "20 t trailer"),
    "dump_10t": ("10tダンプ", "10 t tipper"),
    "packer_4t": ("4tパッカー車", "4 t refuse truck"),
    "tank_lorry_10t": ("10tローリー", "10 t tank lorry"),
    "drayage_container": ("コンテナ牽引車", "Container tractor"),
    "jr_12ft": ("JR 12ftコンテナ", "JR 12 ft container"),
    "jr_31ft": ("JR 31ftコンテナ", "JR 31 ft container"),
    "coastal_199GT": ("199GTばら積み船", "199 GT bulk ship"),
    "coastal_499GT": ("499GTばら積み船", "499 GT bulk ship"),
    "coastal_749GT": ("749GTばら積み船", "749 GT bulk ship"),
    "roro_chassis_13m": ("RORO船シャーシ", "RoRo chassis"),
    "feeder_20ft": ("内航コンテナ20ft", "Coastal container 20 ft"),
    "feeder_40ft": ("内航コンテナ40ft", "Coastal container 40 ft"),
    "ocean_20ft": ("外航コンテナ20ft", "Ocean container 20 ft"),
    "ocean_40hc": ("外航コンテナ40ft", "Ocean container 40 ft HC"),
    # forms
    "loose": ("ばら", "loose"),
    "loose_broken": ("ばら(破砕)", "loose, broken"),
    "bulk": ("ばら", "bulk"),
    "bale": ("ベール", "baled"),
    "pellet": ("ペレット", "pellets"),
    "pallet": ("パレット", "on pallets"),
    "hulk_pressed": ("プレス", "pressed hulks"),
    "sash_press": ("サッシプレス", "pressed sashes"),
    "shredded": ("シュレッダー", "shredded"),
    "H2": ("H2(鉄くず等級)", "scrap grade H2"),
    "tank": ("タンク", "in tanks"),
    "flexcon": ("フレコン", "in flexible containers"),
    "pack_in_un_box": ("UN容器", "in UN boxes"),
    "energy": ("エネルギー", "Energy"),
    # cost parts
    "opening": ("施設の設置(年賦)", "Opening (annuities)"),
    "running": ("施設の維持・人件", "Running"),
    "baseline": ("回収しない分の現行処理", "Present treatment of the rest"),
    "acquisition": ("分別収集・買取", "Separate collection and purchase"),
    "shortfall": ("目標未達の罰則(計算上)", "Penalty for missed targets"),
    "handling": ("処理(エネルギー・資材)", "Handling"),
    "disposal": ("残渣の処分", "Disposal of residue"),
    "transport": ("輸送", "Transport"),
    "services": ("定期航路の運航", "Scheduled services"),
    "market": ("再生材の販売(収入)", "Sales of material (income)"),
    "emissions": ("炭素価格", "Carbon price"),
    "conversion": ("処理工程", "Processing"),
    # scheduled services and berths
    "services_heading": ("定期便", "Scheduled services"),
    "service": ("便", "Service"),
    "never_runs": ("動かさない", "never"),
    "runs_in": ("動かす年", "Runs in"),
    "period_list": ("・", ", "),
    "hold_used": ("使う積載枠/年", "Space used/yr"),
    "fill": ("利用率", "Used"),
    "berths_heading": ("取扱量に上限のある港湾", "Ports with a limit"),
    "handled": ("取扱量/年", "Handled/yr"),
    "berth_limit": ("上限/年", "Limit/yr"),
}
"""Key as in the tables to (Japanese, English)."""


QUAY = ":quay"
QUAY_WORDS: dict[Language, str] = {"ja": " 港頭", "en": ", quayside"}


def spoken(text: str, language: Language) -> str:
    """Return the part of ``Japanese / English`` in `language`; all of it if it has one part."""
    japanese, _, english = text.partition(" / ")
    return english if english and language == "en" else japanese


def word(key: str, language: Language = "ja") -> str:
    """Return the word for `key`, or the key itself where no translation is known.

    A vessel that lies on the quay at both ends is its own word and ``:quay``.
    """
    if key.endswith(QUAY):
        return word(key.removesuffix(QUAY), language) + QUAY_WORDS[language]
    japanese, english = WORDS.get(key, (key, key))
    return japanese if language == "ja" else english
