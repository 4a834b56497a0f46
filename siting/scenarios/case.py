"""All case studies, each in a process of its own so that its memory is its own."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from siting.errors import MissingDataError
from siting.writing import write_whole

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

DONE, STOPPED_AT_LIMIT, INTERRUPTED = 0, 4, 130


@dataclass(frozen=True)
class CaseRun:
    """What became of one study.

    Attributes
    ----------
    exit_code : of its run; 0 done, 4 stopped at a limit with a plan, else there is no plan.
    case : number of the ministry's case, if it is one.
    cost_jpy : present value of the plan [JPY].
    hubs : hubs, a technology at a site, with a line in the last period.
    seconds : wall-clock time from start to written files [s].
    peak_mib : most memory its process held [MiB].
    message : the fault, where it failed.
    """

    study: str
    config: str
    exit_code: int
    status: str
    seconds: float
    case: int | None = None
    cost_jpy: float | None = None
    bound_jpy: float | None = None
    gap: float | None = None
    sites: int | None = None
    hubs: int | None = None
    lines: int | None = None
    build_s: float | None = None
    solve_s: float | None = None
    peak_mib: float | None = None
    message: str = ""


def case_studies(folder: Path) -> list[Path]:
    """Return the case studies and the national study in `folder`, else those of the product.

    Raises
    ------
    MissingDataError
        If there are none.
    """
    package = Path(__file__).parents[1]
    for configs in (folder / "configs", package.parent / "configs", package / "configs"):
        found = [*sorted(configs.glob("case*.yaml")), *configs.glob("japan.yaml")]
        if found:
            return found
    raise MissingDataError(f"{folder / 'configs'}: no case studies. Restore configs/.")


def run_cases(
    studies: Sequence[Path], out: Path, data: Path | None, progress: Callable[[str], None]
) -> list[CaseRun]:
    """Return what became of each of `studies`; Ctrl-C ends the one that runs and is the last."""
    rows: list[CaseRun] = []
    for number, study in enumerate(studies, 1):
        progress(f"{number} of {len(studies)}: {study}")
        row, interrupted = run_case(study, out, data)
        rows.append(row)
        progress(f"{row.study}: {row.status}, {row.seconds:,.0f} s")
        if interrupted:
            break
    return rows


def run_case(study: Path, out: Path, data: Path | None) -> tuple[CaseRun, bool]:
    """Return what became of `study`, and whether the user stopped it.

    The process hears Ctrl-C too: it ends its search and writes the plan it has, so it is waited
    for.
    """
    command = [sys.executable, "-m", "siting", "run", str(study), "--out", str(out)]
    command += ["--quiet", "--json", *(["--data", str(data)] if data else [])]
    started, interrupted = time.monotonic(), False
    with tempfile.TemporaryFile() as answer, tempfile.TemporaryFile() as faults:
        process = subprocess.Popen(command, stdout=answer, stderr=faults)
        while process.poll() is None:
            try:
                process.wait()
            except KeyboardInterrupt:
                interrupted = True
        seconds = round(time.monotonic() - started, 1)
        answer.seek(0)
        faults.seek(0)
        said, fault = answer.read().decode(), faults.read().decode(errors="replace").strip()
    if process.returncode in (DONE, STOPPED_AT_LIMIT):
        # An interrupted search may say a word on standard output before the answer.
        record = json.loads(said[said.index("{") :])
        return solved_case(study, process.returncode, seconds, record), interrupted
    return failed_case(study, process.returncode, seconds, fault), interrupted


def solved_case(study: Path, code: int, seconds: float, record: dict[str, Any]) -> CaseRun:
    """Return the row of a study with a plan."""
    last = record["standing"][-1]
    return CaseRun(
        study=record["study"],
        config=str(study),
        exit_code=code,
        status=record["status"],
        seconds=seconds,
        case=record.get("case"),
        cost_jpy=record["objective_jpy"],
        bound_jpy=record["bound_jpy"],
        gap=record["gap"],
        sites=last["sites"],
        hubs=last["hubs"],
        lines=last["lines"],
        build_s=record["build_s"],
        solve_s=record["solve_s"],
        peak_mib=record["peak_rss_mib"],
    )


def failed_case(study: Path, code: int, seconds: float, fault: str) -> CaseRun:
    """Return the row of a study without a plan; of a traceback only the last line is kept."""
    shown = fault.splitlines()[-1] if "Traceback" in fault else fault
    name = study.stem
    try:
        content = yaml.safe_load(study.read_text(encoding="utf-8"))
        name = str(content.get("study", name)) if isinstance(content, dict) else name
    except (OSError, ValueError, yaml.YAMLError):
        pass
    status = "interrupted" if code in (INTERRUPTED, -signal.SIGINT) else "failed"
    return CaseRun(name, str(study), code, status, seconds, message=shown)


def exit_code(rows: Sequence[CaseRun]) -> int:
    """Return the code of the first study without a plan, else 4 if one stopped at a limit."""
    failed = [row.exit_code for row in rows if row.exit_code not in (DONE, STOPPED_AT_LIMIT)]
    if failed:
        return failed[0] if failed[0] > 0 else 1
    return STOPPED_AT_LIMIT if any(row.exit_code for row in rows) else DONE


def write_cases(out: Path, rows: Sequence[CaseRun]) -> Path:
    """Write ``cases.json`` into `out` and return its path."""
    out.mkdir(parents=True, exist_ok=True)
    path = out / "cases.json"
    text = json.dumps([asdict(row) for row in rows], ensure_ascii=False, indent=2)
    write_whole(path, f"{text}\n")
    return path
