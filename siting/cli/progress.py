"""What a command tells while it works, and how long each step may still take."""

from __future__ import annotations

import json
import re
import time
from typing import TYPE_CHECKING, Any

from rich.console import Console

from siting.writing import write_whole

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

LASTED = "steps.json"
"""File of the cache folder: what a step is called to how long it took the last time [s]."""

SHORT_S = 2.0
"""A step shorter than this needs no word on how long it takes."""


class Told:
    """Progress on standard error: a live line on a terminal, else a line per step.

    The time left is that of the same step of the last command that had it.
    """

    def __init__(self, *, quiet: bool) -> None:
        self.console = Console(stderr=True, quiet=quiet, highlight=False)
        is_live = self.console.is_terminal and not quiet
        self.status = self.console.status(self) if is_live else None
        self.started = self.step_started = time.monotonic()
        self.last_search_s = 0.0
        self.step = self.name = ""
        self.lasted: dict[str, float] = {}
        self.now: dict[str, float] = {}

    def __enter__(self) -> Callable[[str], None]:
        if self.status:
            self.lasted = read_lasted()
            self.status.start()
        return self.tell

    def __exit__(self, *_: object) -> None:
        if self.status:
            self.end_step(time.monotonic())
            self.status.stop()
            write_lasted(self.lasted | self.now)

    def __rich__(self) -> str:
        """Return the live line as it is now."""
        return self.line(time.monotonic())

    def line(self, now_s: float) -> str:
        """Return the step with the time since the start, and about how long it may still take."""
        left_s = self.lasted.get(self.name, 0.0) - (now_s - self.step_started)
        eta = f", about {left_s:.0f} s left" if left_s >= 1 else ""
        return f"{now_s - self.started:6.0f} s  {self.step}{eta}"

    def end_step(self, now_s: float) -> None:
        """Remember how long the step took that ends now."""
        if self.name and now_s - self.step_started >= SHORT_S:
            self.now[self.name] = round(now_s - self.step_started, 1)

    def tell(self, step: str) -> None:
        """Show `step`; of the many lines of a search, at most one in ten seconds is kept."""
        now_s = time.monotonic()
        self.step = step
        if (name := step_name(step)) != self.name:
            self.end_step(now_s)
            self.name, self.step_started = name, now_s
        elapsed = now_s - self.started
        if "search, " in step:
            if elapsed - self.last_search_s < 10:
                return
            self.last_search_s = elapsed
        self.console.print(f"{elapsed:6.0f} s  {step}", markup=False)


def step_name(step: str) -> str:
    """Return what stays the same of `step` from one run to the next: its words, not its numbers."""
    return re.sub(r"[\d,.]+", "", step.partition(", ")[0]).strip()


def lasted_path() -> Path:
    """Return the file of how long steps took."""
    from siting.network.cache import cache_folder

    return cache_folder() / LASTED


def read_lasted() -> dict[str, float]:
    """Return how long each step took the last time [s]; nothing where that is not known."""
    try:
        found: Any = json.loads(lasted_path().read_text(encoding="utf-8"))
        return {str(name): float(seconds) for name, seconds in found.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def write_lasted(lasted: dict[str, float]) -> None:
    """Keep how long each step took; a folder that cannot be written is no fault."""
    try:
        lasted_path().parent.mkdir(parents=True, exist_ok=True)
        write_whole(lasted_path(), json.dumps(lasted, ensure_ascii=False, indent=1) + "\n")
    except OSError:
        return
