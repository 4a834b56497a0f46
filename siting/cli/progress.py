"""What a command tells while it works."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from rich.console import Console

if TYPE_CHECKING:
    from collections.abc import Callable


class Told:
    """Progress on standard error: a live line on a terminal, else a line per step."""

    def __init__(self, *, quiet: bool) -> None:
        self.console = Console(stderr=True, quiet=quiet, highlight=False)
        self.status = self.console.status("") if self.console.is_terminal else None
        self.started = time.monotonic()
        self.last_search_s = 0.0

    def __enter__(self) -> Callable[[str], None]:
        if self.status:
            self.status.start()
        return self.tell

    def __exit__(self, *_: object) -> None:
        if self.status:
            self.status.stop()

    def tell(self, step: str) -> None:
        """Show `step`; of the many lines of a search, at most one in ten seconds is kept."""
        elapsed = time.monotonic() - self.started
        line = f"{elapsed:6.0f} s  {step}"
        if self.status:
            self.status.update(line)
        if "search, " in step:
            if elapsed - self.last_search_s < 10:
                return
            self.last_search_s = elapsed
        self.console.print(line)
