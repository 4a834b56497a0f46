"""What the commands themselves say, in Japanese and English."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from siting.text import Language

PHRASES: dict[str, tuple[str, str]] = {
    "stopped": (
        "中断しました。何も書き出していません。",
        "Stopped. Nothing was written.",
    ),
    "faults": ("誤りは全部で{count}件です。", "{count} faults in all."),
    "no_faults": (
        "{study}: 誤りはありません(発生地点{source}、候補地{site}、拠点の選択肢{hub})。",
        "{study}: {source} sources, {site} candidate sites, {hub} hubs on offer. No faults.",
    ),
    "no_faults_unscreened": (
        "{study}: 誤りはありません(発生地点{source})。候補地は siting screen が提案します。",
        "{study}: {source} sources; siting screen proposes candidate sites. No faults.",
    ),
    "created": (
        "{study} を書きました。編集してから siting check {study}、続いて siting run {study} を"
        "実行してください。",
        "Wrote {study}. Edit it, then run: siting check {study}, siting run {study}.",
    ),
    # siting solve
    "value": (
        "目的の値 {value} {unit}、下界 {bound} {unit}",
        "objective {value} {unit}, bound {bound} {unit}",
    ),
    "closeness": (
        "差 {gap}、{status}、費用 {cost}円",
        "gap {gap}, {status}, cost {cost} JPY",
    ),
    "optimal": ("許容差以内で完了", "optimal"),
    "limit": ("制限時間で停止", "limit"),
    "hub": (
        "{period}  {site}  {technology}  {size}  {lines}ライン",
        "{period}  {site}  {technology}  {size}  {lines} line{s}",
    ),
    "no_hub": ("動く拠点はありません", "no hub runs"),
    # siting verify
    "claimed": ("計画の主張", "claimed"),
    "computed": ("計算し直した値", "computed anew"),
    "bound": ("下界", "bound"),
    "gap": ("差", "gap"),
    "checked": (
        "{laws}の法則を{rows}行で確かめました。許容差 {tolerance} に最も近いもの: {worst}",
        "{laws} laws, {rows} rows checked; nearest to its tolerance of {tolerance}: {worst}",
    ),
    "not_all_holds": ("成り立たないものがあります。", "Not all of it holds."),
    "certified": (
        "証明書は、すべての経路について差が{claimed}以内であることを示しています。",
        "The certificate proves the gap of {claimed}, over every arc.",
    ),
    "searched": (
        "証明書が示す差は{proven}です。{parts}について主張する差{claimed}は"
        "HiGHS の探索によるもので、"
        "証明書では示せません。",
        "The certificate proves a gap of {proven}. The {claimed} claimed rests, for {parts}, on "
        "the search of HiGHS, which no certificate can show.",
    ),
    # siting layers
    "column_layer": ("レイヤ", "layer"),
    "column_title": ("内容", "title"),
    "column_file": ("ファイル", "file"),
    "column_rows": ("件数", "rows"),
    "column_vintage": ("時点", "vintage"),
    "column_licence": ("利用条件", "licence"),
    "column_source": ("出典", "source"),
    "column_page": ("配布ページ", "page"),
    "as_catalogued": (
        "{folder}: {count}個のレイヤは、すべて目録のとおりです。",
        "{folder}: {count} layers as catalogued.",
    ),
    "untried": (
        "取得先の URL は、配布元の規則から組み立てたもので、まだ試していません。変わっていたときは"
        "配布ページで確かめ、--url で指定するか、手で取得して siting layers import してください。",
        "The addresses follow the publishers' patterns and were never tried. If one has moved, "
        "look at the page and give --url, or get the file by hand and run: siting layers import.",
    ),
    "brought_vector": (
        "レイヤ {name} を {path} に書きました(図形{rows:,}件、sha256 {sha256})。",
        "Layer {name} is in {path} (features: {rows:,}, sha256 {sha256}).",
    ),
    "brought_raster": (
        "レイヤ {name} を {path} に書きました(値のある画素{rows:,}個、sha256 {sha256})。",
        "Layer {name} is in {path} (pixels with a value: {rows:,}, sha256 {sha256}).",
    ),
    "brought_table": (
        "レイヤ {name} を {path} に書きました({rows:,}行、sha256 {sha256})。",
        "Layer {name} is in {path} (rows: {rows:,}, sha256 {sha256}).",
    ),
    "brought_area": (
        "範囲に収まる都道府県: {names}。",
        "Prefectures inside its frame: {names}.",
    ),
    "brought_covers": (
        "対象の都道府県: {names}。",
        "Prefectures that it speaks of: {names}.",
    ),
    "brought_terms": (
        "出典: {source}。利用条件: {licence}。",
        "Source: {source}. Licence: {licence}.",
    ),
    "brought_use": (
        "検討条件の screening に layers: {folder} と書くと使われます"
        "(検討条件のファイルからの相対パス)。",
        "A study uses it with layers: {folder} under screening (relative to the study).",
    ),
    "brought_criteria": (
        "これを使う評価基準: {names}。",
        "Criteria that now count: {names}.",
    ),
    "brought_absent": (
        "配布元にないファイル: {url}",
        "The publisher has no file at {url}",
    ),
    # siting explain
    "explain_no_plan": (
        "実行できる計画はありません。両立しない条件が{count}組あります。",
        "There is no plan: {count} set(s) of limits cannot be kept.",
    ),
    "explain_plan": (
        "計画はあります(費用の現在価値 {cost})。",
        "There is a plan (present value of its cost: {cost}).",
    ),
    "explain_merged": (
        "発生地点{sources}を{nodes}にまとめたモデルで調べました。",
        "Judged on a model with its {sources} sources merged to {nodes}.",
    ),
    "explain_fractions": (
        "費用と値打ちは目安です(ライン数に端数を許した緩和、まとめた発生地点の平均費用による)。",
        "Costs and worths are estimates: fractions of lines, merged sources at their mean cost.",
    ),
    "explain_undecided": (
        "端数のないライン数ですべての条件を守れるかは、時間内に分かりませんでした"
        "(--time-limit を長くしてください)。",
        "Time ended before it was known if whole lines keep every limit; give --time-limit more.",
    ),
    "explain_conflict": (
        "{number}. 次の条件は両立しません。",
        "{number}. These cannot all hold:",
    ),
    "explain_repairs": (
        "   次のどれかで計画ができます(費用が小さい順):",
        "   Any of these leaves a plan (the cheapest first):",
    ),
    "explain_alone": (
        "   発生量や技術など変えられない前提のもとでは、これだけで守れません。次のように変えます:",
        "   What arises and what plants can do does not allow it. Change:",
    ),
    "explain_no_repair": (
        "   変更案は見つかりませんでした。",
        "   No change was found that leaves a plan.",
    ),
    "explain_repair": (
        "   → {change}: 計画の費用 {cost}(最小より +{more})",
        "   → {change}: the plan then costs {cost} (+{more})",
    ),
    "explain_by": ("(年{by}分)", " ({by}/yr)"),
    "explain_and": ("、かつ", ", and "),
    "explain_drop": ("行を除く", "drop the row"),
    "explain_missed": (
        "未達: {limit} 年{short}不足{place}",
        "Missed: {limit}, {short}/yr short{place}",
    ),
    "explain_dear": (
        "   達成はできますが、{extra}余計にかかり、計画の罰則 {penalty} を上回ります。",
        "   It can be met, for {extra} more; the plan pays the penalty of {penalty} instead.",
    ),
    "explain_in_the_way": (
        "   次の条件があるため達成できません。",
        "   It cannot be met, because these cannot all hold:",
    ),
    "explain_binding": (
        "計画を縛っている条件と、一単位ゆるめる値打ち(費用の現在価値の減少):",
        "Limits that bind, and what a step more is worth (present value saved):",
    ),
    "explain_free": (
        "ゆるめて安くなる条件はありません。",
        "No limit would save anything if it were looser.",
    ),
    "explain_more": (
        "ほかの{count}件は explain.csv にあります。",
        "{count} more are in explain.csv.",
    ),
    "explain_limit": ("条件", "limit"),
    "explain_step": ("単位", "step"),
    "explain_worth": ("値打ち", "worth"),
    "explain_basis": ("根拠", "from"),
    "explain_lines_fixed": ("ライン数を固定した限界値", "dual, lines fixed"),
    "explain_solved_again": ("ゆるめて解き直した差", "solved again"),
    "explain_relaxation": ("緩和の限界値", "dual of the relaxation"),
    "no_scenarios": (
        "{study}: シナリオはありません。scenarios に書き加えてください。",
        "{study}: no scenarios. Add some under scenarios.",
    ),
}
"""Key to (Japanese, English); names in braces are filled in."""


def phrase(key: str, language: Language, **values: object) -> str:
    """Return the sentence `key` with `values` filled in."""
    japanese, english = PHRASES[key]
    return (japanese if language == "ja" else english).format(**values)
