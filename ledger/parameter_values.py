"""Typed values of a regulation's parameters and how each is read from TOML.

A reader takes the raw TOML value and returns the typed one, or raises ValueError with a sentence for the
person who writes the file: hence in Russian.

Here are the plain values and the windows. What people may do is in ledger.parameter_people, period marks in
ledger.parameter_attestation, papers and keeping in ledger.parameter_keeping; which key has which attribute of
`Regulation` is the table ledger.parameters. Shapes that rules ask most:

- `plan_authors`, `timetable_editors`, `substitution_recorders`, `roles`: frozenset of Role values (strings);
  `category_role`: one of them; `category_deadline`: ISO weekday, to its 23:59:59.
- `extracurricular["7.13" | "8.3" | "course"]`: .marks, .homework, .attendance (bool).
- `correction_approvers`, `period_correction_approvers`, `taint_reviewers`: frozenset of competences, empty: any
  deputy. `Regulation.competences_for(matter)` answers the same of P-06.
- `literacy_grades`, `graduating_grades`: tuple of grades; `absence_categories`, `topic_prefixes`: tuple of words.
- `briefing_subjects`: frozenset of casefolded titles or attributes; ask `Regulation.needs_briefing`.
- `period_kinds["НОО" | "ООО" | "СОО"]`: quarter, trimester, half_year or year.
- `distance_suffix.format(n=number)`; `exempt_share`: 0…1.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

Reader = Callable[[Any], Any]

ANCHORS = ("lesson_start", "lesson_end", "class_end", "day_end")
KIND_FLAGS = ("written", "control", "creative", "essay", "monitoring", "fraction")
LONGEST_ADAPTATION = 100  # days
GIVEN_AT_FOUNDING = "указывает школа"
_MOMENT = re.compile(r"(lesson_start|lesson_end|class_end|day_end)(?:\+(\d{1,4}))?")


@dataclass(frozen=True, kw_only=True, slots=True)
class Moment:
    """A moment of the lesson's day: an anchor and whole minutes after it; `class_end` is the end of all
    lessons of the class that day (9.5(b7))."""

    anchor: str
    minutes: int = 0

    @property
    def rank(self) -> tuple[int, int]:
        return ANCHORS.index(self.anchor), self.minutes


@dataclass(frozen=True, kw_only=True, slots=True)
class WindowTerms:
    """P-41…P-44: after `soft` an entry is late, after `hard` it needs a permission."""

    opens: Moment
    soft: Moment
    hard: Moment


@dataclass(frozen=True, kw_only=True, slots=True)
class WorkTerms:
    """One line of P-45: to which works the finding code `code` belongs and how long they may be marked.

    Every flag of `kinds` must be set in the kind of work; `subjects` (attributes, any of) and `grades`
    limit it further, empty meaning no limit. `days` after the lesson, or None: until the next lesson on
    another day.
    """

    code: str
    kinds: frozenset[str]
    subjects: frozenset[str]
    grades: frozenset[int]
    days: int | None

    def covers(self, flags: Collection[str], subject: frozenset[str], grade: int) -> bool:
        return (
            self.kinds <= set(flags)
            and (not self.subjects or bool(self.subjects & subject))
            and (not self.grades or grade in self.grades)
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Adaptation:
    """P-15: (month, day) of the first and of the last day, both included; it may reach over New Year."""

    first: tuple[int, int]
    last: tuple[int, int]

    def __contains__(self, on: date) -> bool:
        day = (on.month, on.day)
        if self.first <= self.last:
            return self.first <= day <= self.last
        return day >= self.first or day <= self.last


@dataclass(frozen=True, kw_only=True, slots=True)
class SoftUnsatisfactory:
    """P-16. `absence_lessons` missed in a row are a long absence; with `after_holiday` a break of at least
    `holiday_days` days counts too; the first `grace` lessons after either are the ones spared."""

    absence_lessons: int
    after_holiday: bool
    holiday_days: int
    grace: int

    @property
    def lookback(self) -> int:
        """How many earlier lessons W-13 has to see."""
        return self.absence_lessons + self.grace - 1


@dataclass(frozen=True, kw_only=True, slots=True)
class Fractions:
    """P-25: `mean` is two, mean or first; `count` how many marks a fraction counts for."""

    enabled: bool
    mean: str
    count: int


@dataclass(frozen=True, kw_only=True, slots=True)
class LateEntryPolicy:
    """P-47: `mode` is approve, reject or allow; a permission holds to the end of the `valid_working_days`-th
    working day after the day it was given on (W-40)."""

    mode: str
    valid_working_days: int


@dataclass(frozen=True, kw_only=True, slots=True)
class FourEyes:
    """P-57: nobody decides on a request of their own; `fallback` is the role that decides beside the
    deputy."""

    on: bool
    fallback: str


def text(raw: Any) -> str:
    if not isinstance(raw, str) or not raw.strip():
        raise ValueError("нужна непустая строка")
    return raw


def truth(raw: Any) -> bool:
    if not isinstance(raw, bool):
        raise ValueError("нужно true или false")
    return raw


def whole(low: int, high: int) -> Reader:
    def read(raw: Any) -> int:
        if not isinstance(raw, int) or isinstance(raw, bool) or not low <= raw <= high:
            raise ValueError(f"нужно целое число от {low} до {high}")
        return raw

    return read


def share(raw: Any) -> float:
    if isinstance(raw, bool) or not isinstance(raw, (int, float)) or not 0 <= raw <= 1:
        raise ValueError("нужна доля от 0 до 1, например 0.25")
    return float(raw)


def choice(*words: str) -> Reader:
    def read(raw: Any) -> str:
        if raw not in words:
            raise ValueError("нужно одно из: " + ", ".join(words))
        return str(raw)

    return read


def listed(item: Reader) -> Reader:
    """A list without repetitions, as a tuple in the order of the file."""

    def read(raw: Any) -> tuple[Any, ...]:
        if not isinstance(raw, list):
            raise ValueError("нужен список в квадратных скобках")
        values = tuple(item(each) for each in raw)
        if len(set(values)) < len(values):
            raise ValueError("значения в списке повторяются")
        return values

    return read


def folded(raw: Any) -> frozenset[str]:
    """Words to compare without regard to case."""
    return frozenset(word.casefold() for word in listed(text)(raw))


def fields(raw: Any, **readers: Reader) -> dict[str, Any]:
    """The values of a table that has exactly these keys."""
    if not isinstance(raw, dict):
        raise ValueError("нужна таблица { … } с ключами " + ", ".join(readers))
    for key in raw.keys() - readers.keys():
        raise ValueError(f"неизвестный ключ «{key}», известны: " + ", ".join(readers))
    for key in readers:
        if key not in raw:
            raise ValueError(f"нет ключа «{key}»")
    return {key: _named(key, read, raw[key]) for key, read in readers.items()}


def _named(key: str, read: Reader, raw: Any) -> Any:
    try:
        return read(raw)
    except ValueError as wrong:
        raise ValueError(f"«{key}»: {wrong}") from None


def zone(raw: Any) -> str | None:
    """None: the act leaves it to the school, and it is the one the school was founded with."""
    name = text(raw)
    if name == GIVEN_AT_FOUNDING:
        return None
    try:
        return ZoneInfo(name).key
    except (ZoneInfoNotFoundError, ValueError):
        raise ValueError(
            f"нет часового пояса «{name}» (нужно имя IANA, например Asia/Anadyr, или «{GIVEN_AT_FOUNDING}»)"
        ) from None


def moment(raw: Any) -> Moment:
    match = _MOMENT.fullmatch(raw) if isinstance(raw, str) else None
    if match is None or (match[1] == "day_end" and match[2]):
        raise ValueError("нужно " + ", ".join(ANCHORS) + " или, кроме day_end, с минутами: class_end+60")
    return Moment(anchor=match[1], minutes=int(match[2] or 0))


def window(raw: Any) -> WindowTerms:
    return _ordered(WindowTerms(opens=Moment(anchor="lesson_start"), **fields(raw, soft=moment, hard=moment)))


def opening_window(raw: Any) -> WindowTerms:
    return _ordered(WindowTerms(**fields(raw, opens=moment, soft=moment, hard=moment)))


def _ordered(terms: WindowTerms) -> WindowTerms:
    if not terms.opens.rank <= terms.soft.rank <= terms.hard.rank:
        raise ValueError("противоречие: нужно opens ≤ soft ≤ hard")
    return terms


def work_windows(raw: Any) -> tuple[WorkTerms, ...]:
    if not isinstance(raw, list) or not raw:
        raise ValueError("нужен непустой список таблиц { code, kinds, subjects, grades, until или days }")
    return tuple(_work_terms(each) for each in raw)


def _work_terms(raw: Any) -> WorkTerms:
    given = raw if isinstance(raw, dict) else {}
    if ("days" in given) == ("until" in given):
        raise ValueError('нужно либо days = число дней, либо until = "next_lesson"')
    values = fields(
        {"subjects": [], "grades": [], "days": None, "until": "next_lesson", **given},
        code=choice("W-07", "W-08", "W-09", "W-10"),
        kinds=listed(choice(*KIND_FLAGS)),
        subjects=listed(choice("language", "literature", "pe", "foreign", "laboratory")),
        grades=listed(whole(1, 11)),
        days=whole(0, 366) if "days" in given else lambda none: none,
        until=choice("next_lesson"),
    )
    return WorkTerms(
        code=values["code"],
        kinds=frozenset(values["kinds"]),
        subjects=frozenset(values["subjects"]),
        grades=frozenset(values["grades"]),
        days=values["days"],
    )


def month_day(raw: Any) -> tuple[int, int]:
    match = re.fullmatch(r"(\d\d)-(\d\d)", raw) if isinstance(raw, str) else None
    if match is None:
        raise ValueError('нужны месяц и день: "09-15"')
    try:
        day = date(2001, int(match[1]), int(match[2]))
    except ValueError:
        raise ValueError(f"такого дня нет: {raw}") from None
    return day.month, day.day


def adaptation(raw: Any) -> Adaptation:
    values = fields(raw, **{"from": month_day, "to": month_day})
    # From autumn to autumn the long way round is a slip of the pen, and would forbid half the scale all year.
    days = (date(2001, *values["to"]) - date(2001, *values["from"])).days % 365
    if days > LONGEST_ADAPTATION:
        raise ValueError("противоречие: период кончается раньше, чем начинается")
    return Adaptation(first=values["from"], last=values["to"])


def soft_unsatisfactory(raw: Any) -> SoftUnsatisfactory:
    return SoftUnsatisfactory(
        **fields(
            raw,
            absence_lessons=whole(1, 100),
            after_holiday=truth,
            holiday_days=whole(1, 60),
            grace=whole(1, 20),
        )
    )


def fractions(raw: Any) -> Fractions:
    return Fractions(**fields(raw, enabled=truth, mean=choice("two", "mean", "first"), count=whole(1, 2)))


def late_entry(raw: Any) -> LateEntryPolicy:
    return LateEntryPolicy(
        **fields(raw, mode=choice("approve", "reject", "allow"), valid_working_days=whole(1, 30))
    )


def four_eyes(raw: Any) -> FourEyes:
    return FourEyes(**fields(raw, on=truth, fallback=choice("director", "none")))


def edit_marks_as(raw: Any) -> frozenset[str]:
    values = fields(raw, director=truth, deputy=truth, administrator=truth)
    return frozenset(role for role, allowed in values.items() if allowed)
