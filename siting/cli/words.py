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
