"""The words of the report, in Japanese and English."""

from __future__ import annotations

from typing import TYPE_CHECKING

from siting.text import WORDS, word

if TYPE_CHECKING:
    from siting.text import Language

LABELS: dict[str, tuple[str, str]] = {
    "point_where": ("どこに", "Where"),
    "point_when": ("いつ", "When"),
    "point_cost": ("いくらで", "For how much"),
    "point_sure": ("どれだけ確かか", "How sure"),
    "point_targets": ("回収目標", "Targets"),
    "point_gases": ("温室効果ガス", "Emissions"),
    "published": ("公表値", "published"),
    "compiled": ("公表値から編集", "compiled"),
    "estimate": ("推計", "estimate"),
    "override": ("この検討で指定", "set by the study"),
    "collection": ("回収", "Collection"),
    "delivery": ("出荷", "Delivery"),
    "baseline_kgco2e": ("回収しない分の現行処理", "Present treatment of the rest"),
    "market_kgco2e": ("素材代替の控除", "Credit for displaced virgin material"),
    "disposal_kgco2e": ("残渣の処分", "Disposal of residue"),
    "optimal": ("許容差以内で完了", "within the tolerance asked for"),
    "limit": ("制限時間で停止", "stopped at the time limit"),
    "unknown_region": ("その他", "Other"),
    # headings
    "hubs_heading": ("拠点の配置", "Where the hubs stand"),
    "cost_heading": ("費用の内訳", "What it costs"),
    "targets_heading": ("回収目標の達成状況", "Collection targets"),
    "investment_heading": ("時期別・地域別の初期投資", "Investment by period and region"),
    "gases_heading": ("温室効果ガス", "Greenhouse gases"),
    "transport_heading": ("輸送手段", "Modes of transport"),
    "sureness_heading": ("この計画の確からしさ", "How sure this is"),
    "assumptions_heading": ("付録A 前提とした数値", "Annex A: assumptions"),
    "parts_heading": ("付録B 独立な部分ごとの証明", "Annex B: proof by independent part"),
    "provenance_heading": ("付録C 来歴と出典", "Annex C: provenance and credits"),
    # heads of columns
    "site": ("拠点", "Site"),
    "area": ("都道府県", "Region"),
    "size": ("規模", "Size"),
    "capacity": ("能力/年", "Capacity/yr"),
    "throughput": ("処理量/年", "Treated/yr"),
    "utilisation": ("稼働率", "Use"),
    "investment": ("初期投資", "Investment"),
    "part": ("項目", "Part"),
    "present_value": ("現在価値", "Present value"),
    "per_tonne": ("回収1 t当たり 円", "JPY per collected t"),
    "commodity": ("資源", "Resource"),
    "period": ("年", "Year"),
    "required": ("目標", "Required"),
    "reached": ("達成", "Reached"),
    "collected_t": ("回収量/年", "Collected/yr"),
    "missing_t": ("不足/年", "Shortfall/yr"),
    "fee": ("上乗せ 円/t", "Fee JPY/t"),
    "region": ("地域", "Region"),
    "mode": ("手段", "Mode"),
    "stage": ("段階", "Stage"),
    "step": ("区間", "Leg"),
    "share_of_cost": ("割合", "Share"),
    "energy_per_yr": ("エネルギー/年", "Energy/yr"),
    "work_per_yr": ("運転者の労働/年", "Driver time/yr"),
    "terminal_kind": ("種別", "Kind"),
    "terminal": ("積替え地点", "Terminal"),
    "handled_per_yr": ("取扱量/年", "Handled/yr"),
    "port": ("港湾", "Port"),
    "station": ("貨物駅", "Freight station"),
    "leg_preparation": ("荷姿づくり(圧縮・梱包)", "Preparation (baling, packing)"),
    "leg_haul": ("積替え地点までの集配", "Hauls to and from terminals"),
    "leg_handling": ("積替え", "Handling at terminals"),
    "leg_line": ("幹線: {mode}", "Line: {mode}"),
    "leg_door": ("戸口から戸口: {mode}", "Door to door: {mode}"),
    "by_mode": ("手段別", "By mode"),
    "by_leg": ("区間の種類別の費用・エネルギー・労働・排出", "What each kind of leg takes"),
    "top_terminals": ("取扱量の多い港湾と貨物駅", "Ports and stations that handle most"),
    "split_chart": ("輸送の手段別割合", "Modal split"),
    "split_tkm": ("トンキロ", "t·km"),
    "split_t": ("トン", "Tonnes"),
    "flow": ("輸送量/年", "Carried/yr"),
    "tkm": ("輸送トンキロ/年", "Tonne-km/yr"),
    "mean_km": ("平均 km", "Mean km"),
    "cost_per_yr": ("費用/年", "Cost/yr"),
    "gases_per_yr": ("排出/年", "Emissions/yr"),
    "measure": ("ものさし", "Measure"),
    "at_most": ("最大で", "At most"),
    "table": ("表", "Table"),
    "name": ("名前", "Name"),
    "value": ("値", "Value"),
    "unit": ("単位", "Unit"),
    "low": ("下限", "Low"),
    "high": ("上限", "High"),
    "source": ("出典", "Source"),
    "confidence": ("確度", "Confidence"),
    "objective": ("費用", "Cost"),
    "bound": ("下界", "Bound"),
    "gap": ("差", "Gap"),
    "arcs": ("経路数", "Arcs"),
    "what": ("項目", "Item"),
    # rows
    "total": ("合計", "Total"),
    "others": ("その他", "Others"),
    "network_total": ("ネットワーク自体の費用", "Cost of the network itself"),
    "nothing_collected": ("何も回収しない場合", "If nothing were collected"),
    "saved": ("削減量", "Saved"),
    "in_money": ("金額(現在価値)", "In money (present value)"),
    "of_objective": ("総費用に対して", "Of the total cost"),
    "of_network": ("ネットワーク自体の費用に対して", "Of the cost of the network itself"),
    "config_file": ("検討条件ファイル(sha256)", "Study file (sha256)"),
    "status": ("計算の終わり方", "How the search ended"),
    "aim_kgco2e": ("排出の削減", "least emissions"),
    "aim_virgin_material_avoided_t": ("天然材料の代替", "most virgin material displaced"),
    "aim_jobs": ("雇用", "most jobs"),
    # tiles
    "tile_sites": ("場所", "Sites"),
    "tile_hubs": ("拠点(ライン)", "Hubs (lines)"),
    "tile_lines": ("ライン", "Lines"),
    "tile_cost": ("総費用(現在価値)", "Total cost (present value)"),
    "tile_investment": ("初期投資", "Investment"),
    "tile_collected": ("回収量/年", "Collected a year"),
    "tile_share": ("回収率", "Collected share"),
    "tile_saved": ("排出の削減(期間計)", "Saved over the horizon"),
    "tile_added": ("排出の増加(期間計)", "Emitted more, over the horizon"),
    "tile_gap": ("証明された差", "Proven gap"),
    # charts
    "treated_chart": ("技術別の処理量", "Treated by technology"),
    "cost_chart": ("現在価値の積み上げ", "How the present value adds up"),
    "confidence_chart": ("前提とした数値の確度", "Confidence of the assumptions"),
    # remarks
    "hubs_remark": (
        "年の列はその年に動いているライン数。技術ごとに処理量の多い順に示す。"
        "全件は hubs.csv にある。"
        "能力・処理量・稼働率は最終年の値。",
        "The columns of years count the lines running then. Largest first within each technology; "
        "all are in hubs.csv. Capacity, treated tonnes and use are those of the last year.",
    ),
    "cost_remark": (
        "基準年の実質価格による現在価値。施設は開設から期末までの年賦で払う。"
        "回収1 t当たりは、回収量も同じ率で割り引いた平均。",
        "Present values in real prices of the base year. A line is paid by its annuity from its "
        "opening to the end of the horizon. Per tonne: over tonnes collected, discounted alike.",
    ),
    "targets_remark": (
        "実線が達成、破線が目標。「上乗せ」は、目標まで集めることが市場で採算に合うために"
        "回収1 t当たり必要な支払い。「*」は、達成できないか罰則額に等しく、価格とは読めないもの。",
        "Full line: reached; dashed: required. The fee is what a collected tonne must be paid on "
        "top for the market to go as far as the target. '*': missed, or equal to the penalty, and "
        "so no price.",
    ),
    "investment_remark": ("割引前の開設費。", "Opening cost, undiscounted."),
    "gases_remark": (
        "素材代替の控除は代替法による。再生材の利用者が同じ控除を重ねて数えてはならない。",
        "The credit for displaced material is by substitution; a user of the material must not "
        "count it again.",
    ),
    "transport_remark": (
        "{last}年の値。回収は発生地から拠点まで、出荷は拠点から受入先まで。"
        "全期間は modes.csv にある。",
        "Values of {last}. Collection runs from source to site, delivery from site to sink. All "
        "years are in modes.csv.",
    ),
    "only_mode_remark": ("この計画では{mode}だけで運ぶ。", "This plan carries by {mode} only."),
    "chains_remark": (
        "割合のトンは幹線の手段で、トンキロは集配のトラックも含めて数える。輸送量は乗り継ぐ"
        "手段それぞれに数え、合計では1度だけ数える。",
        "In the split, tonnes count by the mode of their line; t·km include hauls to terminals. "
        "A tonne counts in every mode it uses, in the total once.",
    ),
    "number": ("番号", "No."),
    "first_period": ("稼働開始", "From"),
    "technology": ("技術", "Technology"),
    "site_map": (
        "拠点の位置(円の面積=最終年の処理量、番号=下の表)",
        "Where the sites are (area of a disc: treated in the last year; numbers as in the table)",
    ),
    "site_table": ("場所の一覧(最終年の処理量の順)", "Sites, largest in the last year first"),
    "flow_heading": ("物の流れ", "Where the material goes"),
    "flow_chart": ("{last}年の物の流れ [{unit}/年]", "Flow of material in {last} [{unit}/yr]"),
    "flow_remark": (
        "左から、発生した資源、処理する技術、できた材料、行き先。帯の太さが量を表す。"
        "灰色は未回収・処分・費用0の引渡しに至る流れ。同じ材料が合流した先は量に比例して分けた。"
        "小さいものは「その他」にまとめ、全件と全期間は表にある。",
        "From left: what arises, technologies, materials made, where they go; the width of a band "
        "is its tonnes. Grey ends uncollected, disposed of or given away. What leaves a mixed "
        "heap is cut in proportion. Small ones are added up; the table has all, for all years.",
    ),
    "investment_chart": ("時期別・地域別の初期投資(割引前)", "Investment by period and region"),
    "of_assumptions": ("全{total}件のうち{shown}件", "{shown} of {total}"),
    "printed_rows": (
        "印刷は初めの{shown}行(全{total}行)。表の全体は下記のCSVにある。",
        "Printed: the first {shown} of {total} rows; the CSV named below has the whole table.",
    ),
    "unknowns": ("この計画が知らないこと", "What this plan does not know"),
    "model": ("解いたモデル", "The model solved"),
    "assumptions_remark": (
        "確度の低いものから示す。全件は assumptions.csv にある。",
        "Least firm first; all rows are in assumptions.csv.",
    ),
    "switch": ("日本語", "English"),
    "paper": ("資源循環拠点の立地計画", "Siting of recycling hubs"),
    "credits": ("出典表示", "Credits"),
}

REGIONS: dict[str, tuple[str, str]] = {
    "北海道": ("Hokkaido", "北海道"),
    "東北": ("Tohoku", "青森県 岩手県 宮城県 秋田県 山形県 福島県"),
    "関東": ("Kanto", "茨城県 栃木県 群馬県 埼玉県 千葉県 東京都 神奈川県"),
    "甲信越": ("Koshinetsu", "新潟県 山梨県 長野県"),
    "北陸": ("Hokuriku", "富山県 石川県 福井県"),
    "東海": ("Tokai", "岐阜県 静岡県 愛知県 三重県"),
    "関西": ("Kansai", "滋賀県 京都府 大阪府 兵庫県 奈良県 和歌山県"),
    "中国": ("Chugoku", "鳥取県 島根県 岡山県 広島県 山口県"),
    "四国": ("Shikoku", "徳島県 香川県 愛媛県 高知県"),
    "九州": ("Kyushu", "福岡県 佐賀県 長崎県 熊本県 大分県 宮崎県 鹿児島県"),
    "沖縄": ("Okinawa", "沖縄県"),
}
"""Region to its English name and its prefectures, north to south."""

REGION_OF = {pref: region for region, (_, prefs) in REGIONS.items() for pref in prefs.split()}


def label(key: str, language: Language) -> str:
    """Return the word the report has for `key`, else the product's, else `key` itself."""
    return LABELS[key][language == "en"] if key in LABELS else word(key, language)


def mode_label(mode: str, language: Language) -> str:
    """Return the words for a mode; ``ship`` here is no waste, ``ship:NAME`` a service."""
    kind, _, service = mode.partition(":")
    legs = kind.replace("+", " ").split()
    named = [word(f"{leg}_mode" if f"{leg}_mode" in WORDS else leg, language) for leg in legs]
    return "+".join(named) + (f" ({service})" if service else "")


def gas_label(part: str, language: Language) -> str:
    """Return the word for a part of the emissions, where it differs from that of its cost."""
    key = f"{part}_kgco2e"
    return label(key if key in LABELS else part, language)


def region_label(region: str, language: Language) -> str:
    """Return the name of a region."""
    if region not in REGIONS:
        return label("unknown_region", language)
    return region if language == "ja" else REGIONS[region][0]
