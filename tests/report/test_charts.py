"""Charts are XML, stay in their frame and survive names and empty data."""

import re
from xml.etree import ElementTree as ET

import pytest

from siting.report.charts import (
    Line,
    round_top,
    share_bar,
    share_lines,
    short,
    stacked_bars,
    waterfall,
)
from siting.report.number import Scale

UNIT = Scale(1.0, "円", 0, "ja")
DRAWINGS = {
    "bars": stacked_bars("処理量", "千t", [2030, 2040], {"a<b": [1.0, 2.0], "&": [0.0, 3.0]}, "t"),
    "no bars": stacked_bars("処理量", "千t", [2030], {}, "t"),
    "waterfall": waterfall("費用", UNIT, [("<開設>", 10.0), ("販売", -14.0)], "合計"),
    "lines": share_lines("目標 <&>", [2030, 2040], [Line("達成", [0.5, 1.0], "#000")]),
    "one point": share_lines("目標", [2030], [Line("達成", [0.5], "#000")]),
    "shares": share_bar("確度", {"公表値": 0.25, "推計": 0.75}, "c"),
}


@pytest.mark.parametrize("name", DRAWINGS)
def test_drawing_is_well_formed(name: str) -> None:
    root = ET.fromstring(DRAWINGS[name])
    assert root.get("role") == "img"
    assert int(root.get("font-size", "0")) >= 11


@pytest.mark.parametrize("name", DRAWINGS)
def test_no_rectangle_leaves_the_frame(name: str) -> None:
    root = ET.fromstring(DRAWINGS[name])
    _, _, width, height = (float(n) for n in root.get("viewBox", "").split())
    for box in root.iter("{http://www.w3.org/2000/svg}rect"):
        x, y = float(box.get("x", 0)), float(box.get("y", 0))
        assert 0 <= x <= x + float(box.get("width", 0)) <= width + 0.1
        assert 0 <= y <= y + float(box.get("height", 0)) <= height + 0.1


def test_total_of_the_waterfall_is_the_sum_of_its_steps() -> None:
    assert "▲4" in re.findall(r">([^<]+)</text>", DRAWINGS["waterfall"])


@pytest.mark.parametrize("value", [0.004, 0.7, 1.0, 9.7, 10.0, 43.0, 99.9, 70_076.0])
def test_axis_ends_just_above_the_largest_value(value: float) -> None:
    assert value <= round_top(value) <= 2 * value


def test_long_words_are_cut_with_a_mark() -> None:
    assert short("プラスチック選別・ペレット化", 8) == "プラスチック選…"
