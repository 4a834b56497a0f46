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
    "created": (
        "{study} を書きました。編集してから siting check {study}、続いて siting run {study} を"
        "実行してください。",
        "Wrote {study}. Edit it, then run: siting check {study}, siting run {study}.",
    ),
}
"""Key to (Japanese, English); names in braces are filled in."""


def phrase(key: str, language: Language, **values: object) -> str:
    """Return the sentence `key` with `values` filled in."""
    japanese, english = PHRASES[key]
    return (japanese if language == "ja" else english).format(**values)
