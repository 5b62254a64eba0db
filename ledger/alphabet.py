"""Russian letters as they are compared and put in order."""

from __future__ import annotations


def plain(text: str) -> str:
    """Case aside, ё as е."""
    return text.casefold().replace("ё", "е")
