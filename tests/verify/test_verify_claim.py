"""An output holds as it was written; each thing changed in it is found and named."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from solve_case import random_instance
from verify_case import write_output

from models import Instance
from models.objective import OBJECTIVES
from siting.errors import ConfigError
from siting.solve import Effort, solve
from siting.verify import Verdict, verify

ROOT = Path(__file__).parents[2]
EFFORT = Effort(gap=0.01, time_limit_s=20)

Change = Callable[[Path], None]


@pytest.fixture(scope="module")
def written(toy: Instance, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the output of the four-node example, which HiGHS searched whole."""
    folder = tmp_path_factory.mktemp("toy")
    return write_output(folder / "out", toy, solve(toy, replace(EFFORT, gap=0.0)))


@pytest.fixture(scope="module")
def sure(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an output whose bound rests on its certificate."""
    data = random_instance(3)
    plan = solve(data, replace(EFFORT, strategy="certified"))
    return write_output(tmp_path_factory.mktemp("sure") / "out", data, plan)


@pytest.fixture(scope="module")
def filled_out(full: Instance, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the output of the instance in which every table has rows."""
    return write_output(tmp_path_factory.mktemp("full") / "out", full, solve(full, EFFORT))


def copy(folder: Path, tmp_path: Path, change: Change) -> Path:
    """Return a copy of an output with a `change`."""
    target = tmp_path / "out"
    shutil.copytree(folder, target)
    change(target)
    return target


def record(**changes: Any) -> Change:
    """Return the change of entries of ``plan.json``; a function changes what is there."""

    def change(folder: Path) -> None:
        path = folder / "plan.json"
        found = json.loads(path.read_text(encoding="utf-8"))
        for key, value in changes.items():
            found[key] = value(found[key]) if callable(value) else value
        path.write_text(json.dumps(found), encoding="utf-8")

    return change


def table(name: str, edit: Callable[[pd.DataFrame], pd.DataFrame]) -> Change:
    """Return the change of a table of the output or its instance."""

    def change(folder: Path) -> None:
        path = folder / name
        if path.suffix == ".parquet":
            edit(pd.read_parquet(path)).to_parquet(path, index=False)
        else:
            edit(pd.read_csv(path, dtype={"source": str})).to_csv(path, index=False)

    return change


def cell(column: str, change: Callable[[Any], Any], row: int = 0) -> Callable[..., pd.DataFrame]:
    """Return the edit of one cell of a table."""

    def edit(rows: pd.DataFrame) -> pd.DataFrame:
        rows = rows.astype({column: float}) if rows[column].dtype.kind in "if" else rows
        rows.loc[row, column] = change(rows.loc[row, column])
        return rows

    return edit


def certificate(edit: Callable[[dict[str, Any]], dict[str, Any]]) -> Change:
    """Return the change of the arrays of the certificate."""

    def change(folder: Path) -> None:
        path = folder / "certificate.npz"
        with np.load(path) as file:
            arrays = edit(dict(file))
        np.savez(path, **arrays)

    return change


def names(verdict: Verdict) -> str:
    return "\n".join(map(str, verdict.broken))


def lower_part(blocks: dict[str, dict[str, float]], block: str, part: str) -> dict[str, Any]:
    return {**blocks, block: {**blocks[block], part: 0.0}}


def first_part(**changes: Any) -> Callable[[list[dict[str, Any]]], list[dict[str, Any]]]:
    return lambda parts: [{**parts[0], **changes}, *parts[1:]]


def without_column(name: str) -> Callable[[pd.DataFrame], pd.DataFrame]:
    return lambda rows: rows.drop(columns=name)


def to_other_arc(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.assign(mode=rows["mode"].mask(rows.index == 0, "rail"))


def test_toy_holds_and_says_what_rests_on_the_search(written: Path) -> None:
    verdict = verify(written)
    assert verdict.broken == []
    assert verdict.value == pytest.approx((4_030_000, 4_030_000))
    # Fractions of lines and of sites would cost 3,270,000.
    assert verdict.bound == pytest.approx((4_030_000, 3_270_000))
    assert verdict.gap == pytest.approx((0, 76 / 403))
    assert verdict.searched == ["waste_plastic"]
    assert verdict.worst.ratio <= 1


def test_certified_part_holds_by_its_certificate_alone(sure: Path) -> None:
    verdict = verify(sure)
    assert verdict.broken == []
    assert verdict.searched == []
    assert verdict.bound[1] == pytest.approx(verdict.bound[0], rel=1e-7)
    assert verdict.gap[1] == pytest.approx(verdict.gap[0], abs=1e-6)


@pytest.mark.parametrize("objective", OBJECTIVES)
def test_every_table_and_objective_holds(full: Instance, objective: str, tmp_path: Path) -> None:
    plan = solve(full, EFFORT, objective=objective)
    verdict = verify(write_output(tmp_path / "out", full, plan))
    assert names(verdict) == ""
    assert verdict.objective == objective
    assert verdict.value[1] == pytest.approx(plan.objective_value)


CHANGES: dict[str, tuple[Change, str]] = {
    "flow raised": (
        table("flows.parquet", cell("flow_t", lambda v: v + 1)),
        "all_supply_is_placed",
    ),
    "flow of material raised": (
        table("flows.parquet", cell("flow_t", lambda v: v + 30, row=2)),
        "site_balance",
    ),
    "flow turned round": (
        table("flows.parquet", cell("flow_t", lambda v: -v, row=1)),
        "flow_within_limits",
    ),
    "flow on an arc that is not there": (
        table("flows.parquet", to_other_arc),
        "no such row in the instance [A|H|rail|waste_plastic|2030]",
    ),
    "fraction of a line": (
        table("hubs.csv", cell("lines", lambda v: 0.95)),
        "run_hub_is_whole",
    ),
    "too many lines": (table("hubs.csv", cell("lines", lambda v: 3)), "lines_within_limit"),
    "no line": (table("hubs.csv", lambda rows: rows.iloc[:0]), "site_balance"),
    "hub that is not there": (
        table("hubs.csv", cell("site", lambda v: "Z")),
        "no such row in the instance [Z|plastic_recycling|large|2030]",
    ),
    "throughput not counted": (
        table("hubs.csv", cell("throughput_t", lambda v: v - 1)),
        "site_balance",
    ),
    "capacity less": (
        table("instance/hubs.csv", cell("capacity_t", lambda v: v * 0.8, row=0)),
        "throughput_within_capacity [H|plastic_recycling|large|2030] is off by 10",
    ),
    "supply not placed": (
        table("sources.csv", cell("uncollected_t", lambda v: v - 5)),
        "all_supply_is_placed [A|waste_plastic|2025] is off by 5",
    ),
    "supply more": (
        table("instance/supply.csv", cell("supply_t", lambda v: v + 5)),
        "all_supply_is_placed",
    ),
    "freight dearer": (
        table("instance/arcs.csv", cell("cost_jpy_per_t", lambda v: v + 10)),
        "claim cost_jpy:transport",
    ),
    "target higher": (
        table("instance/targets.csv", cell("min_collected_share", lambda v: 0.95)),
        "claim shortfall_t [waste_plastic|2030] is off by 5",
    ),
    "target of plan.json left out": (record(targets=[]), "claim shortfall_t"),
    "cost claimed lower": (
        record(objective_jpy=4_029_000, objective_value=4_029_000, bound_value=4_029_000),
        "claim cost_jpy [4,029,000, computed 4,030,000]",
    ),
    "value claimed lower": (record(objective_value=4_029_000), "claim objective_value"),
    "disposal left out": (
        record(cost_jpy=lambda blocks: lower_part(blocks, "conversion", "disposal")),
        "claim cost_jpy:disposal",
    ),
    "emissions left out": (
        record(kgco2e=lambda parts: {**parts, "transport": 0.0}),
        "claim kgco2e:transport",
    ),
    "bound above the plan": (
        record(bound_value=4_030_100),
        "claim bound_value above the plan",
    ),
    "search not owned up to": (
        record(parts=first_part(rests_on="certificate")),
        "claim bound_value above the certificate [4,030,000, computed 3,270,000]",
    ),
    "certificate said to prove more": (
        record(parts=first_part(certified_value=3_300_000)),
        "claim certified_value above the certificate",
    ),
    "bound above that of the parts": (
        record(parts=first_part(bound_jpy=4_000_000)),
        "claim bound_value above the parts",
    ),
    "multipliers left out": (
        certificate(lambda file: {**file, "dual_jpy": 0.0 * file["dual_jpy"]}),
        "claim certified_value above the certificate",
    ),
    "another bound in the certificate": (
        certificate(lambda file: {**file, "bound_jpy": 4_040_000.0}),
        "claim bound_jpy of certificate.npz",
    ),
    "period that is not there": (
        table("hubs.csv", cell("period", lambda v: 2031)),
        "no such row in the instance [H|plastic_recycling|large|2031",
    ),
}


@pytest.mark.parametrize("change", CHANGES)
def test_change_is_found_and_named(change: str, written: Path, tmp_path: Path) -> None:
    edit, expected = CHANGES[change]
    assert expected in names(verify(copy(written, tmp_path, edit)))


def changed(
    file: dict[str, Any], law: str, factor: float, *, first: bool = False
) -> dict[str, Any]:
    """Return the certificate with the multipliers of a law, or its first, times `factor`."""
    at = np.flatnonzero(file["law"] == law)[: 1 if first else None]
    assert len(at)
    dual_jpy = file["dual_jpy"].copy()
    dual_jpy[at] *= factor
    return {**file, "dual_jpy": dual_jpy}


def with_rows(file: dict[str, Any], law: str, dual_jpy: float) -> dict[str, Any]:
    """Return the certificate with a multiplier of a law that sites keep, for every site."""
    names = [
        f"S{site}|plastic_recycling|{size}|2030" for site in range(3) for size in ("small", "large")
    ]
    more = {"law": law, "index": names, "dual_jpy": dual_jpy, "part": file["part"][0]}
    return {
        name: np.r_[values, np.broadcast_to(more[name], len(names))] if name in more else values
        for name, values in file.items()
    }


SURE_CHANGES: dict[str, tuple[Change, str]] = {
    "bound claimed higher": (
        record(bound_value=lambda v: v * 1.0005, gap=lambda v: v - 0.0005),
        "claim bound_value above the certificate",
    ),
    "gap claimed smaller": (record(gap=lambda v: v - 0.0005), "claim gap"),
    "capacity priced beside whole lines": (
        certificate(lambda file: with_rows(file, "throughput_within_capacity", -1e6)),
        "claim bound_value above the certificate",
    ),
    "prices of sources lower": (
        certificate(lambda file: changed(file, "all_supply_is_placed", 0.98)),
        "claim bound_value above the certificate",
    ),
    "price of one source": (
        certificate(lambda file: changed(file, "all_supply_is_placed", 1.2, first=True)),
        "claim bound_value above the certificate",
    ),
    "links worth more": (
        certificate(lambda file: changed(file, "lines_suffice", 1.5)),
        "claim bound_value above the certificate",
    ),
    "multipliers of the wrong sign": (
        certificate(lambda file: {**file, "dual_jpy": -file["dual_jpy"]}),
        "claim bound_value above the certificate",
    ),
    "one multiplier larger": (
        certificate(
            lambda file: {
                **file,
                "dual_jpy": np.where(
                    file["dual_jpy"] == file["dual_jpy"][file["law"] == "site_balance"].max(),
                    2 * file["dual_jpy"],
                    file["dual_jpy"],
                ),
            }
        ),
        "claim bound_value above the certificate",
    ),
    "hub closed again": (
        table("hubs.csv", lambda rows: rows[rows["period"] != rows["period"].max()]),
        "open_hub_stays_open",
    ),
    "an unused arc for nothing": (
        table("instance/arcs.csv", lambda rows: rows.assign(cost_jpy_per_t=0.0)),
        "claim bound_value above the certificate",
    ),
}


@pytest.mark.parametrize("change", SURE_CHANGES)
def test_change_of_a_certified_output_is_found(change: str, sure: Path, tmp_path: Path) -> None:
    edit, expected = SURE_CHANGES[change]
    assert expected in names(verify(copy(sure, tmp_path, edit)))


FILLED_CHANGES: dict[str, tuple[Change, str]] = {
    "site not used": (table("sites.csv", lambda rows: rows.assign(used=0.0)), "hub_needs_site"),
    "half a site": (table("sites.csv", cell("used", lambda v: 0.5)), "use_site_is_whole"),
    "plot smaller": (
        table("instance/sites.csv", lambda rows: rows.assign(plot_m2=1.0)),
        "land_within_plot",
    ),
    "no count allowed": (
        table("instance/hub_counts.csv", lambda rows: rows.assign(at_most=0.0)),
        "sites_within_count",
    ),
    "more jobs asked": (
        table("instance/limits.csv", lambda rows: rows.assign(at_least=1e4)),
        "quantity_within_limit [jobs|2030]",
    ),
    "fewer emissions asked": (
        table("instance/horizon_limits.csv", lambda rows: rows.assign(at_most=-1e9)),
        "horizon_within_limit [kgco2e]",
    ),
    "less disposal allowed": (
        table("instance/disposal_limits.csv", lambda rows: rows.assign(max_disposal_t=0.0)),
        "disposal_within_limit",
    ),
    "share of a site less": (
        table("instance/site_shares.csv", lambda rows: rows.assign(max_share=0.0)),
        "share_of_one_site",
    ),
    "no money to open": (
        table("instance/budgets.csv", lambda rows: rows.assign(max_opening_jpy=0.0)),
        "opening_within_budget",
    ),
    "sinks take less": (
        table("instance/sinks.csv", lambda rows: rows.assign(demand_t=1.0)),
        "demand_within_sink",
    ),
    "contract without a price": (
        table(
            "instance/sinks.csv",
            lambda rows: rows.assign(contracted_t=900.0, contract_shortfall_jpy_per_t=np.inf),
        ),
        "contract_is_met",
    ),
    "contract larger": (
        table("instance/sinks.csv", lambda rows: rows.assign(contracted_t=900.0)),
        "claim cost_jpy:contract",
    ),
    "target of a region": (
        table("instance/regional_targets.csv", lambda rows: rows.assign(min_collected_share=1.0)),
        "claim cost_jpy:shortfall",
    ),
}


@pytest.mark.parametrize("change", FILLED_CHANGES)
def test_change_of_any_law_is_found(change: str, filled_out: Path, tmp_path: Path) -> None:
    edit, expected = FILLED_CHANGES[change]
    assert expected in names(verify(copy(filled_out, tmp_path, edit)))


def removed(name: str) -> Change:
    return lambda folder: (folder / name).unlink()


def garbled(name: str, text: str = "no such thing") -> Change:
    def change(folder: Path) -> None:
        (folder / name).write_text(text, encoding="utf-8")

    return change


FAULTS: dict[str, tuple[Change, str]] = {
    "no certificate": (removed("certificate.npz"), "the certificate is missing"),
    "garbled certificate": (garbled("certificate.npz"), "certificate.npz: cannot be read"),
    "certificate without duals": (
        certificate(lambda file: {k: v for k, v in file.items() if k != "dual_jpy"}),
        "certificate.npz: cannot be read",
    ),
    "no record": (removed("plan.json"), "plan.json is missing"),
    "garbled record": (garbled("plan.json", "{"), "plan.json: cannot be read"),
    "record without a bound": (record(bound_value=None), "plan.json: cannot be read"),
    "record of another objective": (record(objective="beauty"), "'beauty' is unknown"),
    "no hubs": (removed("hubs.csv"), "hubs.csv: the file is missing"),
    "garbled flows": (garbled("flows.parquet"), "flows.parquet: "),
    "no flow": (table("flows.parquet", without_column("flow_t")), "columns ['flow_t'] are missing"),
    "hubs twice": (table("hubs.csv", lambda t: pd.concat([t, t])), "hubs.csv: rows stand twice"),
    "lines in words": (
        table("hubs.csv", lambda rows: rows.assign(lines="many")),
        "hubs.csv: Unable to parse",
    ),
    "lines missing": (table("hubs.csv", lambda rows: rows.assign(lines="inf")), "no number"),
    "no instance": (removed("instance/arcs.csv"), "arcs: the table is missing"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_output_that_cannot_be_read_is_one_clear_message(
    fault: str, written: Path, tmp_path: Path
) -> None:
    edit, expected = FAULTS[fault]
    with pytest.raises(ConfigError) as caught:
        verify(copy(written, tmp_path, edit))
    assert expected in str(caught.value)


def siting(*arguments: object, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "siting", *map(str, arguments)]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)


def test_run_is_verified_from_its_folder(tmp_path: Path) -> None:
    assert siting("run", ROOT / "configs" / "toy.yaml", "-q", cwd=tmp_path).returncode == 0
    done = siting("verify", "out/toy", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "4,030,000 JPY  3,270,000 JPY" in done.stdout
    assert "The 0.000% claimed rests, for waste_plastic, on the search of HiGHS" in done.stdout
    answer = json.loads(siting("verify", "out/toy", "--json", cwd=tmp_path).stdout)
    assert answer["holds"]
    assert answer["gap"]["proven"] == pytest.approx(76 / 403)


def test_certified_output_says_that_the_certificate_proves_it(sure: Path) -> None:
    done = siting("verify", sure, cwd=sure)
    assert done.returncode == 0, done.stderr
    assert "The certificate proves the gap of" in done.stdout


def test_broken_claim_is_exit_code_1_and_one_message(written: Path, tmp_path: Path) -> None:
    folder = copy(written, tmp_path, record(objective_jpy=1.0))
    done = siting("verify", folder, cwd=tmp_path)
    assert done.returncode == 1
    assert done.stderr.startswith(f"{folder}: claim cost_jpy [1, computed 4,030,000] is off by")
    assert "Traceback" not in done.stderr


def test_fault_of_a_file_is_exit_code_2(tmp_path: Path) -> None:
    done = siting("verify", tmp_path, cwd=tmp_path)
    assert done.returncode == 2
    assert "plan.json is missing" in done.stderr


@pytest.mark.slow
def test_study_with_lines_and_ports_holds(tmp_path: Path) -> None:
    done = siting("run", ROOT / "configs" / "shuttle.yaml", "-q", cwd=tmp_path)
    assert done.returncode in {0, 4}, done.stderr
    folder = tmp_path / "out" / "shuttle"
    verdict = verify(folder)
    assert names(verdict) == ""
    services = table("services.csv", lambda rows: rows.assign(running=0.0))
    changed = verify(copy(folder, tmp_path / "copy", services))
    assert "service_carries_flow" in names(changed)
