"""Texts that are sealed before a rule could read them: checked where they come in."""

from __future__ import annotations

from commands.deciding import Refusal
from ledger.rules.texts import text_finding


def plain(text: str, limit: int) -> str:
    """`text` without blanks around it. Raises Refusal when it is empty, too long or has control characters."""
    trimmed = text.strip()
    if text_finding(trimmed, limit) is not None:
        raise Refusal(
            "plain-text", f"Напишите обычный текст — от одного до {limit} знаков, без управляющих символов."
        )
    return trimmed
