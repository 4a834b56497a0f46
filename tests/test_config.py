"""Every fault of a study is told with its file, line and column, and what to do."""

from pathlib import Path

import pytest

from siting.config import InlineStudy, Study, read_config, scenario_study
from siting.errors import ConfigError

CONFIGS = Path(__file__).parents[1] / "configs"
STUDY = """\
# A study with one of everything.
study: example
title_ja: 例
title_en: Example

periods: {start: 2025, end: 2050, step_years: 5}
discount_rate: 0.05
carbon_price: scenario_base
targets: true

growth:
  pv_panel: vintage
  steel_scrap: base

technologies:
  pv_recycling:
    input: pv_panel
    steps: {pv_recycling: 1.0}
    recipe: P_PV
    outputs: {copper: copper_scrap}
    max_lines: 3

candidates:
  from: [eco_towns, recycling_ports]
  merge_within_km: 1.0
  sites:
    - {id: X01, name_ja: 岩国, port: 岩国港}
    - {id: X02, name_ja: 長岡, municipality: "15202"}
    - {id: X03, name_ja: 鹿児島, lat: 31.52, lon: 130.53}

modes: [truck]

network:
  snap_km: 25  # a place further from any road needs a ferry

solver:
  gap: 0.01    # proven
"""
KAGOSHIMA = "lat: 31.52, lon: 130.53"
NAGAOKA = 'municipality: "15202"'
GAP = "gap: 0.01"


def spot(text, token):
    """Return ``line:column`` of the only `token` in `text`."""
    assert text.count(token) == 1, token
    before = text[: text.index(token)]
    return f"{before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}"


@pytest.fixture
def path(tmp_path):
    return tmp_path / "study.yaml"


def told(path, old, new):
    """Return the text of the study with `old` as `new`, and the fault it makes."""
    assert STUDY.count(old) == 1, old
    text = STUDY.replace(old, new)
    return text, fault(path, text)


def fault(path, text):
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        read_config(path)
    assert caught.value.exit_code == 2
    return str(caught.value)


@pytest.mark.parametrize(
    ("old", "new", "place", "message"),
    [
        ("snap_km: 25", "snapkm: 25", "snapkm", "is no setting. Did you mean 'snap_km'?"),
        ("targets: true", "target: true", "target: true", "Did you mean 'targets'?"),
        ("max_lines: 3", "max_line: 3", "max_line: 3", "Did you mean 'max_lines'?"),
        ("  sites:", "  site:", "site:", "Did you mean 'sites'?"),
        ("name_ja: 岩国", "name_jp: 岩国", "name_jp", "Did you mean 'name_ja'?"),
        (GAP, "gap: 1.5", "1.5  ", "solver.gap is 1.5, expected less than or equal to 1."),
        (GAP, "gap: -1", "-1  ", "solver.gap is -1, expected greater than or equal to 0."),
        ("step_years: 5", "step_years: five", "five", "step_years is 'five', expected integer"),
        ("targets: true", "targets: often", "often", "targets is 'often', expected boolean"),
        ("snap_km: 25 ", "snap_km: far ", "far ", "snap_km is 'far', expected number"),
        ("modes: [truck]", "modes: [mule]", "mule", "modes[0] is 'mule', expected 'truck'"),
        ("study: example", "study: Ja pan", "Ja pan", "study is 'Ja pan', expected"),
        (KAGOSHIMA, "lat: 130.53, lon: 31.52", "{id: X03", "They look swapped"),
        (KAGOSHIMA, "lat: 48.86, lon: 2.35", "{id: X03", "lat 48.86, lon 2.35 is not in Japan"),
        (KAGOSHIMA, "lat: 31.52", "{id: X03", "lat and lon go together"),
        (
            KAGOSHIMA,
            'port: 鹿児島港, municipality: "46201"',
            "{id: X03",
            "or case_study_site: one.",
        ),
        (", " + KAGOSHIMA, "", "{id: X03", "a site is placed by"),
        (NAGAOKA, "municipality: 15202", "15202", 'Write it in quotes, such as "15202".'),
        (NAGAOKA, "municipality: 01202", "01202", "without quotes, which YAML reads as another"),
        ("end: 2050", "end: 2049", "{start", "end must be start plus a whole number of steps"),
        ("end: 2050", "end: 2020", "{start", "end must be start plus a whole number of steps"),
    ],
)
def test_fault_says_where_it_stands_and_what_to_do(path, old, new, place, message):
    text, said = told(path, old, new)
    assert said.startswith(f"{path}:{spot(text, place)}: ")
    assert message in said


def test_misspelt_key_that_is_needed_is_told_from_both_sides(path):
    text, said = told(path, "from:", "form:")
    assert said.startswith(f"{path}: 2 faults")
    assert f"{spot(text, 'form:')}: candidates.form is no setting. Did you mean 'from'?" in said
    assert "candidates.from is missing. Add it." in said


def test_swapped_coordinates_say_what_lat_and_lon_may_be(path):
    _, said = told(path, KAGOSHIMA, "lat: 130.53, lon: 31.52")
    assert "candidates.sites[2]: lat 130.53, lon 31.52 is not in Japan." in said
    assert "lat is 20 to 46, lon 122 to 154" in said


def test_bare_code_is_told_as_it_was_written(path):
    _, said = told(path, NAGAOKA, "municipality: 01202")
    assert "candidates.sites[1].municipality is 01202 without quotes" in said
    assert said.endswith('Write "01202".')


def test_key_that_stands_twice_is_told_at_its_second_place(path):
    text = STUDY + "\nstudy: japan\n"
    line = text.count("\n")
    assert fault(path, text) == f"{path}:{line}:1: study stands twice."


def test_missing_key_is_told(path):
    said = told(path, "carbon_price: scenario_base", "# nothing")[1]
    assert said.endswith(": carbon_price is missing. Add it.")
    assert said.startswith(f"{path}:{spot(STUDY, 'study: example')}: ")


def test_key_missing_in_a_section_is_told_at_the_section(path):
    text, said = told(path, "{start: 2025, end: 2050, step_years: 5}", "{start: 2025, end: 2050}")
    assert said.startswith(f"{path}:{spot(text, '{start: 2025, end: 2050}')}: ")
    assert "periods.step_years is missing. Add it." in said


def test_all_faults_are_told_at_once(path):
    text = STUDY.replace(GAP, "gap: 1.5").replace("snap_km: 25", "snapkm: 25")
    said = fault(path, text.replace(NAGAOKA, "municipality: 01202"))
    assert said.startswith(f"{path}: 3 faults")
    for name in ("solver.gap", "network.snapkm", "candidates.sites[1].municipality"):
        assert name in said


def test_broken_yaml_is_told_with_its_place(path):
    text, said = told(path, "modes: [truck]", "modes: [truck")
    line = int(said.removeprefix(f"{path}:").split(":")[0])
    assert text.splitlines().index("modes: [truck") < line
    assert said.endswith("Check quotes and indentation.")


@pytest.mark.parametrize("text", ["", "# nothing\n", "- a\n- b\n", "japan\n"])
def test_file_that_is_no_mapping_is_refused(path, text):
    assert fault(path, text).startswith(f"{path}:1:1: the study is no mapping")


def test_study_that_is_not_there_is_told(path):
    with pytest.raises(ConfigError, match=r"there is no such study\. Look into configs/"):
        read_config(path)


def test_national_study_is_read():
    config = read_config(CONFIGS / "japan_three.yaml")
    assert isinstance(config.study, Study)
    assert config.study.periods.years == [2025, 2030, 2035, 2040, 2045, 2050]
    assert config.study.candidates.sites[1].municipality == "15202"
    assert len(config.sha256) == 64


def test_study_with_its_own_tables_is_read():
    assert isinstance(read_config(CONFIGS / "toy.yaml").study, InlineStudy)


def test_study_cannot_be_changed_once_read():
    study = read_config(CONFIGS / "japan_three.yaml").study
    with pytest.raises(ValueError, match="frozen"):
        study.discount_rate = 0.1


def test_hash_follows_the_text(path):
    path.write_text(STUDY, encoding="utf-8")
    first = read_config(path).sha256
    path.write_text(STUDY + "# a remark\n", encoding="utf-8")
    assert read_config(path).sha256 != first


def test_fault_found_later_is_told_with_its_place(path):
    path.write_text(STUDY, encoding="utf-8")
    said = str(read_config(path).fault(("growth", "steel_scrap"), "no such scenario."))
    line = STUDY[: STUDY.index("steel_scrap: base")].count("\n") + 1
    assert said == f"{path}:{line}:16: no such scenario."


EXTRA = """
case: 5
scope: {prefectures: [北海道]}
imports: [e_scrap]
finance: salvage
levers: [L02]
limits:
  budget_jpy: {2030: 1.0e+11}
  site_share: {steel_scrap: 0.5}
  orders:
    - {site: X01, technology: pv_recycling, size: small, from: 2030, min_lines: 1}
scenarios:
  costly:
    title_ja: 高い
    title_en: Dear
    growth: {steel_scrap: low}
    overrides: {choices/port/portside/distance: 3}
    levers: [L05]
    targets: false
    imports: []
    carbon_price: scenario_high
  fewer:
    title_ja: 少ない
    title_en: Fewer
    growth: {steel_scrap: low}
"""


@pytest.fixture
def extra(path):
    """Return the study with everything that a study may say beside the essentials."""
    path.write_text(STUDY + EXTRA, encoding="utf-8")
    return read_config(path)


def test_what_a_study_does_not_say_changes_nothing(path):
    path.write_text(STUDY, encoding="utf-8")
    study = read_config(path).study
    assert (study.case, study.scope, study.imports, study.levers) == (None, None, [], [])
    assert (study.existing, study.finance, study.scenarios) == (True, "annuity", {})
    assert not any(study.limits.model_dump().values())
    assert study.candidates.only is None


def test_periods_of_a_limit_are_years(extra):
    assert extra.study.limits.budget_jpy == {2030: 1e11}
    (order,) = extra.study.limits.orders
    assert (order.start, order.min_lines, order.max_lines) == (2030, 1, None)


def test_technologies_may_be_a_list_of_names(path):
    before, rest = STUDY.split("technologies:\n")
    _, after = rest.split("candidates:\n")
    text = f"{before}technologies: [pv_recycling, rpf_making]\n\ncandidates:\n{after}"
    path.write_text(text, encoding="utf-8")
    found = read_config(path).study.technologies
    assert list(found) == ["pv_recycling", "rpf_making"]
    assert all(technology.recipe is None for technology in found.values())


def test_technology_that_is_listed_twice_is_told(path):
    before, rest = STUDY.split("technologies:\n")
    _, after = rest.split("candidates:\n")
    text = f"{before}technologies: [pv_recycling, pv_recycling]\n\ncandidates:\n{after}"
    said = fault(path, text)
    assert said.startswith(f"{path}:{spot(text, '[pv_recycling')}: ")
    assert said.endswith("technologies: pv_recycling stands twice.")


def test_scenario_changes_what_it_says_and_nothing_else(extra):
    study, changed = extra.study, scenario_study(extra, "costly")
    assert changed.growth == {"pv_panel": "vintage", "steel_scrap": "low"}
    assert changed.overrides == {"choices/port/portside/distance": 3}
    assert changed.levers == ["L02", "L05"]
    assert (changed.targets, changed.imports) == (False, [])
    assert changed.carbon_price == "scenario_high"
    same = {"growth", "overrides", "levers", "targets", "imports", "carbon_price"}
    assert changed.model_dump(exclude=same) == study.model_dump(exclude=same)
    assert study.growth["steel_scrap"] == "base"


def test_scenario_keeps_what_it_does_not_say(extra):
    changed = scenario_study(extra, "fewer")
    assert (changed.targets, changed.imports) == (True, ["e_scrap"])
    assert (changed.levers, changed.carbon_price) == (["L02"], "scenario_base")


def test_unknown_scenario_is_told_with_a_near_one(extra):
    with pytest.raises(ConfigError) as caught:
        scenario_study(extra, "costy")
    line = (STUDY + EXTRA)[: (STUDY + EXTRA).index("  costly:")].count("\n") + 1
    assert str(caught.value) == (
        f"{extra.path}:{line}:3: no scenario 'costy'; there is costly, fewer. "
        "Did you mean 'costly'?"
    )


def test_study_without_scenarios_has_none_to_run(path):
    path.write_text(STUDY, encoding="utf-8")
    with pytest.raises(ConfigError, match="no scenario 'costly'; there is none"):
        scenario_study(read_config(path), "costly")


@pytest.mark.parametrize(
    ("old", "new", "place", "message"),
    [
        ("case: 5", "case: 13", "13\nscope", "case is 13, expected less than or equal to 12"),
        ("finance: salvage", "finance: gift", "gift", "expected 'annuity' or 'salvage'"),
        (
            "site_share: {steel_scrap: 0.5}",
            "site_share: {steel_scrap: 5}",
            "5}\n  orders",
            "less than or equal to 1",
        ),
        ("[北海道]", "[]", "[]}\nimports", "at least 1 item"),
        ("min_lines: 1", "min_line: 1", "min_line: 1", "Did you mean 'min_lines'?"),
        ("size: small, from: 2030", "size: small", "{site: X01", "limits.orders[0].from is miss"),
    ],
)
def test_fault_beside_the_essentials_is_told(path, old, new, place, message):
    text = STUDY + EXTRA
    assert text.count(old) == 1, old
    text = text.replace(old, new)
    said = fault(path, text)
    assert said.startswith(f"{path}:{spot(text, place)}: ")
    assert message in said


def test_scenario_that_changes_nothing_is_told(path):
    text = STUDY + EXTRA + "  same: {title_ja: 同じ, title_en: Same}\n"
    said = fault(path, text)
    assert said.startswith(f"{path}:{spot(text, '{title_ja: 同じ')}: ")
    assert said.endswith("a scenario must change something.")
