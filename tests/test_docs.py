"""The documents that can be checked against the code."""

import re
from pathlib import Path

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from siting.cli import app

ROOT = Path(__file__).parents[1]
PAGES = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), ROOT / "models" / "README.md"]


def test_committed_schema_is_that_of_the_settings() -> None:
    committed = (ROOT / "docs" / "study.schema.json").read_text(encoding="utf-8")
    assert committed == CliRunner().invoke(app, ["schema"]).stdout


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


@pytest.mark.parametrize("page", sorted(PAGES), ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_page_linked_is_there(page: Path) -> None:
    links = re.findall(r"\]\(([^)#\s]+)", page.read_text(encoding="utf-8"))
    local = [link for link in links if not link.startswith(("http", "mailto:"))]
    assert [link for link in local if not (page.parent / link).exists()] == []


def test_every_case_stands_in_the_readme() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    cases = [path.stem for path in sorted((ROOT / "configs").glob("case*.yaml"))]
    assert [case for case in cases if f"(configs/{case}.yaml)" not in text] == []


def test_every_command_stands_in_the_readme() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    names = get_command(app).commands
    assert [name for name in names if f"\nsiting {name} " not in text] == []
