"""What was measured, one small JSON file a measurement, so that a run can go on where it ended."""

from __future__ import annotations

import datetime
import json
import os
import platform
import re
import subprocess
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
RESULTS = Path(__file__).parent / "results"
PACKAGES = ("highspy", "pyomo", "numba", "numpy", "scipy", "linopy", "PuLP", "ortools", "spopt")

Spec = dict[str, Any]
"""What to measure: ``kind``, ``tool`` and what else names it; plain JSON values."""


@dataclass(frozen=True)
class Record:
    """A measurement: what was asked, what came of it, and where and when."""

    spec: Spec
    result: dict[str, Any]
    about: dict[str, Any]

    @property
    def kind(self) -> str:
        """Return the table it belongs to."""
        return str(self.spec["kind"])


def name_of(spec: Spec) -> str:
    """Return the file name of a measurement without its ending: its values, joined."""
    words = [str(value) for key, value in spec.items() if key != "kind" and value not in ("", None)]
    return re.sub(r"[^A-Za-z0-9.]+", "-", "_".join(words)).strip("-")


def path_of(spec: Spec, folder: Path = RESULTS) -> Path:
    """Return where the record of `spec` is kept."""
    return folder / str(spec["kind"]) / f"{name_of(spec)}.json"


def write_record(record: Record, folder: Path = RESULTS) -> None:
    """Write `record`, whole or not at all."""
    path = path_of(record.spec, folder)
    path.parent.mkdir(parents=True, exist_ok=True)
    held = {"spec": record.spec, "result": record.result, "about": record.about}
    draft = path.with_suffix(".part")
    draft.write_text(json.dumps(held, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    draft.replace(path)


def read_records(folder: Path = RESULTS) -> list[Record]:
    """Return all records, in the order of their files."""
    held = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.rglob("*.json"))]
    return [Record(one["spec"], one["result"], one["about"]) for one in held]


def about(command: str, load: float) -> dict[str, Any]:
    """Return where and when something is measured.

    Parameters
    ----------
    load : processes that ran or waited before it began, a minute's mean.
    """
    now = datetime.datetime.now(tz=datetime.UTC)
    return {
        "date": now.isoformat(timespec="minutes"),
        "command": command,
        "commit": commit(),
        "load": round(load, 2),
        "machine": machine(),
        "versions": versions(),
    }


@cache
def machine() -> str:
    """Return processor, cores, memory and system."""
    cpu = Path("/proc/cpuinfo")
    text = cpu.read_text(encoding="utf-8") if cpu.exists() else ""
    found = re.search(r"model name\s*:\s*(.+)", text)
    model = found.group(1).strip() if found else platform.processor() or platform.machine()
    gib = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{model}, {os.cpu_count()} cores, {gib:.0f} GiB, {platform.system()}"


@cache
def versions() -> dict[str, str]:
    """Return the versions of Python and of the packages that are compared."""
    found = {"python": platform.python_version()}
    for name in PACKAGES:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
    return found


@cache
def commit() -> str:
    """Return the commit, with a plus where files differ from it; empty outside a repository."""

    def told(*words: str) -> str:
        done = subprocess.run(
            ["git", *words], cwd=ROOT, capture_output=True, text=True, check=False
        )
        return done.stdout.strip()

    own = ("--", ":!bench/results", ":!docs/benchmark*")
    return told("rev-parse", "--short", "HEAD") + ("+" if told("status", "--short", *own) else "")
