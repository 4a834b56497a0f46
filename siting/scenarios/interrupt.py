"""Whether the user asked to stop: a search hears Ctrl-C and ends, what follows it must too."""

from __future__ import annotations

import logging
import signal
import threading
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from types import FrameType


class Interruption:
    """Remembers Ctrl-C while it passes it on as ever.

    Attributes
    ----------
    happened : whether Ctrl-C was pressed since the start.
    """

    def __init__(self) -> None:
        self.happened = False
        self.is_main = threading.current_thread() is threading.main_thread()

    def __enter__(self) -> Self:
        if self.is_main:
            self.earlier = signal.signal(signal.SIGINT, self.hear)
        return self

    def __exit__(self, *_: object) -> None:
        if self.is_main:
            signal.signal(signal.SIGINT, self.earlier)

    def hear(self, number: int, frame: FrameType | None) -> None:
        """Note the signal, then do as Python does; Pyomo would log it as an error of the model."""
        self.happened = True
        logging.getLogger("pyomo").setLevel(logging.CRITICAL + 1)
        signal.default_int_handler(number, frame)
