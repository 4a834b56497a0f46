"""A finished output reads back as the outcome that made it, for all that a map draws."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from siting import pipeline
from siting.errors import ConfigError
from siting.maps.data import page_data
from siting.scenarios.finished import read_outcomes

TOY = Path(__file__).parents[2] / "configs" / "toy.yaml"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the output of the four-node example."""
    outcome = pipeline.run(TOY, None, lambda _: None)
    return pipeline.write(outcome, tmp_path_factory.mktemp("finished"))


def test_map_of_a_finished_output_is_that_of_the_run(folder: Path) -> None:
    outcome = pipeline.run(TOY, None, lambda _: None)
    (again,) = read_outcomes([folder])
    assert page_data([again]) == page_data([outcome])


def test_all_faults_of_an_output_are_told_at_once(folder: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(folder, tmp_path / "copy")
    (copy / "legs.parquet").unlink()
    (copy / "costs.csv").write_text("block,period\n", encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        read_outcomes([copy])
    told = str(caught.value)
    assert "legs.parquet: the file is missing" in told
    assert "costs.csv: columns ['part'] are missing" in told
    assert "siting run" in told


def test_folder_given_twice_is_refused(folder: Path) -> None:
    with pytest.raises(ConfigError, match="study 'toy' too"):
        read_outcomes([folder, folder])


def test_plans_that_share_all_stand_once_in_the_data(folder: Path) -> None:
    (made,) = read_outcomes([folder])
    data = page_data([made, replace(made, study="other", title_ja="別", title_en="Other")])
    assert len(data["plans"]) == 2
    assert len(data["supplies"]) == 1
