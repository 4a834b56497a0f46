"""One measurement in a process of its own: ``python -m bench.child SPEC`` writes its result.

Tools disturb each other (HiGHS and OR-Tools cannot be loaded together), and the most memory a
process held says nothing of what it held for one of two things.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from bench.record import ROOT, Spec

KINDS = {
    "hand_over": "bench.hand_over",
    "gap": "bench.gap",
    "public": "bench.published",
    "growth": "bench.growth",
}
"""Kind of measurement to the module whose ``measured`` does it."""

GRACE_S = 900.0
"""A process that is silent for so long after its limit is ended [s]."""

ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "NUMBA_NUM_THREADS"), "1")


class FailedError(RuntimeError):
    """A measurement ended without a result."""


def run(spec: Spec, limit_s: float) -> dict[str, Any]:
    """Return the result of `spec`, with wall-clock and processor seconds and peak memory.

    Raises
    ------
    FailedError
        If the process fails or takes much longer than `limit_s`.
    """
    with tempfile.TemporaryDirectory() as folder:
        answer = Path(folder) / "answer.json"
        command = [sys.executable, "-m", "bench.child", json.dumps(spec), str(answer)]
        log = Path(folder) / "log.txt"
        started = time.perf_counter()
        with log.open("w", encoding="utf-8") as out:
            child = subprocess.Popen(
                command, cwd=ROOT, stdout=out, stderr=out, env={**os.environ, **ONE_THREAD}
            )
            status, used = waited(child, limit_s + GRACE_S)
        seconds = time.perf_counter() - started
        if status or not answer.exists():
            tail = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()[-6:]
            raise FailedError(f"{spec}: ended {status}. " + " | ".join(tail))
        result: dict[str, Any] = json.loads(answer.read_text(encoding="utf-8"))
    return result | {
        "process_s": round(seconds, 3),
        "process_cpu_s": round(used.ru_utime + used.ru_stime, 3),
        "peak_mib": round(used.ru_maxrss / 1024, 1),
    }


def waited(child: subprocess.Popen[bytes], limit_s: float) -> tuple[int, Any]:
    """Return how `child` ended and what it used; end it after `limit_s`."""
    deadline = time.monotonic() + limit_s
    while True:
        pid, status, used = os.wait4(child.pid, os.WNOHANG)
        if pid:
            child.returncode = os.waitstatus_to_exitcode(status)
            return child.returncode, used
        if time.monotonic() > deadline:
            child.kill()
        time.sleep(0.05)


@dataclass(frozen=True)
class Memory:
    """The memory this process holds, to see what it comes to hold at most from here on [MiB]."""

    before_mib: float

    def more_mib(self) -> float:
        """Return how much more it held at most since then."""
        return max(held_mib("VmHWM") - self.before_mib, 0.0)


def memory() -> Memory:
    """Return what this process holds now, and begin to watch the most it holds."""
    Path("/proc/self/clear_refs").write_text("5", encoding="utf-8")
    return Memory(held_mib("VmRSS"))


def held_mib(name: str) -> float:
    """Return a figure of this process that Linux keeps [MiB]."""
    lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    return next(float(line.split()[1]) / 1024 for line in lines if line.startswith(name))


def module_of(spec: Spec) -> str:
    """Return the module whose ``measured`` does `spec`; gaps of some studies have their own."""
    if "study" in spec:
        return "bench.real"
    return "bench.median" if spec.get("family") == "p-median" else KINDS[spec["kind"]]


def main() -> None:
    """Measure what the command line asks for."""
    spec, answer = json.loads(sys.argv[1]), Path(sys.argv[2])
    result = import_module(module_of(spec)).measured(spec)
    answer.write_text(json.dumps(result), encoding="utf-8")


if __name__ == "__main__":
    main()
