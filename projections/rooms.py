"""How a room is called: a number is a classroom, a word says itself what it is."""

from __future__ import annotations


def room_words(room: str) -> str:
    """«каб. 21», «Спортивный зал»; "" of none."""
    return f"каб. {room}" if room[:1].isdigit() else room
