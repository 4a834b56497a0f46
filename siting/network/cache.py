"""Keep what is slow to compute under the hash of what it was computed from."""

from __future__ import annotations

import hashlib
import os
import tempfile
import zipfile
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")

FORMAT = "1"
"""Raise when the meaning of a cached value changes."""


def cache_folder() -> Path:
    """Return where cached values live: ``$SITING_CACHE`` or the user's cache folder."""
    if named := os.environ.get("SITING_CACHE"):
        return Path(named)
    return Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "siting"


def content_hash(*parts: bytes | str) -> str:
    """Return a short hash of `parts`."""
    digest = hashlib.sha256(FORMAT.encode())
    for part in parts:
        digest.update(part if isinstance(part, bytes) else part.encode())
        digest.update(b"\0")
    return digest.hexdigest()[:24]


def cached(key: str, compute: Callable[[], T], kind: Callable[..., T]) -> T:
    """Return the arrays stored under `key`, or compute and store them.

    A damaged or unreadable file is computed anew; a folder that cannot be written is no fault.
    """
    stored = cache_folder() / f"{key}.npz"
    try:
        with stored.open("rb") as file, np.load(file, allow_pickle=False) as found:
            return kind(**{name: found[name] for name in found.files})
    except (OSError, EOFError, ValueError, KeyError, TypeError, zipfile.BadZipFile):
        value = compute()
    store(stored, value)
    return value


def store(path: Path, value: Any) -> None:
    """Write the arrays of `value` to `path` in one step."""
    content = {field.name: getattr(value, field.name) for field in fields(value)}
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
            np.savez(file, **content)
        os.replace(file.name, path)
    except OSError:
        return
