"""Assumptions speak the reader's language where a catalogue knows the word, and say where not."""

import re

import pytest

from siting.report.paper.quoted import other_language, table_word, unit_word


def test_unit_is_translated_and_its_note_is_kept() -> None:
    assert unit_word("JPY/(t/yr) (high-grade scrap per yr)", "ja") == (
        "円/(t/年) (high-grade scrap per yr)"
    )
    assert unit_word("kgCO2e/kWh", "ja") == "kgCO2e/kWh"
    assert unit_word("JPY/t", "en") == "JPY/t"


def test_table_without_a_word_keeps_its_name() -> None:
    assert table_word("prices", "ja") == "価格"
    assert table_word("own_table", "ja") == "own_table"


@pytest.mark.parametrize(
    ("text", "language", "found"),
    [("國交省 tariff", "ja", ""), ("usual road detour", "ja", "en"), ("5,000", "ja", ""),
     ("国交省", "en", "ja"), ("main yield", "en", "")],
)  # fmt: skip
def test_text_in_another_language_is_told(text: str, language: str, found: str) -> None:
    assert other_language(text, language) == found  # type: ignore[arg-type]


def test_assumptions_of_the_report_are_translated_and_marked(pages: dict[str, str]) -> None:
    table = re.search(r'<table class="small figures[^>]*>(.*?)</table>', pages["built"], re.DOTALL)
    assert table is not None
    assert "<td>価格</td>" in table[1]
    assert "円/t" in table[1]
    assert '<td lang="en">pv_recycling/opening/medium</td>' in table[1]
    assert "<td>国交省</td>" in table[1]
