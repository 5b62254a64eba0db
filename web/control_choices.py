"""What the filters of a control report offer to whoever asks: periods, levels, classes, subjects, teachers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from uuid import UUID

from flask import g
from flask_babel import lazy_gettext as _

from ledger.school import Journal, Klass
from projections import staff_list
from projections.class_list import in_order
from projections.control import spans
from projections.control.scope import LEVELS, plain
from web import reading, reading_control
from web.asked_control import TO
from web.control_words import preset_title

GROUPS = {"period": _("Отчётные периоды"), "month": _("Месяцы"), "year": _("Год")}


@dataclass(frozen=True, kw_only=True, slots=True)
class Choices:
    """`periods` are (name of the group, [(value, title)]); the others (id, title). `whole`: «все» is a choice too."""

    periods: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    levels: tuple[str, ...]
    classes: tuple[tuple[UUID, str], ...]
    subjects: tuple[tuple[UUID, str], ...]
    teachers: tuple[tuple[UUID, str], ...]
    whole: bool


def choices(day: date) -> Choices:
    """Of the study year of `day`, or of the running one."""
    school, whole = reading.school(), reading_control.whole_school()
    known = school.year_of(day)
    year = reading.this_year() if known is None else known
    pages = [page for page in school.journals.values() if page.year == year]
    led = frozenset(reading_control.own_classes())
    own = pages if whole else [*(p for p in pages if p.class_id in led), *_own(year)]
    classes = {school.classes[page.class_id] for page in own} | {school.classes[each] for each in led}
    return Choices(
        periods=_periods(year),
        levels=tuple(each for each in LEVELS if any(klass.level == each for klass in classes)),
        classes=_classes(classes),
        subjects=_subjects(own),
        teachers=_teachers(own, whole, led),
        whole=whole,
    )


def _own(year: int | None) -> list[Journal]:
    return [page for page in reading_control.own_pages() if page.year == year]


def _periods(year: int | None) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    school = reading.school()
    found = spans.presets(school, year) if year is not None else ()
    return tuple(
        (
            str(GROUPS[kind]),
            tuple((f"{each.first}{TO}{each.last}", preset_title(each, school)) for each in own),
        )
        for kind, own in groupby(found, key=lambda each: each.kind)
    )


def _classes(found: Iterable[Klass]) -> tuple[tuple[UUID, str], ...]:
    return tuple((klass.id, klass.title) for klass in sorted(found, key=in_order))


def _subjects(pages: Iterable[Journal]) -> tuple[tuple[UUID, str], ...]:
    known = reading.school().subjects
    found = {page.subject: known[page.subject].title for page in pages}
    return tuple(sorted(found.items(), key=lambda each: plain(each[1])))


def _teachers(pages: Iterable[Journal], whole: bool, led: frozenset[UUID]) -> tuple[tuple[UUID, str], ...]:
    """Whoever teaches these pages; a teacher who leads no class is offered the own name."""
    school, mine = reading.school(), g.actor.person
    found = {who for page in pages if whole or page.class_id in led for who, _ in page.teachers}
    if mine in staff_list.staff_of(school) and any(reading_control.own_pages()):
        found.add(mine)
    names = reading.names_now(found)
    return tuple(sorted(names.items(), key=lambda each: plain(each[1])))
