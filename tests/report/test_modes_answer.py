"""The answer says what is proven, and the reasons name what makes the difference."""

from dataclasses import replace

import pytest
from modes_example import NASTY, comparison

from siting.outcome import Comparison
from siting.report.modes import closing_lines
from siting.report.modes.facts.finding import Findings, findings
from siting.report.modes.reason import reasons_of
from siting.report.modes.words import mode_name, run_name


@pytest.fixture(scope="module")
def found() -> Findings:
    return findings(comparison())


def with_runs(*names: str, bound_share: float = 0.99) -> Comparison:
    """Return the example with some of its runs, each proven to `bound_share` of its cost."""
    made = comparison()
    runs = {}
    for name in names:
        plan = made.runs[name].plan
        plan = replace(plan, bound_jpy=plan.objective_jpy * bound_share)
        runs[name] = replace(made.runs[name], plan=plan)
    return replace(made, runs=runs)


def test_answer_says_what_all_modes_save() -> None:
    lines = closing_lines(comparison(), "ja")
    assert 3 <= len(lines) <= 5
    assert lines[0] == (
        "鉄道と内航船をトラックに加えると、トラックだけの計画より現在価値で6.37億円"
        "(年4,900万円、総費用の17.5 %)安くなります。"
    )
    # 48,420 - 30,820 driver hours; 406.65 - 338.65 t, of 256.65 t of carriage
    assert "68.0t-CO2e(トラックだけの輸送の排出の26.5 %に当たる)減り" in lines[2]
    assert "年1.76万時間(36.3 %)減ります。" in lines[2]
    assert (
        lines[3] == "同じ前提で最も安い計画どうしの差は、6.00億円以上6.68億円以下です(証明済み)。"
    )
    assert "2040年に鉄道は3レーン中1レーンで年1.00千tを運び" in lines[4]


def test_saving_within_the_gaps_is_called_so() -> None:
    single = closing_lines(comparison(), "ja")[1]
    assert "鉄道だけを加えた計画の差は500.0万円で、計算の誤差(最大3,640万円)の範囲内。" in single
    assert "内航船だけを加えた計画は6.17億円安い。" in single
    english = closing_lines(comparison(), "en")[1]
    assert "Rail alone differs by 5.00 m JPY, which is within the uncertainty" in english


def test_answer_claims_nothing_where_the_only_saving_is_within_the_gaps() -> None:
    lines = closing_lines(with_runs("truck", "truck+rail"), "ja")
    assert "計算の誤差" in lines[0]
    assert "範囲内" in lines[0]
    assert "2040年に鉄道を使うレーンはありません。" in lines[-1]
    assert not any("証明済み" in line for line in lines)


def test_saving_with_the_same_hubs_is_said_first_and_without_a_gap() -> None:
    made = with_runs("truck", "truck+rail")
    plain, wide = made.runs.values()
    replayed = replace(wide.plan, known_jpy=(plain.plan.objective_jpy - 300e8,))
    made = replace(made, runs={"truck": plain, "truck+rail": replace(wide, plan=replayed)})
    lines = closing_lines(made, "ja")
    assert "300" in lines[0]
    assert "計算の誤差を含みません" in lines[0]
    assert "計算の誤差(最大" in lines[1]
    assert not any("節約の有無は判断できません" in line for line in lines)


def test_saving_between_proven_optima_is_exact() -> None:
    lines = closing_lines(with_runs("truck", "truck+ship", bound_share=1.0), "en")
    assert "so the saving is exact." in lines[2]


def test_run_that_is_dearer_is_called_so() -> None:
    made = with_runs("truck", "truck+ship", bound_share=1.0)
    swapped = dict(zip(made.runs, reversed(made.runs.values()), strict=True))
    assert "高くなっています" in closing_lines(replace(made, runs=swapped), "ja")[0]


def test_single_run_has_nothing_to_compare() -> None:
    assert closing_lines(with_runs("truck"), "ja") == []


def test_reason_names_the_next_mode_the_part_and_the_way(found: Findings) -> None:
    assert reasons_of(found, "ja").why(0) == (
        "内航船: 鉄道より1 t当たり3,333円安い。差が最も大きいのは幹線で、16,333円が7,000円になる。"
        "10tトラックよりは24,000円安い。"
        "積出港の苫小牧港まで100 km、海上600 km、陸揚港の仙台塩釜港は行き先に隣接。"
        "ほかに鉄道 33 %。"
    )
    assert reasons_of(found, "en").why(1) == (
        "Truck: 800 JPY/t cheaper than by rail; the largest difference is the truck to the "
        "terminal (0 instead of 2,000 JPY/t)."
    )


def test_reason_says_where_nothing_can_be_compared(found: Findings) -> None:
    assert reasons_of(found, "ja").why(2) == "トラック: 同じ発地で比べられるほかの手段がない。"


@pytest.mark.parametrize(
    ("rail_jpy", "rail_kgco2e", "said"),
    [
        (9000.0, 12.0, "輸送費が同じ"),
        (8900.0, 60.0, "炭素価格を含めれば安い"),  # 100 dearer, 25 kg less at 8 JPY/kg
        (8700.0, 60.0, "レーンの平均では"),
    ],
)
def test_reason_fits_the_balance_of_cost_and_carbon(
    found: Findings, rail_jpy: float, rail_kgco2e: float, said: str
) -> None:
    reasons = reasons_of(found, "ja")
    reasons.offers[1]["rail"] |= {"cost_jpy_per_t": rail_jpy, "kgco2e_per_t": rail_kgco2e}
    assert said in reasons.why(1)


def test_reasons_of_some_lanes_know_only_those(found: Findings) -> None:
    assert set(reasons_of(found, "ja", [0]).offers) == {0}
    assert set(reasons_of(found, "ja", []).offers) == set()


def test_names_are_kept_as_they_are(found: Findings) -> None:
    assert NASTY in closing_lines(comparison(), "ja")[-1]  # the page escapes, the terminal shows


def test_modes_and_runs_have_plain_names() -> None:
    assert mode_name("ship:北航路 / North line", "ja") == "内航船 (北航路)"
    assert mode_name("ship:北航路 / North line", "en") == "Coastal ship (North line)"
    assert run_name("truck", "ja") == "トラックだけ"
    assert run_name("truck+rail", "en") == "Truck+Rail"
