"""All scenarios of a study, each started from the plan of the study as it stands."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING

from siting import pipeline
from siting.config import Study, read_config
from siting.scenarios.interrupt import Interruption

if TYPE_CHECKING:
    from pathlib import Path

    from siting.outcome import Outcome
    from siting.pipeline import Progress


def solve_scenarios(
    path: Path, data: Path | None, progress: Progress, outcome: Outcome
) -> dict[str, Outcome]:
    """Return every scenario of the study at `path` by name; after Ctrl-C those solved until then.

    Parameters
    ----------
    outcome : of the study as it stands; its hubs are one of the plans each scenario starts from.
    """
    from siting.solve import Start

    config = read_config(path)
    if not isinstance(config.study, Study) or not config.study.scenarios:
        return {}
    gathered = pipeline.gather(config, config.study, data, progress)
    found: dict[str, Outcome] = {}
    with Interruption() as interruption:
        for name in config.study.scenarios:
            if interruption.happened:
                break
            started = time.monotonic()
            progress(f"{name}: finding sites, routes and costs")
            prepared = pipeline.prepare_study(gathered, pipeline.in_scenario(config, name))
            prepared = replace(prepared, scenario=name)
            build_s = time.monotonic() - started
            found[name] = pipeline.solved(
                prepared, build_s, progress, [outcome.plan], start=Start.of(outcome.plan)
            )
    return found
