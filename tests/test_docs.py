"""The documents that can be checked against the code."""

import json
from pathlib import Path

from siting.config import Study

ROOT = Path(__file__).parents[1]


def test_committed_schema_is_that_of_the_settings() -> None:
    committed = json.loads((ROOT / "docs" / "study.schema.json").read_text(encoding="utf-8"))
    assert committed == Study.model_json_schema(by_alias=True)


def test_readme_is_short_and_names_the_two_commands() -> None:
    lines = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()
    assert len(lines) <= 120
    assert any(line.startswith("make run") for line in lines)
    assert any(line.startswith("make test") for line in lines)


def test_every_folder_the_readme_names_is_there() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    folders = ["configs", "data/gis", "data/sources", "data/build", "models", "siting", "docs"]
    for folder in [*folders, "notebooks", "bench", "tests"]:
        assert f"`{folder}/`" in text
        assert (ROOT / folder).is_dir()
