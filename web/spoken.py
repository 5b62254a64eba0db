"""Spans of time in words."""

from __future__ import annotations


def delay(seconds: int) -> str:
    """«на 9 ч 02 мин»: how long after the deadline."""
    minutes = max(seconds, 0) // 60
    if minutes == 0:
        return "меньше чем на минуту"
    days, rest = divmod(minutes, 24 * 60)
    if days:
        return f"на {days} дн {rest // 60} ч"
    hours, minutes = divmod(minutes, 60)
    return f"на {hours} ч {minutes:02} мин" if hours else f"на {minutes} мин"
