"""The words of the map page in Japanese and English, and its one sentence about the proof."""

import math

from siting.text import WORDS as TABLE_WORDS
from siting.text import Language

WORDS: dict[str, tuple[str, str]] = {
    "skip": ("ハブ一覧へ移動", "Skip to the list of hubs"),
    "language": ("English", "日本語"),
    "print": ("印刷(A3横)", "Print (A3 landscape)"),
    "controls": ("表示と凡例", "Display and legend"),
    "results": ("結果", "Results"),
    "map": (
        "ハブと流れの地図。ハブは一覧からも選べます。",
        "Map of hubs and flows. Hubs can also be chosen from the list.",
    ),
    "south_west": ("南西諸島(縮尺は別)", "South-western islands, other scale"),
    "ogasawara": ("小笠原(縮尺別)", "Ogasawara, other scale"),
    "png": ("画像(PNG)", "Picture (PNG)"),
    "csv_hubs": ("ハブ(CSV)", "Hubs (CSV)"),
    "csv_flows": ("流れ(CSV)", "Flows (CSV)"),
    "saved": ("{file} を保存しました。", "{file} saved."),
    "scenario": ("シナリオ", "Scenario"),
    "scenario_key": (
        "あらかじめ計算した計画を切り替える。この画面では計算し直さない",
        "Switches between plans solved beforehand; nothing is solved again here",
    ),
    "home": ("全体表示", "Whole map"),
    "period": ("表示年", "Year shown"),
    "in_year": ("{year}年", "{year}"),
    "year_figures": ("{year}年の1年あたり", "Per year in {year}"),
    "commodity": ("品目", "Commodity"),
    "all": ("すべて", "All"),
    "layers": ("地図の要素", "Marks"),
    "hubs": ("ハブ", "Hubs"),
    "hubs_key": (
        "円の面積=処理量。文字=技術",
        "Disc area = throughput; letter = technology",
    ),
    "sources": ("排出地", "Sources"),
    "sources_key": (
        "市区町村(役所の位置)。点の面積=発生量",
        "Municipalities, at their halls; dot area = supply",
    ),
    "shade": ("点の色", "Dot colour"),
    "shade_supply": ("発生量(t/年)", "Supply (t/yr)"),
    "shade_collected": ("回収率", "Share collected"),
    "shade_catchment": ("搬入先の技術", "Technology of its hub"),
    "no_hub": ("搬入先なし", "Goes to no hub"),
    "eco_towns": ("エコタウン(承認地域)", "Approved eco-towns"),
    "goes_to": ("搬入先 {name}", "Goes to {name}"),
    "chosen_key": (
        "ハブを選ぶと、その集荷圏を濃く残し、ほかを薄くする",
        "Choosing a hub keeps its catchment and flows dark and fades the rest",
    ),
    "sinks": ("引取先", "Sinks"),
    "sinks_key": (
        "再生材や残渣を受け入れる所。中抜き=その年は受入なし",
        "Take material or residue; hollow = nothing that year",
    ),
    "port": ("港湾", "Ports"),
    "station": ("貨物駅", "Freight stations"),
    "terminals_key": (
        "トラックと船・鉄道の積替え地点。選ぶと取扱量を表示",
        "Where trucks hand over to ship or rail; choose one to see what it handles",
    ),
    "lines_key": (
        "同じ区間の鉄道・船便は1本にまとめて描く",
        "Rail and ship between the same two terminals are one line",
    ),
    "terminal_list": ("積替え地点(取扱量順)", "Terminals by tonnes handled"),
    "terminal": ("積替え地点", "Terminal"),
    "terminal_kind": ("種別", "Kind"),
    "handled": ("取扱量", "Handled"),
    "handled_by_period": ("年別の取扱量(/年)", "Handled by year (/yr)"),
    "services": ("定期便: {names}", "Service: {names}"),
    "candidates": ("選ばれなかった候補地", "Candidate sites not chosen"),
    "candidates_key": (
        "灰色の輪。指すか、下の一覧で理由を表示",
        "Grey ring; point at it, or see the list, for the reason",
    ),
    "candidate_list": ("選ばれなかった候補地と理由", "Candidates not chosen, and why"),
    "reason": ("理由", "Reason"),
    "no_technology": (
        "この検討の技術を置けない(用途・立地の条件に合わない)",
        "No technology of this study may stand here",
    ),
    "thin": (
        "近くの発生量が足りない:稼働地点のどれよりもここに近い発生量は{t}/年で、"
        "最小ライン{c}/年を満たさない。最寄りの稼働地点は{name}({km} km)",
        "Too little nearby: {t}/yr of supply lies nearer to it than to any open site, the "
        "smallest line takes {c}/yr. Nearest open site: {name}, {km} km",
    ),
    "served": (
        "置かない計画の方が安い:ここが最も近い発生量は{t}/年(最小ライン{c}/年)だが、"
        "最寄りの稼働地点{name}({km} km)などへ運ぶ",
        "The plan costs less without it: {t}/yr of supply lies nearest to it (smallest line "
        "{c}/yr) but goes to open sites such as {name}, {km} km away",
    ),
    "regret": (
        "ここに置く計画は{found}高い(証明: {low}以上{high}以下)。",
        "A plan with a hub here costs {found} more (proven: {low} to {high}).",
    ),
    "unbuilt": ("この計画には稼働地点がない", "This plan opens no site"),
    "search": ("名前・都道府県・技術で探す", "Search name, prefecture, technology"),
    "found": ("{n} 件が該当", "{n} found"),
    "outlines": ("都道府県界", "Prefectures"),
    "modes": ("輸送手段", "Modes"),
    "flows_key": (
        "線の太さ ∝ √t/年。進行方向の左へ曲がる(輸送経路そのものではない)",
        "Line width ∝ √(t/yr); lines bend left of the direction of travel and are not routes",
    ),
    "others": (
        "他の流れ {n} 本、{t}/年は描いていません",
        "Others, not drawn: {n} flows, {t}/yr",
    ),
    "no_others": ("この年の流れはすべて描いています", "All flows of this year are drawn"),
    "no_flows": ("この条件の流れはありません", "No flows under these filters"),
    "running_hubs": ("稼働ハブ", "Hubs running"),
    "at_sites": ("{n} 地点", "sites: {n}"),
    "collected": ("回収量", "Collected"),
    "of_supply": ("発生量の {p}", "{p} of supply"),
    "cost": ("年間費用", "Yearly cost"),
    "kgco2e": ("温室効果ガス(CO₂換算)", "Greenhouse gas (CO₂e)"),
    "haul": ("平均輸送距離", "Mean haul"),
    "throughput": ("処理量", "Throughput"),
    "capacity": ("処理能力", "Capacity"),
    "utilisation": ("稼働率", "Use"),
    "technology": ("技術", "Technology"),
    "hub": ("ハブ", "Hub"),
    "rank": ("順位", "Rank"),
    "lines": ("系列", "Lines"),
    "size": ("規模", "Size"),
    "hub_list": ("ハブ一覧(処理量順)", "Hubs by throughput"),
    "hub_list_cut": (
        "上位 {k} 件を印刷(全 {n} 件)",
        "Printed: the largest {k} of {n}",
    ),
    "no_hubs": ("この条件で稼働するハブはありません", "No hub runs under these filters"),
    "close": ("選択を解除", "Clear choice"),
    "opening_total": ("設置費(この年まで)", "Opening cost so far"),
    "catchment": ("集荷圏", "Catchment"),
    "catchment_of": ("{n} 市区町村、発生量 {t}/年", "{n} municipalities, supply {t}/yr"),
    "account": ("地点の費用と収入(/年)", "Cost and income of the site (/yr)"),
    "account_key": (
        "上=費用、下=収入、柱の上の数字=差引。表は{year}年",
        "Above the line = cost, below = income, on top the net. The table is of {year}",
    ),
    "emitted_key": (
        "上=排出、下=新材の代替による削減、柱の上の数字=差引。表は{year}年",
        "Above the line = emitted, below = virgin material displaced, on top the net. "
        "The table is of {year}",
    ),
    "net": ("差引", "Net"),
    "emitted": ("地点のCO₂(CO₂換算、/年)", "CO₂e of the site (/yr)"),
    "inbound": ("受入", "Received"),
    "outbound": ("搬出", "Sent on"),
    "inbound_cost": ("受入の輸送費", "Transport of what it receives"),
    "from": ("主な受入元", "Largest origins"),
    "to": ("主な搬出先", "Largest destinations"),
    "undrawn": ("ほかに描いていない流れ {n} 本", "and {n} flows not drawn"),
    "idle": ("この年は稼働していません", "Not running in this year"),
    "confidence": ("位置の確かさ", "Confidence of the location"),
    "by_period": ("年別の処理量と能力", "Throughput and capacity by year"),
    "bars_key": ("塗り=処理量、枠=能力(t/年)", "Filled = throughput, frame = capacity (t/yr)"),
    "costs": ("費用の内訳(1年あたり)", "Cost by part (per year)"),
    "targets": ("回収目標", "Collection targets"),
    "target": ("目標", "Target"),
    "met": ("達成", "met"),
    "missed": ("未達", "missed"),
    "share_collected": ("回収率", "Collected"),
    "supply": ("発生量", "Supply"),
    "received": ("受入量", "Received"),
    "flow": ("輸送量", "Flow"),
    "candidate": ("候補地(不採用)", "Candidate, not chosen"),
    "proof": ("計画の証明", "Proof"),
    "model": ("モデル", "Model"),
    "credits": ("出典", "Credits"),
    "study": ("検討名", "Study"),
    "config": ("設定 sha256", "Study file sha256"),
    "solver": ("ソルバー", "Solver"),
    "vintages": ("データの年次", "Years of the data"),
    "versions": ("ソフトウェア", "Software"),
    "provenance_more": ("データの年次・モデル・ソフトウェア", "Years of the data, model, software"),
    "chosen": (
        "{name}を選択。{t}/年、{p}件の流れを強調表示。",
        "{name} chosen: {t} per year, {p} flows highlighted.",
    ),
    "cleared": ("選択を解除しました。", "Choice cleared."),
    "shown": ("{year}年:ハブ {n} 件。", "{year}: hubs shown: {n}."),
    "per_year": ("/年", "/yr"),
    "noscript": (
        "この地図の表示には JavaScript が必要です。通信は行いません。",
        "This map needs JavaScript. It contacts no server.",
    ),
}
"""Key as in the page's script to (Japanese, English)."""


DATA_WORDS: dict[str, tuple[str, str]] = {
    # where a place comes from
    "road": ("道路で到達", "reached by road"),
    "ferry": ("フェリーで到達", "reached by ferry"),
    "import": ("輸入", "import"),
    "export": ("輸出先", "export"),
    "eco_towns": ("エコタウン", "eco-town"),
    "case_study_sites": ("個別事例の拠点", "case-study site"),
    "recycling_ports": ("リサイクルポート", "recycling port"),
    "study": ("検討で追加", "added by the study"),
    "bf_steelworks": ("高炉製鉄所", "blast-furnace steelworks"),
    "eaf_steelworks": ("電炉製鋼所", "electric-arc steelworks"),
    "eaf_planned": ("電炉(計画)", "electric-arc furnace, planned"),
    "cement_kiln": ("セメント工場", "cement kiln"),
    "auto_assembly": ("自動車組立工場", "car assembly plant"),
    "paper_mill_rpf": ("製紙工場(RPF)", "paper mill burning RPF"),
    "refinery_saf": ("製油所(SAF)", "refinery, SAF"),
    "smelter": ("非鉄製錬所", "smelter"),
    "plastic_recycler": ("プラスチック再生事業者", "plastics recycler"),
    "battery_material": ("電池材料工場", "battery-material plant"),
    "petrochemical_complex": ("石油化学コンビナート", "petrochemical complex"),
    "glass": ("ガラス工場", "glass works"),
    "aluminium_rolling_extrusion": ("アルミ圧延・押出工場", "aluminium rolling or extrusion"),
    "aluminium_secondary": ("二次アルミ工場", "secondary aluminium plant"),
    # how sure its location is
    "published": ("公表値", "published"),
    "compiled": ("公表値から編集", "compiled"),
    "estimate": ("推計", "estimate"),
    # parts of a site's account
    "account_transport_in": ("搬入の輸送", "Inbound transport"),
    "account_transport_out": ("搬出の輸送", "Outbound transport"),
    "account_market": ("再生材の販売・代替", "Sales and substitution"),
}
"""Words of the tables that only the map shows."""


def page_words() -> dict[str, list[str]]:
    """Return the words as the page reads them: key to [Japanese, English]."""
    return {key: list(pair) for key, pair in sorted(WORDS.items())}


def names(key: str, other: str = "") -> list[str]:
    """Return the Japanese and the English word for `key`, else for `other`, else the key itself."""
    found = DATA_WORDS.get(key) or TABLE_WORDS.get(key) or TABLE_WORDS.get(other)
    return list(found or (key, key))


def mode_names(mode: str) -> list[str]:
    """Return the words for a mode; ``ship`` is also a commodity, so modes come first."""
    legs = mode.replace("+", " ").split()
    pairs = [names(f"{leg}_mode" if f"{leg}_mode" in TABLE_WORDS else leg) for leg in legs]
    return ["+".join(pair) for pair in zip(*pairs, strict=True)]


BETTER: dict[str, tuple[str, str]] = {
    "cost": ("安い", "cheaper"),
    "kgco2e": ("排出の少ない", "lower in emissions"),
    "virgin_material_avoided_t": ("新材の節約の多い", "better at saving virgin material"),
    "jobs": ("雇用の多い", "better for jobs"),
}
"""Objective to what a better plan would be."""


def proof(gap: float, status: str, objective: str = "cost") -> list[str]:
    """Return what the gap says, rounded so that the sentence stays true."""
    better_ja, better_en = BETTER[objective]
    if gap <= 0.0:
        ja, en = f"この計画より{better_ja}計画は存在しない", f"No plan can be {better_en}"
    elif not math.isfinite(gap):
        ja, en = "この計画の良さは証明されていない", "How good this plan is has not been proven"
    else:
        percent = rounded_up(gap * 100)
        ja = f"これより {percent} % 以上{better_ja}計画は存在しない"
        en = f"No plan can be more than {percent} % {better_en}"
    if status == "limit":
        return [f"{ja}(計算時間の上限で終了)。", f"{en} (stopped at the time limit)."]
    return [f"{ja}。", f"{en}."]


def rounded_up(value: float, digits: int = 2) -> str:
    """Return a positive `value` with `digits` significant digits, never below it."""
    places = digits - 1 - math.floor(math.log10(value))
    step = 10.0**-places
    up = math.ceil(value / step - 1e-9) * step
    return f"{up:.{max(places, 0)}f}"


def word(key: str, language: Language) -> str:
    """Return one word of the page."""
    return WORDS[key][0 if language == "ja" else 1]
