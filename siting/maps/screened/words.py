"""The words of the page of a screening in Japanese and English."""

from siting.maps.words import DATA_WORDS

WORDS: dict[str, tuple[str, str]] = {
    "title": ("適地スクリーニング", "Screening of land"),
    "language": ("English", "日本語"),
    "print": ("印刷", "Print"),
    "home": ("全体表示", "Whole map"),
    "map": ("適地評価の地図", "Map of suitability"),
    "noscript": (
        "この地図の表示には JavaScript が必要です。通信は行いません。",
        "This map needs JavaScript. It contacts no server.",
    ),
    "summary": (
        "陸域 {n} セル(約2 km四方)のうち {k} セルが適格。"
        "提案地点 {p} か所、ほかの候補地 {c} か所。",
        "Of {n} cells of land (about 2 km square) {k} pass. Sites proposed: {p}; other "
        "candidates: {c}.",
    ),
    "score": ("評点(0–100)", "Score (0 to 100)"),
    "scale_key": ("適格なセルの評点", "Score of cells that pass"),
    "excluded": ("除外", "Excluded"),
    "passes": ("適格", "Passes"),
    "proposed": ("提案地点", "Proposed"),
    "candidate": ("候補地", "Candidate"),
    "candidates": ("候補地(評点順)", "Candidates by score"),
    "candidates_key": (
        "行を選ぶと、地図上の位置と基準ごとの値を示す",
        "Choose a row to see where it is and its value in each criterion",
    ),
    "site": ("地点", "Site"),
    "prefecture": ("都道府県", "Prefecture"),
    "kind": ("種別", "Kind"),
    "excluded_by": ("除外した基準", "Excluded by"),
    "criteria": ("基準と除外したセル数", "Criteria and the cells each removed"),
    "criterion": ("基準", "Criterion"),
    "weight": ("重み", "Weight"),
    "removed": ("除外", "Removed"),
    "removed_alone": ("その基準だけで除外", "Removed by it alone"),
    "left": ("残り", "Left"),
    "threshold": ("除外の条件", "Excludes"),
    "span": ("0点→100点", "Score 0 → 100"),
    "covered": ("データのある陸域", "Land with data"),
    "value": ("値", "Value"),
    "absent": ("データがないため使っていない基準", "Criteria left out for want of data"),
    "absent_key": (
        "該当するレイヤーをカタログに加えると評価に入る",
        "They count once a layer of that name is in the catalogue of the study",
    ),
    "layer": ("レイヤー", "Layer"),
    "bring": ("必要なデータ", "What to bring"),
    "rules": ("現地・行政で確認する立地要件", "Rules to check on the ground and with authorities"),
    "rule": ("要件", "Rule"),
    "source": ("出典", "Source"),
    "note": (
        "ハザードの値は代理指標で、公式のハザードマップではない。"
        "市区町村の値は、最寄りの役場をもとに各セルへ割り当てた。",
        "Hazard values are proxies, not official hazard maps. Figures of municipalities are given "
        "to the cells nearest to their hall.",
    ),
}
"""Key as in the page's script to (Japanese, English)."""

KINDS: dict[str, tuple[str, str]] = {
    **{
        key: DATA_WORDS[key]
        for key in ("eco_towns", "recycling_ports", "case_study_sites", "study")
    },
    "screening": ("提案地点", "proposed"),
    "ports": ("港湾", "port"),
    "sinks": ("需要先", "sink"),
    "municipalities": ("市区町村", "municipality"),
}
"""Where a candidate comes from to (Japanese, English)."""
