"""The topic as the page shows it: what the teacher wrote, and what the act wants written after it.

Nobody types the words of an order: they follow from it, and change when its number comes (8.1, 8.3, 7.13).
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

from ledger.regulation import Regulation
from ledger.school import School
from ledger.school_records import Extra
from ledger.windows import spoken

EXTRACURRICULAR = "Внеурочное занятие"
# How a mark of a distance day was earned.
EARNED = {"online": "за работу онлайн", "independent": "за самостоятельную работу"}


def shown_topic(
    text: str | None, *, lesson: UUID, journal: UUID, on: date, school: School, regulation: Regulation
) -> str | None:
    """`text` is the recorded topic, None while there is none; `on` the day the lesson is held."""
    if text is None:
        return None
    extra, away = extra_of(lesson, school), distance_words(journal, on, school, regulation)
    if extra is not None and extra.mode:
        text = EXTRACURRICULAR if extra.mode == "7.13" else _in_a_form(text, extra, on, school)
    return f"{text.rstrip(' .')}. {away}" if away else text


def distance_words(journal: UUID, on: date, school: School, regulation: Regulation) -> str:
    """«Дистанционное обучение, приказ № 87» of an activated or quarantine day (8.1(b2), P-78), "" of any other."""
    declared = school.distance(school.journals[journal].class_id, on)
    if declared is None:
        return ""
    order, suffix = school.orders.get(declared.order), regulation.distance_suffix
    if order is not None and order.number:
        words = suffix.format(n=order.number)
    else:
        words = suffix.replace("№ {n}", "{n}").format(n="(номер позже)")
    return words[:1].upper() + words[1:]


def extra_of(lesson: UUID, school: School) -> Extra | None:
    """What the school knows of a lesson that no weekly slot brings."""
    planned = school.timetable.by_id.get(lesson)
    return None if planned is None else school.extras.get(planned.slot)


def _in_a_form(text: str, extra: Extra, on: date, school: School) -> str:
    """8.3: «Тепловые явления. Внеурочное занятие, экскурсия, приказ № 91, 17.10.2026»."""
    words = [EXTRACURRICULAR, extra.form, order_words(extra.order, school), spoken(on)]
    return f"{text.rstrip(' .')}. {', '.join(word for word in words if word)}"


def order_words(order: UUID | None, school: School, *, dated: bool = False) -> str:
    """«приказ № 91», `dated` «приказ № 91 от 16.10.2026»; a number that is still to come is said to be."""
    known = school.orders.get(order) if order is not None else None
    if known is None:
        return ""
    day = f" от {spoken(known.date)}" if dated else ""
    return f"приказ № {known.number}{day}" if known.number else f"приказ{day}, номер позже"
