"""The national study, assembled once, and what it was assembled from."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pandas as pd
import pytest

from siting.assemble import Assembled, assemble
from siting.assemble.candidate import candidate_sites
from siting.assemble.ground import sink_table, site_table, town_table
from siting.assemble.hub.technology import Process, processes
from siting.assemble.rule import Rules
from siting.assemble.transport.network import Ground, find_net
from siting.config import Config, Study, read_config
from siting.figures import Figures, read_figures
from siting.freight.net import Net
from siting.layers import Layers, data_folder, read_layers
from siting.network.road import RoadGraph, find_roads

CONFIGS = Path(__file__).parents[2] / "configs"
PARAMS = CONFIGS / "params"
REDUCED = """\
study: reduced
title_ja: 二県
title_en: Two prefectures
case: 5
periods: {start: 2025, end: 2040, step_years: 5}
discount_rate: 0.05
carbon_price: scenario_base
finance: salvage
scope: {prefectures: [香川県, Aichi]}
imports: [e_scrap]
growth:
  waste_plastic: base
  elv: base
  ship: base
  e_scrap: base
technologies:
  - plastic_recycling
  - chem_pyrolysis
  - elv_dismantling
  - elv_shredding
  - ship_recycling
  - escrap_preprocessing
  - cu_smelter_escrap
candidates:
  from: [eco_towns, recycling_ports, case_study_sites]
  only: [香川県, 愛知県, CS05d]
modes: [truck, ship]
limits:
  budget_jpy: {2030: 5.0e+10}
  kgco2e: {2040: 1.0e+9}
  hub_counts:
    - {name: smelters, technologies: [cu_smelter_escrap], prefectures: [愛知県], at_most: 0}
    - {name: yards, technologies: [ship_recycling, elv_shredding], sites: [CS04, CS05b], at_most: 1}
  site_share: {elv: 0.5}
  disposal_t: {residue: {2030: 20000, 2035: 10000}}
  incompatible: [[ship_recycling, plastic_recycling]]
  orders:
    - {site: CS05b, technology: elv_dismantling, size: small, from: 2030, min_lines: 1}
    - {site: CS05b, technology: elv_dismantling, size: small, from: 2040, max_lines: 2}
  regional_targets:
    - {name: Kagawa, prefectures: [香川県], commodity: elv, share: {2030: 0.4, 2035: 0.6}}
scenarios:
  costly:
    title_ja: 高い敷地
    title_en: Dear sites
    overrides: {choices/site/opening/shared: 3000000000}
    growth: {elv: base}
    levers: [L02]
    targets: false
    imports: []
    carbon_price: scenario_high
"""


@pytest.fixture(scope="session")
def layers() -> Layers:
    """Return the shipped layers."""
    return read_layers(data_folder())


@pytest.fixture(scope="session", autouse=True)
def session_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep what is computed in the session's own cache, shared with the tests of the network."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SITING_CACHE", str(tmp_path_factory.getbasetemp() / "siting-cache"))
        yield


@pytest.fixture(scope="session")
def roads(session_cache: None) -> RoadGraph:
    """Return the shipped road graph."""
    return find_roads(data_folder() / "roads.graphml.gz")


@pytest.fixture(scope="session")
def figures() -> Figures:
    """Return the shipped figures."""
    return read_figures(PARAMS, {})


@pytest.fixture(scope="session")
def rules() -> Rules:
    """Return the shipped rules."""
    return Rules.read(PARAMS)


@pytest.fixture(scope="session")
def japan() -> Config:
    """Return the national study."""
    return read_config(CONFIGS / "japan_three.yaml")


@pytest.fixture(scope="session")
def study(japan: Config) -> Study:
    """Return the settings of the national study."""
    assert isinstance(japan.study, Study)
    return japan.study


@pytest.fixture(scope="session")
def whole(
    japan: Config, study: Study, layers: Layers, roads: RoadGraph, figures: Figures, rules: Rules
) -> Assembled:
    """Return the national study assembled."""
    return assemble(japan, study, layers, roads, figures, rules)


@pytest.fixture(scope="session")
def towns(layers: Layers) -> pd.DataFrame:
    """Return the municipalities as places."""
    return town_table(layers)


@pytest.fixture(scope="session")
def sites(japan: Config, study: Study, layers: Layers) -> pd.DataFrame:
    """Return the candidates as places."""
    return site_table(layers, candidate_sites(japan, study, layers)[0])


@pytest.fixture
def edited(tmp_path: Path) -> Callable[[str, str], Config]:
    """Return a function that reads the national study with one text in place of another."""
    text = (CONFIGS / "japan_three.yaml").read_text(encoding="utf-8")

    def read(old: str, new: str) -> Config:
        assert text.count(old) == 1, old
        path = tmp_path / "study.yaml"
        path.write_text(text.replace(old, new), encoding="utf-8")
        return read_config(path)

    return read


@pytest.fixture(scope="session")
def ground(layers: Layers, towns: pd.DataFrame, sites: pd.DataFrame) -> Ground:
    """Return every ninetieth town, some island towns, a few sites, one on a quay, and sinks."""
    islands = towns[towns["by_ferry"]].iloc[::8]
    some_towns = pd.concat([towns[~towns["by_ferry"]].iloc[::90], islands]).sort_index()
    some_sites = pd.concat([sites.iloc[::8], sites.loc[["X01"]]])
    return Ground(some_towns, some_sites, sink_table(layers).iloc[::20])


@pytest.fixture(scope="session")
def net(japan: Config, layers: Layers, roads: RoadGraph, rules: Rules, ground: Ground) -> Net:
    """Return the network of the national study over these few places."""
    return find_net(japan, layers, roads, read_figures(PARAMS, {}), rules, ground)


@pytest.fixture(scope="session")
def offered(
    japan: Config, study: Study, rules: Rules, layers: Layers, sites: pd.DataFrame
) -> dict[str, Process]:
    """Return the technologies of the national study."""
    return processes(japan, study, rules.technologies, layers, sites)


@pytest.fixture
def written(tmp_path: Path) -> Callable[[str], Config]:
    """Return a function that reads a study from its text."""

    def read(text: str) -> Config:
        path = tmp_path / "study.yaml"
        path.write_text(text, encoding="utf-8")
        return read_config(path)

    return read


@pytest.fixture(scope="session")
def reduced_text() -> str:
    """Return a study of two prefectures with chains, plants that stand, imports and limits."""
    return REDUCED


@pytest.fixture(scope="session")
def reduced(
    tmp_path_factory: pytest.TempPathFactory,
    layers: Layers,
    roads: RoadGraph,
    figures: Figures,
    rules: Rules,
) -> Assembled:
    """Return that study assembled."""
    path = tmp_path_factory.mktemp("reduced") / "study.yaml"
    path.write_text(REDUCED, encoding="utf-8")
    config = read_config(path)
    assert isinstance(config.study, Study)
    return assemble(config, config.study, layers, roads, figures, rules)
