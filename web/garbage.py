"""How a process that serves looks for garbage: a page makes thousands of short-lived objects beside a school of a
hundred thousand that stay, and walking those took a quarter of a journal page and a third of a report."""

from __future__ import annotations

import gc

SELDOM = (50_000, 20, 50)


def seldom() -> None:
    """What is there already is never walked again, what comes is walked seldom."""
    gc.freeze()
    gc.set_threshold(*SELDOM)
