"""Two runs give the same plan, digit for digit, whatever order the interpreter keeps names in."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = """
import hashlib, sys
from siting.solve import Effort, solve
from tests.solve import solve_case

maker, strategy = sys.argv[1:]
data = getattr(solve_case, maker)(7)
effort = Effort(gap=0.0, time_limit_s=0.3, arcs_per_source=2, clusters=3, strategy=strategy)
plan = solve(data, effort)
tables = ("hubs", "flows", "costs", "targets", "multipliers", "prices", "bounds")
text = "".join(getattr(plan, name).to_csv() for name in tables)
print(hashlib.sha256(text.encode()).hexdigest())
"""
ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("maker", "strategy"),
    [("random_instance", "certified"), ("shared_instance", "joint"), ("trading_instance", "joint")],
)
def test_two_runs_give_the_same_tables(maker: str, strategy: str) -> None:
    digests = []
    for seed in ("1", "2"):
        run = subprocess.run(
            [sys.executable, "-c", SCRIPT, maker, strategy],
            cwd=ROOT,
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=False,
        )
        assert run.returncode == 0, run.stderr
        digests.append(run.stdout)
    assert digests[0] == digests[1]
    assert len(digests[0].strip()) == 64
