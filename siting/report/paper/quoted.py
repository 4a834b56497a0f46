"""Assumptions in the reader's language: tables and units by a catalogue, notes as they stand."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from siting.text import Language

TABLES: dict[str, tuple[str, str]] = {
    "transport": ("輸送", "transport"),
    "facility": ("設備", "facility"),
    "prices": ("価格", "prices"),
    "emissions": ("排出", "emissions"),
    "choices": ("選択", "choices"),
}
"""Table of the parameters to (Japanese, English)."""

UNITS = {
    "JPY": "円", "yr": "年", "month": "月", "d": "日", "h": "時間", "min": "分", "person": "人",
    "trip": "便", "container": "個", "call": "寄港",
}  # fmt: skip
"""Parts of a unit that have a Japanese word; SI symbols stay."""

JAPANESE = re.compile("[\u3040-\u30ff\u4e00-\u9fff]")
LETTERS = re.compile("[A-Za-z]{2}")


def table_word(table: str, language: Language) -> str:
    """Return the word for a table of parameters, its own name where there is none."""
    return TABLES.get(table, (table, table))[language == "en"]


def unit_word(unit: str, language: Language) -> str:
    """Return `unit` in the language; what stands in brackets behind it is kept."""
    if language == "en":
        return unit
    own, mark, rest = unit.partition(" (")
    return re.sub("[A-Za-z]+", lambda part: UNITS.get(part[0], part[0]), own) + mark + rest


def other_language(text: str, language: Language) -> str:
    """Return the language of `text` where it is not `language`, else nothing."""
    if language == "en":
        return "ja" if JAPANESE.search(text) else ""
    return "en" if LETTERS.search(text) and not JAPANESE.search(text) else ""
