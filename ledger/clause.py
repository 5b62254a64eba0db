"""The clause of an act as people read it: regulation files name its dashes too («9.5(b8, b9)»), which stand nowhere in
the act itself."""

from __future__ import annotations

import re

_DASHES = re.compile(r" ?\(b\d+(?:, ?b\d+)*\)")
_TWICE = re.compile(r"\b(\d+(?:\.\d+)*)(?:, \1\b(?!\.\d))+")
_POINT = re.compile(r"(?:п+\. ?)?\d")


def spelled(words: str) -> str:
    """A sentence or a clause without the numbers of dashes: «9.5(b8, b9)» is «9.5»."""
    return _TWICE.sub(r"\1", _DASHES.sub("", words))


def point(clause: str) -> str:
    """The point alone, "" where the act is silent: that note is for whoever writes the regulation."""
    first = re.split("[:;]", spelled(clause))[0].strip()
    return first if _POINT.match(first) else ""
