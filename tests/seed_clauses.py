"""Clause numbers out of the five schools' own words: «7.14(b4)» is the fourth dash of clause 7.14, «7.15
(Литература)» a subject of it.

The texts are laid out by hand, each in its own way, so each has its own few patterns.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

_BULLET = re.compile(r"^( *)[-–·•] ?(?=\S)(.*)")


def ust_belaya(text: str) -> tuple[str, ...]:
    body = text[text.index("ОБЛАСТЬ ПРИМЕНЕНИЯ") :]
    numbered = re.compile(r"(?:(\d{1,2}\.\d{1,2})\. |(3|6|11)\. [А-Я]|(Приложение)$)")
    found: list[str] = []
    capital, inside_15 = False, False
    for line in body.splitlines():
        if head := numbered.match(line.strip().strip("*")):
            found.append(next(filter(None, head.groups())))
            inside_15 = found[-1] == "7.15"
        elif (bullet := _BULLET.match(line)) and not inside_15 and found:
            first = not found[-1].startswith(f"{_clause(found[-1])}(b")
            capital = bullet[2][0].isupper() if first else capital
            # 9.2 and 9.6 say what follows a dash by dashes of its own: small letters under capital ones.
            own = not capital or bullet[2][0].isupper() or bullet[2].endswith(":")
            if own and not bullet[1]:
                found.append(_next(found[-1]))
        elif inside_15 and line.strip() and not bullet_or_end(line):
            found.append(f"7.15 ({line.strip()})")
    return tuple(found)


def bullet_or_end(line: str) -> bool:
    return bool(_BULLET.match(line)) or line.startswith("8.")


def perm(text: str) -> tuple[str, ...]:
    return tuple(_bulleted(text, re.compile(r"(\d\.\d\.\d|\d\.\d{1,2})\.? ?[А-ЯЁа-я]")))


def poshekhonye(text: str) -> tuple[str, ...]:
    return tuple(_bulleted(text, re.compile(r"(\d\.\d|4)\.? +[А-ЯЁ]")))


def padun(text: str) -> tuple[str, ...]:
    """Section 1 with its dashes, the eight points of section 2, and the acquaintance at the end."""
    first, second = text.split("2. Дополнительные", 1)
    points = re.findall(r"(?m)^(\d)\. [А-Я]", second)
    dashes = len(re.findall(r"(?m)^ ?-", first))
    return (
        "1",
        *(f"1(b{n})" for n in range(1, dashes + 1)),
        *(f"2.{point}" for point in points),
        "ответственность",
        "ознакомление",
    )


def school_37(text: str) -> tuple[str, ...]:
    return tuple(_bulleted(text, re.compile(r"- (1\.\d{1,2})\.")))


def _bulleted(text: str, numbered: re.Pattern[str]) -> Iterator[str]:
    """Clauses and their dashes; where a clause has points (•), its dashes are parts of them."""
    last, points = "", False
    for line in text.splitlines():
        head, bullet = numbered.match(line), _BULLET.match(line)
        if head:
            last, points = head[1], False
            yield last
        elif bullet and last:
            point = line.strip()[0] in "•·"
            points = points or point
            if point or not points:
                last = _next(last)
                yield last


def _clause(clause: str) -> str:
    return clause.partition("(")[0].strip()


def _next(clause: str) -> str:
    number = re.search(r"\(b(\d+)\)$", clause)
    return f"{_clause(clause)}(b{int(number[1]) + 1 if number else 1})"


PARSERS: dict[str, Callable[[str], tuple[str, ...]]] = {
    "ust-belaya": ust_belaya,
    "perm": perm,
    "poshekhonye": poshekhonye,
    "padun": padun,
    "school-37": school_37,
}
