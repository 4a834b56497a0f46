"""A study pulls only levers that stand for something in the model."""

import pytest

from siting.assemble.lever import refuse_levers
from siting.config import scenario_study
from siting.errors import ConfigError
from siting.figures import read_figures


def test_levers_of_the_shipped_table_pass(written, reduced_text, rules):
    config = written(reduced_text)
    refuse_levers(config, config.study, rules.policy_levers)
    refuse_levers(config, scenario_study(config, "costly"), rules.policy_levers)


def test_every_lever_that_is_none_is_told_with_its_place(written, reduced_text, rules):
    text = reduced_text.replace("levers: [L02]", "levers: [L02, L99, L02b]") + "levers: [M01]\n"
    config = written(text)
    with pytest.raises(ConfigError) as caught:
        refuse_levers(config, config.study, rules.policy_levers)
    said = str(caught.value)
    lines = text.splitlines()
    line = next(n for n, row in enumerate(lines, 1) if "L99" in row)
    assert "3 faults" in said
    assert f"{line}:19: lever 'L99' is unknown, expected a lever_id of policy_levers.csv." in said
    assert f"{line}:24: lever 'L02b' (Subsidy budget cap) is not modelled: a cap on the" in said
    assert f"{len(lines)}:10: lever 'M01' is unknown" in said


def test_scenario_is_told_at_its_own_place_when_it_is_run(written, reduced_text, rules):
    config = written(reduced_text.replace("levers: [L02]", "levers: [L99]"))
    with pytest.raises(ConfigError) as caught:
        refuse_levers(config, scenario_study(config, "costly"), rules.policy_levers)
    assert "faults" not in str(caught.value)


def test_lever_changes_what_a_hub_costs(rules, reduced, figures):
    key = "facility/plastic_sorting/capex_reference"
    pulled = read_figures_of("L02")
    assert pulled.amount(key, "JPY") == pytest.approx(0.667 * figures.amount(key, "JPY"))


def read_figures_of(*levers):
    """Return the shipped figures with `levers` pulled."""
    from pathlib import Path

    return read_figures(Path(__file__).parents[2] / "configs" / "params", {}, levers)
