"""``siting solve`` reaches the published optima of public sets, where these are at hand.

The sets do not come with the project. The large ones are solved by ``make bench`` alone.
"""

import json
from pathlib import Path

import pytest
from public_comparison import AGREES, Target, targets
from public_folder import convert
from typer.testing import CliRunner

from siting.cli import app

SETS = Path(__file__).parents[3] / "shared" / "benchmarks"
LONG_SEARCH = ("p31", "p62")
"""Small files whose proof takes too long for a test."""

AT_HAND = (
    [t for t in targets(SETS, short=True) if not t.file.endswith(LONG_SEARCH)]
    if SETS.is_dir()
    else []
)
needs_sets = pytest.mark.skipif(not AT_HAND, reason="the public sets are not at hand")


@needs_sets
def test_small_files_of_both_sets_are_listed() -> None:
    names = {Path(target.file).stem for target in AT_HAND}
    wanted = {f"cap{n}" for n in (71, 72, 73, 74, 101, 102, 103, 104, 131, 132, 133, 134)}
    assert names >= wanted | {f"p{n}" for n in (1, 7, 13, 22, 40, 55, 71)}


@needs_sets
@pytest.mark.parametrize("target", AT_HAND, ids=lambda target: Path(target.file).stem)
def test_published_value_is_reached_and_proven(target: Target, tmp_path: Path) -> None:
    folder = tmp_path / "instance"
    convert(SETS / target.file, folder, uncapacitated=target.uncapacitated)
    options = ["--json", "--quiet", "--gap", "1e-7", "--time-limit", "60"]
    done = CliRunner().invoke(app, ["solve", str(folder), *options])
    assert done.exit_code == 0, done.output
    answer = json.loads(done.stdout)
    assert answer["objective_value"] == pytest.approx(target.expected, rel=AGREES)
    assert answer["bound_value"] == pytest.approx(target.expected, rel=AGREES)
