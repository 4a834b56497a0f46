"""Every sentence of a fault in Japanese, found by the English one.

As in gettext the English text is the key. A hole such as ``{name}`` takes over what stands there;
a message of several sentences is told sentence by sentence. What has no entry stays English.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from siting.cli.fault_layer import LAYER_SENTENCES
from siting.cli.fault_text import EXPECTED, SENTENCES

if TYPE_CHECKING:
    from siting.text import Language

HOLE = re.compile(r"\{(\w+)\}")


def in_language(message: str, language: Language) -> str:
    """Return `message`, which is English, in `language`."""
    return japanese(message) if language == "ja" else message


def japanese(message: str) -> str:
    """Return `message` in Japanese as far as its sentences are known."""
    told: list[str] = []
    while message:
        found = first_sentence(message)
        if found is None:
            return "".join([*told, message])
        said, message = found
        told.append(said)
    return "".join(told)


def first_sentence(message: str) -> tuple[str, str] | None:
    """Return the first sentence of `message` in Japanese, and the rest of it; none if unknown."""
    for pattern, said in patterns():
        if found := pattern.match(message):
            holes = {name: expectation(name, text) for name, text in found.groupdict().items()}
            return said.format(**holes), message[found.end() :].lstrip()
    return None


def expectation(hole: str, text: str) -> str:
    """Return what fills the `hole`: words for what was expected have a translation of their own."""
    if hole != "expected":
        return text
    for english, said in EXPECTED.items():
        if found := as_pattern(english, end="$").match(text):
            return said.format(**found.groupdict())
    return text


@cache
def patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Return a pattern for every English sentence, longest first, with the Japanese one."""
    known = LAYER_SENTENCES | SENTENCES
    order = sorted(known, key=lambda english: -len(HOLE.sub("", english)))
    return tuple((as_pattern(english), known[english]) for english in order)


@cache
def as_pattern(english: str, end: str = r"(?=\s|$)") -> re.Pattern[str]:
    """Return the pattern of a sentence with holes, followed by `end`."""
    parts = HOLE.split(english)
    texts = [
        f"(?P<{part}>.+?)" if number % 2 else re.escape(part) for number, part in enumerate(parts)
    ]
    return re.compile("".join(texts) + end, re.DOTALL)
