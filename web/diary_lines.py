"""The days of the diary's week as HTML: thirty lessons with their tasks and marks, joined here, not in Jinja, for a
family waits for them on a telephone. What is rare in a lesson (a substitution, a correction, a file) stays a macro."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from flask import current_app, g
from flask_babel import gettext as _
from jinja2.utils import htmlsafe_json_dumps
from markupsafe import Markup, escape

from projections.diary import DiaryDay, DiaryLesson, DiaryMark, DiaryWeek
from projections.diary_homework import HomeworkDue
from projections.rooms import room_words
from web.format import clock, day_long, day_short, moment
from web.marks_of_pupil import read_words
from web.signs import contested, sign
from web.spoken import delay

LATE = sign("late")
MARKED_LATE, MARKED_AGAIN = sign("late", "late"), sign("again", "late")
TODAY = ' id="today"'
LEAF = 3  # days of the left one
Names = Mapping[UUID, str]
Reports = Mapping[UUID, Sequence[Any]]


def boxes(page: DiaryWeek, names: Names, today: date, reports: Reports) -> Markup:
    """The two leaves of a spread, a `<section>` a day; `reports` as web.diary_doors gives them."""
    box = _Box(names=names, pupil=page.pupil, today=today, reports=reports, words=_Words.said())
    days = [box.day(day) for day in page.days]
    leaves = ("".join(days[:LEAF]), "".join(days[LEAF:]))
    return Markup("".join(f'<div class="leaf">{leaf}</div>' for leaf in leaves))


def due_homework(task: HomeworkDue) -> Markup:
    """A task with its lateness; also of the next day's list."""
    return Markup(_task(task, _Words.said()))


@dataclass(frozen=True, kw_only=True)
class _Words:
    """Said once for all lessons."""

    head: str
    wrong: str
    short: str
    own: str
    entered: str
    due: str
    free: str
    gone: str
    missed: str
    late: str
    withdrawn: str

    @classmethod
    def said(cls) -> _Words:
        titles = ("№", _("Предмет"), _("Задание"), _("Отметка"))
        head = "".join(f'<th scope="col">{escape(title)}</th>' for title in titles)
        return cls(
            head='<table><colgroup><col class="c-number"><col class="c-subject"><col><col class="c-marks"></colgroup>'
            f'<thead class="visually-hidden"><tr>{head}</tr></thead><tbody>',
            wrong=escape(_("Сообщить об ошибке")),
            short=escape(_("ошибка?")),
            own=escape(_("лично")),
            entered=escape(_("внесено")),
            due=escape(_("срок")),
            free=escape(_("Уроков нет")),
            gone=escape(_("урока в этот день не будет")),
            missed=escape(_("не был на уроке")),
            late=escape(_("опоздал(а)")),
            withdrawn=escape(_("снято")),
        )


@dataclass(frozen=True, kw_only=True)
class _Box:
    names: Names
    pupil: UUID
    today: date
    reports: Reports
    words: _Words

    def day(self, day: DiaryDay) -> str:
        here, end = day.date == self.today, day.date.isoformat()
        css = f"box{' today' if here else ''}{' free' if day.holiday else ''}"
        now = f" <small>· {escape(_('сегодня'))}</small>" if here else ""
        top = (
            f'<section class="{css}" aria-labelledby="d{end}"{TODAY if here else ""}>'
            f'<h2 id="d{end}">{day_long(day.date)}{now}</h2>'
        )
        if day.holiday or not day.lessons:
            return f'{top}<p class="empty">{escape(day.title) or self.words.free}</p></section>'
        rows = "".join([self.row(lesson, day.date) for lesson in day.lessons])
        return f"{top}{self.words.head}{rows}</tbody></table></section>"

    def row(self, lesson: DiaryLesson, on: date) -> str:
        css = "" if lesson.held else ' class="left"'
        return (
            f'<tr{css}><td class="number">{lesson.number}</td><th scope="row">{self.subject(lesson)}</th>'
            f'<td class="tasks">{self.tasks(lesson)}</td><td class="marks">{self.marks(lesson, on)}</td></tr>'
        )

    def subject(self, lesson: DiaryLesson) -> str:
        parts = [escape(lesson.subject)]
        if lesson.room:
            parts.append(f" <small>{escape(room_words(lesson.room))}</small>")
        if lesson.teacher and lesson.held and not (lesson.fate and lesson.fate.substitute):
            teacher = escape(self.names.get(lesson.teacher, ""))
            parts.append(f' <small class="teacher">{teacher}</small>')
        if lesson.fate:
            parts.append(_fate(_macro("diary/day.html", "fate_words", lesson.fate, self.names).strip()))
        if lesson.distance and not lesson.topic:
            parts.append(_fate(escape(lesson.distance)))
        if lesson.topic:
            parts.append(f'<small class="topic">{escape(lesson.topic)}</small>')
        parts.append(_contested(lesson.topic_contested) + _corrected(lesson.topic_corrected))
        parts += [self.comment(one) for one in lesson.comments]
        return "".join(parts) + _hung(lesson.materials)

    def comment(self, one: Any) -> str:
        said, by = escape(one.text), escape(self.names.get(one.by, ""))
        return f'<small class="comment"><span aria-hidden="true">✎</span> <q>{said}</q> {by}</small>'

    def tasks(self, lesson: DiaryLesson) -> str:
        gone = _fate(self.words.gone) if lesson.homework and not lesson.held else ""
        return gone + "".join([_task(task, self.words) for task in lesson.homework])

    def marks(self, lesson: DiaryLesson, on: date) -> str:
        found = [self.presence(lesson), *[self.mark(mark) for mark in lesson.marks]]
        if lesson.withdrawn_contested:
            found += _fate(self.words.withdrawn), contested()
        # Joined, not added: a sign is Markup, which would escape the plain string before it.
        found += _contested(lesson.absence_contested), _corrected(lesson.absence_corrected)
        asked = self.reports.get(lesson.lesson)
        return "".join(found if asked is None else [*found, self.report(lesson, asked, on)])

    def presence(self, lesson: DiaryLesson) -> str:
        if lesson.absent:
            category = f"<small>{escape(lesson.category)}</small>" if lesson.category else ""
            return f'<span class="absent" title="{self.words.missed}">н{category}</span>'
        return f'<span class="absent"><small>{self.words.late}</small></span>' if lesson.late else ""

    def mark(self, mark: DiaryMark) -> str:
        entered = f"{self.words.entered} {moment(mark.at, g.school.zone)}"
        late = MARKED_LATE if mark.delay is not None else ""
        again = MARKED_AGAIN if mark.rewritten or mark.corrected else ""
        said = [f"{escape(mark.kind_title.lower())}; {entered}"]
        if mark.delay is not None:
            said.append(f", {escape(_('после срока'))} {delay(mark.delay)}")
        if mark.corrected:
            said.append(f"; {_macro('diary/corrected.html', 'said', mark.corrected).strip()}")
        elif mark.rewritten:
            said.append(f", {escape(_('меняли раз'))}: {mark.rewritten}")
        if mark.imported:
            said.append(f", {escape(_('по данным переноса'))}")
        if mark.read:
            said.append(f"; {escape(read_words(mark.read, self.names, self.pupil))}")
        return (
            f'<span class="given" tabindex="0" title="{escape(mark.kind_title)}, {entered}">{escape(mark.value)}'
            f'{late}{again}<small class="explain">{"".join(said)}</small></span>{_contested(mark.contested)}'
        )

    def report(self, lesson: DiaryLesson, asked: Sequence[Any], on: date) -> str:
        subject, wrong = escape(lesson.subject), self.words.wrong
        said = htmlsafe_json_dumps(asked)
        return (
            f'<button type="button" class="report no-print" data-error-report=\'{said}\' data-lesson="{lesson.lesson}"'
            f' data-journal="{lesson.journal}" data-pupil="{self.pupil}"'
            f' data-what="{subject}, {day_short(on)}" aria-label="{wrong}: {subject}" title="{wrong}">'
            f"{self.words.short}</button>"
        )


def _task(task: HomeworkDue, words: _Words) -> str:
    own = f"<b>{words.own}: </b>" if task.personal else ""
    manner = f" <small>({escape(', '.join(task.manner))})</small>" if task.manner else ""
    late = f" {_late(task, words)}" if task.late else ""
    signs = _contested(task.contested) + _corrected(task.corrected) + _hung(task.materials)
    return f'<span class="task">{own}{escape(task.text)}{manner}{late}{signs}</span>'


def _late(task: HomeworkDue, words: _Words) -> str:
    """The hour is enough where both are of one day."""
    zone, same = g.school.zone, task.entered_at.date() == task.deadline.date()
    entered, due = (clock(at, zone) if same else moment(at, zone) for at in (task.entered_at, task.deadline))
    return f'<small class="badge-late">{LATE}{words.entered} {entered}, {words.due} {due}</small>'


def _fate(words: str) -> str:
    return f'<small class="fate">{words}</small>'


def _contested(suspected: bool) -> str:
    return contested() if suspected else ""


def _corrected(note: Any) -> str:
    return _macro("diary/corrected.html", "sign", note) if note else ""


def _hung(materials: Iterable[Any]) -> str:
    return _macro("lesson/materials.html", "hung", materials) if materials else ""


def _macro(template: str, name: str, *given: Any) -> str:
    """What a macro of a template says."""
    return str(getattr(current_app.jinja_env.get_template(template).module, name)(*given))
