"""Captions of tables, heads of columns and names of what stands in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from siting.report.words import label

if TYPE_CHECKING:
    from siting.text import Language

Words = dict[str, tuple[str, str]]

CAPTIONS: Words = {
    # 1 material
    "balance": ("物質収支(年間)", "Material balance (per year)"),
    "leakage": (
        "国内の循環から漏れる量と引き戻す上乗せ額",
        "What leaks from the loop, and the fee that pulls it back",
    ),
    "regional_targets": ("地域の回収目標", "Collection targets of regions"),
    "interflow": ("地域間の流れ", "Flows between regions"),
    "interflow_by_commodity": ("品目別の地域間の流れ", "Flows between regions by material"),
    "self_sufficiency": ("地域の自給率", "Self-sufficiency of regions"),
    "mean_haul": ("平均輸送距離", "Mean haul"),
    # 2 economy
    "waterfall": ("再生材1 t当たりの費用の積み上げ", "Cost per tonne of recycled material"),
    "break_even": ("採算が合う条件", "What would break even"),
    "investment_by_site": ("拠点・技術・時期別の投資額", "Investment by site, technology, period"),
    "jobs": ("拠点の直接雇用", "Direct jobs at the hubs"),
    "short_run_prices": ("短期の価格", "Short-run prices"),
    # 3 technology
    "treated": ("技術別の処理量と処分に回る量", "Treated by technology, and lost to disposal"),
    "yields": ("投入1 tから得るもの", "What a tonne of input becomes"),
    "value_of_yield": (
        "主産物の収率を1%(現在の収率比)高める価値",
        "Worth of a hundredth more of the main product",
    ),
    # 4 logistics
    "modal_split": ("輸送手段別の分担", "Modal split"),
    "driver_hours": ("拠点別の運転時間", "Driver hours by hub"),
    "full_loads": ("幹線の満載便数", "Full loads on main carriage"),
    "terminals": ("港湾・貨物駅の取扱量", "Handled by ports and stations"),
    # 5 siting
    "land": ("拠点の用地", "Land of the hubs"),
    "ports": ("港湾別の積卸しと満載船の数", "Loaded and unloaded by port, and ships' calls"),
    "berths": ("取扱量に上限のある港湾", "Ports with a limit"),
    # 6 energy
    "energy_by_site": ("拠点別のエネルギー", "Energy by site"),
    "energy_by_area": ("供給区域別のエネルギーと排出", "Energy and emissions by tariff area"),
    "tariffs": ("供給区域別の単価と排出係数", "Tariffs and grid factor by area"),
    # 7 data
    "ledger": ("費用を支える数値の確度", "Confidence of what the cost rests on"),
    "ledger_by_part": ("費用項目ごとの確度", "Confidence by part of the cost"),
    "sensitivity": ("数値の幅が動かす費用", "How far the figures' ranges move the cost"),
    # 8 feedstock
    "catchment": ("拠点の集荷圏", "Catchment of the hubs"),
    "utilisation": ("拠点の稼働率", "How full the hubs run"),
    "overlap": ("集荷圏の重なり", "Overlap of catchments"),
    # 9 offtake
    "coverage": ("受入先の余裕", "Demand against output"),
    "concentration": ("最大の受入先への集中", "Concentration on the largest buyer"),
    "contracts": ("契約数量の履行", "Contracts met"),
    # 10 law
    "crossings": ("県境を越える廃棄物", "Waste over prefecture borders"),
    "borders": ("県境別の移動量", "Tonnes by border"),
    "imports": ("輸入(バーゼル手続の対象となりうる量)", "Imports (Basel consent may apply)"),
    "permits": ("許可の準備期間がある技術", "Technologies that wait for a permit"),
    # 11 environment
    "emissions": ("項目別の排出(年間)", "Emissions by part (per year)"),
    "emissions_by_resource": ("資源別の排出と控除", "Emissions and credit by resource"),
    "abatement": ("何も回収しない場合に比べた削減の費用", "Cost of what is saved"),
    "disposal_avoided": ("避けられる焼却・埋立等", "Incineration and landfill avoided"),
    "heavy_vehicles": ("大型車の走行", "Heavy vehicles"),
    "virgin_avoided": ("代替される天然由来の材料", "Virgin material displaced"),
    # all
    "answers": ("解いたシナリオとの差", "Difference to scenarios that were solved"),
    "named_areas": ("事例の対象箇所", "Named sites of the case"),
    "first_order": ("1次近似", "first-order"),
    "short_run": ("短期、開いた拠点を固定", "short-run, given the open hubs"),
    "estimated": ("目安", "rule of thumb"),
}
"""Key of a table, or of where its numbers come from."""

HEADS: Words = {
    # keys
    "resource": ("資源", "Resource"),
    "commodity": ("品目", "Material"),
    "technology": ("技術", "Technology"),
    "sink": ("最大の受入先", "Largest buyer"),
    "node": ("地点", "Place"),
    "from_region": ("発地", "From"),
    "to_region": ("着地", "To"),
    "from_pref": ("発", "From"),
    "to_pref": ("着", "To"),
    "leg_mode": ("手段", "Mode"),
    "vehicle": ("車両・船舶・容器", "Vehicle"),
    "area": ("供給区域", "Tariff area"),
    "gas_part": ("項目", "Part"),
    "price_kind": ("種類", "Kind"),
    "item": ("対象", "Of"),
    "against": ("比較", "Against"),
    "question": ("問い", "Question"),
    "scenario": ("シナリオ", "Scenario"),
    "step": ("項目", "Part"),
    "point": ("番号", "Code"),
    "status": ("状況", "State"),
    # tonnes
    "supply_t": ("発生", "Arises"),
    "uncollected_t": ("未回収", "Uncollected"),
    "imports_t": ("輸入", "Imported"),
    "collected_t": ("回収・調達", "Collected"),
    "made_t": ("生産", "Made"),
    "processed_t": ("投入", "Processed"),
    "sold_t": ("国内販売", "Sold at home"),
    "exported_t": ("輸出", "Exported"),
    "disposed_t": ("処分", "Disposed"),
    "difference_t": ("不明", "Unexplained"),
    "flow_t": ("輸送量", "Carried"),
    "treated_here_t": ("域内で処理", "Treated here"),
    "bought_t": ("受入", "Bought"),
    "made_here_t": ("域内産", "Made here"),
    "throughput_t": ("処理量", "Treated"),
    "peak_throughput_t": ("最大の年の処理量", "Treated in the peak year"),
    "capacity_t": ("処理能力", "Capacity"),
    "loss_t": ("処分に回る量", "Lost"),
    "line_t": ("幹線", "Main carriage"),
    "handled_t": ("取扱量", "Handled"),
    "both_t": ("積卸し計", "Both"),
    "loaded_t": ("積み", "Loaded"),
    "unloaded_t": ("卸し", "Unloaded"),
    "limit_t": ("上限", "Limit"),
    "received_t": ("受入量", "Received"),
    "contested_t": ("他の集荷圏の内", "Within others' reach"),
    "output_t": ("供給できる量", "Output"),
    "taken_t": ("販売", "Taken"),
    "demand_t": ("届く需要", "Demand in reach"),
    "contracted_t": ("契約", "Contracted"),
    "unused_t": ("使われない需要", "Unused demand"),
    "unsold_t": ("売れ残り", "Unsold"),
    "inflow_t": ("納入", "Delivered"),
    "shortfall_t": ("不足", "Lacks"),
    "crossing_t": ("越境量", "Crosses"),
    "imported_t": ("輸入量", "Imported"),
    "offered_t": ("調達できる量", "On offer"),
    "avoided_t": ("避けられる量", "Avoided"),
    "virgin_avoided_t": ("代替量", "Displaced"),
    "more_collected_t": ("回収の増", "More collected"),
    # money
    "present_value_jpy": ("現在価値", "Present value"),
    "cost_jpy_per_t": ("1 t当たり", "Per tonne"),
    "network_jpy": ("ネットワークの費用", "Network cost"),
    "sales_jpy": ("販売収入", "Sales"),
    "net_jpy": ("差引き", "Net"),
    "opening_jpy": ("投資額", "Investment"),
    "fee_jpy_per_t": ("上乗せ", "Fee"),
    "paid_today_jpy_per_t": ("現行処理の費用", "Present treatment"),
    "missing_jpy_per_t": ("差額", "Still missing"),
    "least_jpy_per_t": ("最小", "Least"),
    "middle_jpy_per_t": ("中央", "Middle"),
    "most_jpy_per_t": ("最大", "Most"),
    "price_jpy_per_t": ("主産物の価格", "Price of main product"),
    "hundredth_jpy": ("収率1%(比率)の価値/年", "Worth of a hundredth/yr"),
    "swing_jpy": ("動く額", "Moves by"),
    "consent_jpy": ("事前協議等の費用/年", "Consent cost/yr"),
    "basel_jpy": ("うちバーゼル手続/年", "of it Basel consent/yr"),
    "purchase_jpy": ("調達費/年", "Purchase/yr"),
    "extra_jpy": ("増える費用(現在価値)", "Extra cost (present value)"),
    "cost_jpy_per_tco2e": ("削減費用", "Cost per tonne saved"),
    "energy_jpy": ("費用/年", "Cost/yr"),
    "more_cost_jpy": ("費用の増", "More cost"),
    "power_jpy_per_kwh": ("電力", "Power"),
    "heat_jpy_per_mj": ("熱", "Heat"),
    # gases, energy, work
    "emitted_kgco2e": ("排出", "Emitted"),
    "gross_kgco2e": ("控除前の排出", "Before credit"),
    "credit_kgco2e": ("素材代替の控除", "Credit"),
    "net_kgco2e": ("差引き", "Net"),
    "saved_kgco2e": ("削減量(期間計)", "Saved over the horizon"),
    "energy_kgco2e": ("排出", "Emissions"),
    "more_kgco2e": ("排出の増", "More emitted"),
    "grid_kgco2e_per_kwh": ("電力の排出係数", "Grid factor"),
    "used_kwh": ("電力/年", "Power/yr"),
    "heat_mj": ("熱/年", "Heat/yr"),
    "peak_kw": ("ピーク", "Peak"),
    "driver_h": ("運転時間", "Driver time"),
    "inbound_driver_h": ("受入の運転時間", "Driver time in"),
    "outbound_driver_h": ("搬出の運転時間", "Driver time out"),
    "tkm": ("トンキロ", "Tonne-km"),
    "haul_tkm": ("トンキロ", "Tonne-km"),
    "mean_km": ("平均距離", "Mean distance"),
    "reach_km": ("90 %距離", "90 % distance"),
    "truck_vehicle_km": ("実車走行", "Loaded distance"),
    # shares
    "min_collected_share": ("目標", "Required"),
    "closing_share": ("収支の誤差", "Open share"),
    "uncollected_share": ("未回収率", "Uncollected"),
    "treated_here_share": ("域内処理率", "Treated here"),
    "made_here_share": ("域内産率", "Made here"),
    "price_rise_share": ("必要な値上がり", "Price rise needed"),
    "yield_t_per_t": ("収率", "Yield"),
    "loss_share": ("処分の割合", "Lost"),
    "line_share": ("トンの割合", "Share of tonnes"),
    "tkm_share": ("トンキロの割合", "Share of tkm"),
    "plot_share": ("用地の使用率", "Plot used"),
    "used_share": ("利用率", "Used"),
    "special_share": ("特別高圧の目安に対して", "Of special high voltage"),
    "weight_share": ("費用に占める割合", "Share of the cost"),
    "half_range_share": ("幅(±)", "Range (±)"),
    "import_share": ("輸入の割合", "Imported"),
    "utilisation_share": ("稼働率", "Use"),
    "overlap_share": ("重なり", "Overlap"),
    "coverage_share": ("需要/供給", "Demand/output"),
    "contracted_share": ("契約/供給", "Contracted/output"),
    "largest_share": ("最大の受入先", "Largest buyer"),
    "crossing_share": ("越境の割合", "Crosses"),
    # counts and land
    "nodes_count": ("地点数", "Places"),
    "sources_count": ("発生地の数", "Sources"),
    "buyers_count": ("受入先の数", "Buyers"),
    "figures_count": ("数値の数", "Figures"),
    "full_loads_count": ("満載便/年", "Full loads/yr"),
    "calls_count": ("満載船/年", "Full ships/yr"),
    "land_m2": ("使用", "Taken"),
    "plot_m2": ("用地", "Plot"),
    "low_persons": ("低位", "Low"),
    "value_persons": ("中位", "Middle"),
    "high_persons": ("高位", "High"),
    "earliest_period": ("最も早い年", "Earliest"),
    "starts_period": ("稼働開始", "Starts"),
}
"""Key of a level or a column."""

VALUES: Words = {
    "runs": ("拠点が動く", "a hub runs"),
    "not_chosen": ("候補地、採用せず", "candidate, not chosen"),
    "is_sink": ("受入先としてのみ", "only a sink"),
    "sink_near": ("近くに受入先のみ", "only a sink nearby"),
    "no_candidate": ("候補地でない", "no candidate"),
    "sink": ("受入先での限界費用", "Marginal cost at sinks"),
    "source": ("発生地での価格(負は処理料)", "Price at sources (negative: gate fee)"),
    "hub": ("拠点の能力の希少性", "Scarcity of hub capacity"),
    "overseas": ("海外", "Overseas"),
    "unattributed": ("どの資源にも属さない", "of no resource"),
    "shared_site": ("用地・共用設備", "Site, shared"),
    "carbon": ("炭素価格(ネットワーク分)", "Carbon price of the network"),
    "nothing_collected": ("何も回収しない場合", "Nothing collected"),
    "study": ("検討自身の表", "the study's own tables"),
    "no_area": ("供給区域なし", "in no area"),
    "hokkaido": ("北海道電力", "Hokkaido"),
    "tohoku": ("東北電力", "Tohoku"),
    "tokyo": ("東京電力", "Tokyo"),
    "tepco": ("東京電力", "Tokyo"),
    "chubu": ("中部電力", "Chubu"),
    "hokuriku": ("北陸電力", "Hokuriku"),
    "kansai": ("関西電力", "Kansai"),
    "chugoku": ("中国電力", "Chugoku"),
    "shikoku": ("四国電力", "Shikoku"),
    "kyushu": ("九州電力", "Kyushu"),
    "okinawa": ("沖縄電力", "Okinawa"),
}
"""What may stand under a level and has no word in the rest of the report."""


def caption(key: str, language: Language) -> str:
    """Return the caption of a table, or the word for where its numbers come from."""
    return CAPTIONS[key][language == "en"]


def head(key: str, language: Language) -> str:
    """Return the head of a column."""
    return HEADS[key][language == "en"] if key in HEADS else label(key, language)


def value_word(value: str, language: Language) -> str | None:
    """Return the word for a value of a level, if it is one of the viewpoints' own."""
    return VALUES[value][language == "en"] if value in VALUES else None
