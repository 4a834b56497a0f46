"""Data and code inside a page: no name becomes a tag, and no code runs but what is named."""

from __future__ import annotations

import json
from base64 import b64encode
from hashlib import sha256
from typing import Any


def data_tag(key: str, value: Any) -> str:
    """Return the tag `key` with `value` as JSON that no HTML parser can take for its end."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    text = text.replace("<", r"\u003c")
    return f'<script type="application/json" id="{key}">{text}</script>'


def digest(code: str) -> str:
    """Return the sha256 of a script or style as a content security policy names it."""
    return f"'sha256-{b64encode(sha256(code.encode()).digest()).decode()}'"
