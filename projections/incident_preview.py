"""The journals as they would be: the rows of the pages with and without the entries an Act names, where they differ.

The same fold as the pages' own, over the same streams, so that the Act can bring no other picture. Pure but for the
reading of the streams."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from ledger.effective import effective
from ledger.entry import Category, Entry
from ledger.void_selection import Selection
from projections.case_place import period_title
from projections.incident_operations import with_void, without_acts
from projections.models import PERIODS, SHEETS, Model
from projections.reading import Reading

MODELS: Mapping[Category, Model] = {Category.LESSON: SHEETS, Category.PERIOD: PERIODS}


@dataclass(frozen=True, kw_only=True, slots=True)
class Column:
    """A work of a lesson, or a period mark (`date` None). `title` in words."""

    lesson: UUID | None
    work: UUID | None
    date: date | None
    title: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Changed:
    """What stands in a cell and what would; "" is an empty one."""

    before: str
    after: str


@dataclass(frozen=True, kw_only=True, slots=True)
class PupilChanges:
    """`cells` by the page's columns, None where nothing differs."""

    pupil: UUID
    cells: tuple[Changed | None, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class LessonChange:
    """What differs in a lesson itself: topic, homework, taken (presence), work (a column)."""

    lesson: UUID
    date: date
    what: str
    change: Changed


@dataclass(frozen=True, kw_only=True, slots=True)
class PageChange:
    """One page of the journal, only what differs."""

    journal: UUID
    class_title: str
    subject: str
    columns: tuple[Column, ...]
    pupils: tuple[PupilChanges, ...]
    lessons: tuple[LessonChange, ...]


@dataclass(frozen=True, kw_only=True)
class _Known:
    """Days of the lessons and kinds of the works that were met."""

    dates: dict[UUID, date] = field(default_factory=dict)
    kinds: dict[UUID, str] = field(default_factory=dict)


Place = tuple[Any, ...]  # journal, what, lesson or period, work or kind, pupil
Said = dict[Place, str]


def preview(reading: Reading, selection: Selection, acts: Collection[UUID]) -> tuple[PageChange, ...]:
    """By class and subject, as of the page's moment."""
    void = {e.position for e in selection.entries if e.position <= reading.as_of.position}
    kinds = {e.stream: e.category for e in selection.entries if e.category in MODELS}
    known = _Known()
    found: dict[Place, Changed] = {}
    for stream, entries in reading.streams(kinds).items():
        found |= differing(MODELS[kinds[stream]], stream, without_acts(entries, acts), void, known)
    return _pages(found, known, reading)


def differing(
    model: Model, stream: UUID, entries: Sequence[Entry], void: Collection[int], known: _Known
) -> dict[Place, Changed]:
    """Of one stream; what it says of its lessons and works is put into `known`."""
    if not entries:
        return {}
    now, then = (_said(model, stream, each, known) for each in (entries, with_void(entries, void)))
    places = dict.fromkeys((*now, *then))
    return {
        place: Changed(before=now.get(place, ""), after=then.get(place, ""))
        for place in places
        if now.get(place, "") != then.get(place, "")
    }


def _said(model: Model, stream: UUID, entries: Iterable[Entry], known: _Known) -> Said:
    state = model.empty(stream)
    for entry in effective(entries):
        model.step(state, entry)
    columns = {table.name: table.values for table in model.tables}
    said: Said = {}
    for key in model.all_keys(state):
        row = model.row(state, key)
        if row is not None:
            values = dict(zip(columns[key[0]], row, strict=True))
            said.update(_words(key, values, known))
    return said


def _words(key: Place, values: Mapping[str, Any], known: _Known) -> Iterator[tuple[Place, str]]:
    match key:
        case ("lessons", lesson):
            known.dates[lesson] = values["date"]
            homework = "не задано" if values["not_set"] else values["homework"] or ""
            yield (values["journal"], "topic", lesson, None, None), values["topic"] or ""
            yield (values["journal"], "homework", lesson, None, None), homework
            yield (values["journal"], "taken", lesson, None, None), "отмечено" if values["taken"] else ""
        case ("works", lesson, work) if lesson != work:
            known.kinds[work] = values["kind"]
            yield (values["journal"], "work", lesson, work, None), values["kind"]
        case ("cells", lesson, work, pupil, kind):
            yield (values["journal"], kind, lesson, work, pupil), values["value"]
        case ("period_marks", journal, period, kind, pupil):
            yield (journal, "period", period, kind, pupil), values["value"]


def _pages(found: Mapping[Place, Changed], known: _Known, reading: Reading) -> tuple[PageChange, ...]:
    journals: dict[UUID, dict[Place, Changed]] = {}
    for place, change in found.items():
        journals.setdefault(place[0], {})[place] = change
    names = reading.names({place[4] for place in found if place[4] is not None})
    pages = [_page(journal, own, known, names, reading) for journal, own in journals.items()]
    return tuple(sorted(pages, key=lambda page: (page.class_title, page.subject)))


def _page(
    journal: UUID, found: Mapping[Place, Changed], known: _Known, names: Any, reading: Reading
) -> PageChange:
    cells: dict[tuple[Any, ...], dict[UUID, list[Changed]]] = {}
    lessons: list[LessonChange] = []
    for (_, what, where, work, pupil), change in found.items():
        if pupil is None:
            lessons.append(_lesson(what, where, change, known, reading))
        else:
            cells.setdefault((what == "period", where, work), {}).setdefault(pupil, []).append(change)
    columns = sorted(cells, key=lambda key: (key[0], known.dates.get(key[1], date.max), str(key[2])))
    pupils = reading.sorted(list({pupil for own in cells.values() for pupil in own}), names)
    return PageChange(
        journal=journal,
        class_title=reading.school.klass_of(journal).title,
        subject=reading.school.subject_of(journal).title,
        columns=tuple(_column(key, journal, known, reading) for key in columns),
        pupils=tuple(
            PupilChanges(pupil=pupil, cells=tuple(_joined(cells[key].get(pupil, ())) for key in columns))
            for pupil in pupils
        ),
        lessons=tuple(sorted(lessons, key=lambda each: (each.date, each.what))),
    )


def _lesson(what: str, lesson: UUID, change: Changed, known: _Known, reading: Reading) -> LessonChange:
    if what == "work":
        change = Changed(before=_kind(change.before, reading), after=_kind(change.after, reading))
    return LessonChange(lesson=lesson, date=known.dates[lesson], what=what, change=change)


def _kind(kind: str, reading: Reading) -> str:
    kinds = reading.regulation().work_kinds
    return kinds[kind].title if kind in kinds else kind


def _column(key: tuple[Any, ...], journal: UUID, known: _Known, reading: Reading) -> Column:
    of_period, where, work = key
    if of_period:
        title = period_title(reading.school, journal, where)
        return Column(lesson=None, work=None, date=None, title=title)
    return Column(
        lesson=where, work=work, date=known.dates[where], title=_kind(known.kinds.get(work, ""), reading)
    )


def _joined(changes: Sequence[Changed]) -> Changed | None:
    """A mark and an «н» share the cell of a lesson."""
    if not changes:
        return None
    return Changed(
        before=" ".join(each.before for each in changes if each.before),
        after=" ".join(each.after for each in changes if each.after),
    )
