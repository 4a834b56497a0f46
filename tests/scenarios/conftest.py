"""Outputs of the four-node example, and small outputs written by hand."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from siting import pipeline
from siting.report.tables import write_tables
from siting.scenarios.compare import Output, read_output

TOY = Path(__file__).parents[2] / "configs" / "toy.yaml"

NO_STEP = lambda _: None  # noqa: E731


def written(folder: Path, *, targets: bool) -> Output:
    outcome = pipeline.run(TOY, None, NO_STEP, targets=targets)
    folder.mkdir()
    write_tables(folder, outcome)
    return read_output(folder)


@pytest.fixture(scope="session")
def toy_output(tmp_path_factory: pytest.TempPathFactory) -> Output:
    """Return the example with its targets: one large line at H from 2030."""
    return written(tmp_path_factory.mktemp("out") / "toy", targets=True)


@pytest.fixture(scope="session")
def market_output(tmp_path_factory: pytest.TempPathFactory) -> Output:
    """Return the example without targets: one small line at H from 2025."""
    return written(tmp_path_factory.mktemp("out") / "toy-no-targets", targets=False)


HUB = ["site", "technology", "size", "period", "lines"]
FLOW = ["origin", "destination", "mode", "commodity", "period", "flow_t"]


def record(name: str, cost_jpy: float, bound_jpy: float) -> dict[str, Any]:
    return {
        "study": name,
        "title_ja": name,
        "title_en": name.upper(),
        "status": "limit",
        "objective": "cost",
        "objective_jpy": cost_jpy,
        "bound_jpy": bound_jpy,
        "gap": (cost_jpy - bound_jpy) / cost_jpy,
        "cost_jpy": {"facility": {"opening": cost_jpy}},
        "kgco2e": {"transport": 10.0},
    }


@pytest.fixture
def hand_written(tmp_path: Path) -> Callable[..., Path]:
    """Return a function that writes an output of given hubs and flows, one period of 10 years."""

    def write(
        name: str, cost_jpy: float, bound_jpy: float, hubs: list[Any], flows: list[Any]
    ) -> Path:
        folder = tmp_path / name
        (folder / "instance").mkdir(parents=True)
        text = json.dumps(record(name, cost_jpy, bound_jpy))
        (folder / "plan.json").write_text(text, encoding="utf-8")
        table = pd.DataFrame(hubs, columns=HUB)
        table = table.assign(name_ja="", name_en="", throughput_t=1.0)
        table = table.assign(capacity_t=10.0 * table["lines"])
        table.to_csv(folder / "hubs.csv", index=False, encoding="utf-8-sig")
        carried = pd.DataFrame(flows, columns=FLOW).assign(tkm=1.0, cost_jpy=1.0, kgco2e=1.0)
        ends = ["origin_ja", "origin_en", "destination_ja", "destination_en"]
        carried = carried.assign(**dict.fromkeys(ends, ""))
        carried.to_parquet(folder / "flows.parquet", index=False)
        columns = ["source", "commodity", "period", "supply_t", "collected_t"]
        rows = [["A", "waste_plastic", 2030, 5.0, 5.0]]
        pd.DataFrame(rows, columns=columns).to_csv(folder / "sources.csv", index=False)
        columns = ["sink", "commodity", "period", "name_ja", "name_en", "inflow_t", "sales_jpy"]
        pd.DataFrame([], columns=columns).to_csv(folder / "sinks.csv", index=False)
        periods = pd.DataFrame({"period": [2030], "years": [10]})
        periods.to_csv(folder / "instance" / "periods.csv", index=False)
        return folder

    return write
