"""What the Sankey diagram shows is all there is, and its words do not meet."""

import re
from xml.etree import ElementTree as ET

import pytest

from siting.outcome import Outcome
from siting.report.number import MASS, scale
from siting.report.sankey import TITLE, WIDTH, sankey
from siting.report.stream import links, stream_table


def test_all_that_arises_reaches_an_end(built: Outcome) -> None:
    table = links(built)
    for _, rows in table.groupby("period"):
        starts = rows["from_kind"].isin(["supply", "import"])
        ends = rows["to_kind"] == "end"
        assert rows.loc[starts, "flow_t"].sum() == pytest.approx(rows.loc[ends, "flow_t"].sum())
    arisen = table[table["from_kind"] == "supply"].groupby("period")["flow_t"].sum()
    assert arisen.to_dict() == pytest.approx({2030: 10_200.0, 2040: 14_500.0})


def test_what_hubs_take_in_is_what_they_treat(built: Outcome) -> None:
    table = links(built)
    taken = table[(table["to_key"] == "pv_recycling") & (table["period"] == 2040)]
    assert taken["flow_t"].sum() == pytest.approx(4000.0)


def test_links_are_named_in_both_languages(built: Outcome) -> None:
    table = stream_table(built)
    assert "処分" in set(table["to_ja"])
    assert "Disposed of" in set(table["to_en"])
    assert not table.isna().to_numpy().any()


def test_no_name_of_a_crowded_diagram_meets_another() -> None:
    many = {
        (("supply", f"s{n}"), ("technology", f"g{n % 14}")): 1.0 + 400.0 * (n == 3)
        for n in range(30)
    }
    many |= {(("technology", f"g{n}"), ("end", "sold")): 2.0 for n in range(14)}
    drawing = sankey("x", many, lambda node: f"とても長い名前の{node[1]}", scale(MASS, [400], "ja"))
    words = [e for e in ET.fromstring(drawing).iter() if e.tag.endswith("text")]
    assert len(words) == 8 + 8 + 1
    columns: dict[str, list[float]] = {}
    for each in words:
        columns.setdefault(each.attrib["x"], []).append(float(each.attrib["y"]))
        assert float(each.attrib["x"]) + 60 < WIDTH
    for tops in columns.values():
        steps = [b - a for a, b in zip(sorted(tops), sorted(tops)[1:], strict=False)]
        assert all(step >= TITLE - 4 for step in steps)
    assert re.search("その|とても", drawing)
