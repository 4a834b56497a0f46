"""The documents that can be checked against the code."""

import re
import shlex
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


def commands_of(page: Path) -> list[list[str]]:
    """Return the words of each ``siting`` command in the shell blocks of `page`."""
    blocks = re.findall(r"```sh\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)
    lines = [line for block in blocks for line in block.splitlines()]
    return [shlex.split(line, comments=True)[1:] for line in lines if line.startswith("siting ")]


@pytest.mark.parametrize("page", ["README.md", "README.ja.md", "docs/planner.ja.md"])
def test_every_command_of_a_page_is_one(page: str) -> None:
    found = commands_of(ROOT / page)
    assert found
    group = get_command(app)
    for words in found:
        if words[0].startswith("--"):
            assert words[0] in {name for option in group.params for name in option.opts}
            continue
        command = group.commands[words[0]]
        command.make_context(words[0], words[1:])


def test_start_of_the_guide_works_as_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for words in commands_of(ROOT / "docs" / "planner.ja.md"):
        if words[0] in {"init", "check", "scenarios"}:
            done = CliRunner().invoke(app, words)
            assert done.exit_code == 0, (words, done.output)
    assert "no_target" in done.output
