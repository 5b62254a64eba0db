"""Typed text as it comes in; what is sealed before a rule could read it is checked here."""

from __future__ import annotations

from commands.deciding import Refusal
from ledger.rules.texts import text_finding


def tidy(text: str) -> str:
    """Without blanks around, lines ended as on paper: a browser's form sends CR and LF."""
    return text.replace("\r\n", "\n").strip()


def plain(text: str, limit: int) -> str:
    """`text` without blanks around it. Raises Refusal when it is empty, too long or has control characters."""
    trimmed = tidy(text)
    if text_finding(trimmed, limit) is not None:
        raise Refusal(
            "plain-text", f"Напишите обычный текст — от одного до {limit} знаков, без управляющих символов."
        )
    return trimmed
