"""Pages for whoever asks: right first (ledger.access), then one reading transaction, then the log of views.

Every door to a page, a history, an export or a print goes through `opened`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import chain
from typing import Any, NoReturn, TypeVar
from uuid import UUID

from flask import abort, g, make_response, request
from flask_babel import gettext as _

from ledger import accounts, people, views_log
from ledger import regulation as regulations
from ledger.access import Target, acting_role
from ledger.entry import Finding, Role
from ledger.lesson import fold_lesson, known_lesson
from ledger.school import Journal, School
from ledger.timetable import Lesson
from projections import day as day_page
from projections import diary as diary_page
from projections import journal as journal_page
from projections import lesson as lesson_page
from projections import reading as pages
from projections import years as study_years
from projections.reading import Reading
from projections.work_choice import kinds_for
from web import time_bar
from web.answers import told
from web.premises import premises

Page = TypeVar("Page")
_BEGINNING = {len("2026"): "-01-01", len("2026-10"): "-01"}
SOON = timedelta(minutes=1)  # a field of the moment has minutes: the present may be written as a minute ahead


def school() -> School:
    """The school of whoever is signed in, as its ledger said when the request came (web/gate.py)."""
    known: School = g.school
    return known


def now() -> datetime:
    """The school's local time (naive)."""
    return school().local(premises().now())


def demonstration() -> bool:
    return school().demonstration


def names(persons: Iterable[UUID]) -> dict[UUID, str]:
    """«Соколова И. В.» of each, as they were called at the moment of the page this request opened."""
    return _names(persons, g.get("shown_at"))


def names_now(persons: Iterable[UUID]) -> dict[UUID, str]:
    """As they are called today, whatever moment is shown."""
    return _names(persons, None)


def _names(persons: Iterable[UUID], at: datetime | None) -> dict[UUID, str]:
    wanted = set(persons)
    if not wanted:
        return {}
    with premises().pool.connection() as connection:
        found = people.names_at(connection, g.actor.school, wanted, at=at)
    return {person: name.short for person, name in found.items()}


def moment(at: str | None) -> datetime | None:
    """An instant of the address, the school's wall clock when it names no zone; a year or a month is its beginning,
    `entry-12` the instant of that entry; 400 when it is no time."""
    if not at:
        return None
    entry = entry_of(at)
    if entry is not None:
        return _instant_of(entry)
    try:
        instant = datetime.fromisoformat(at + _BEGINNING.get(len(at), ""))
        return instant if instant.tzinfo is not None else instant.replace(tzinfo=school().zone)
    except (ValueError, OverflowError):
        no_such_day(at)


def entry_of(at: str | None) -> int | None:
    """The position an address names by `entry-12`; None when it names a time, or nothing."""
    number = (at or "").removeprefix(time_bar.ENTRY)
    return (
        int(number) if at != number and number.isascii() and number.isdigit() and len(number) < 16 else None
    )


def _instant_of(entry: int) -> datetime:
    with premises().pool.connection() as connection:
        found = pages.instant_of(connection, g.actor.school, entry)
    if found is None:
        _not_then(_("Такой записи в журнале школы нет.") if entry else _("Журнала тогда ещё не было."))
    return found


def no_such_day(text: str) -> NoReturn:
    """400 for a day or a moment of the address that is none."""
    abort(make_response(told(400, "no-such-day", _("Даты «%(text)s» не бывает.", text=text))))


def role_in(action: str, **about: Any) -> Role | None:
    """In which role this person may do `action` to what `about` names (fields of ledger.access.Target); None: not."""
    return acting_role(g.actor.person, action, Target(today=now().date(), **about), school())


def may(action: str, **about: Any) -> bool:
    return role_in(action, **about) is not None


def acts(action: str, **about: Any) -> bool:
    """`may`; where so, the page is shown in that role."""
    role = role_in(action, **about)
    if role is not None:
        g.acting_role = role
    return role is not None


def allowed(action: str, **about: Any) -> Role:
    """The role in which the page is shown. 404 for somebody else's child or page: nobody learns it exists."""
    if not acts(action, **about):
        note_refused(about.get("pupil"))
        abort(404 if about.get("pupil") or about.get("journal") else 403)
    role: Role = g.acting_role
    return role


def note_refused(pupil: UUID | None) -> None:
    """Who asks for a pupil that is not theirs is not told of it, and is remembered."""
    if pupil is not None and pupil in school().pupils:
        with premises().pool.connection() as connection:
            views_log.record(connection, g.actor.school, _view(views_log.REFUSED, None, pupil_id=pupil))


def may_write(journal: UUID, on: date, lesson: UUID | None = None) -> bool:
    """Whether this person writes in the journal's lesson of that day, or in any it took over; shown as the role beside
    the save sign."""
    known, person = school(), g.actor.person
    named = known.timetable.by_id.get(lesson) if lesson is not None else None
    taken = (
        [] if lesson is not None else [each for each in known.taken_over(person) if each.journal == journal]
    )
    for each in (named, *taken):
        day = each.date if each is not None else on
        if acts("write_lesson", on=day, lesson=each, journal=journal, person=person):
            return True
    return False


def trails(pupils: Iterable[UUID]) -> frozenset[UUID]:
    """Those of `pupils` whose whole trail this person may open: asked once a class, which is all the table needs."""
    known, today = school(), now().date()
    by_class: dict[UUID | None, list[UUID]] = {}
    for pupil in pupils:
        page = known.pupils.get(pupil)
        by_class.setdefault(page.class_on(today) if page else None, []).append(pupil)
    opened = [own for class_id, own in by_class.items() if may("view_pupil_trail", class_id=class_id)]
    return frozenset(chain.from_iterable(opened))


def _not_then(sentence: str) -> NoReturn:
    abort(make_response(told(404, "no-such-moment", sentence)))


@contextmanager
def opened(at: str | None) -> Iterator[Reading]:
    """One transaction to read from. 404 with its own sentence for a moment of the future or before the school."""
    here, instant = premises(), moment(at)
    if instant is not None and instant >= here.now() + SOON:
        _not_then(_("Этот момент ещё не наступил."))
    if instant is not None and instant >= here.now():
        instant = None  # the present has no other name
    entry = entry_of(at) if instant is not None else None
    runner = here.runner
    with pages.reading(
        here.pool, here.schools, runner, g.actor.school, now=here.now(), at=instant, entry=entry
    ) as reading:
        if not reading.school.position:
            _not_then(_("Журнала тогда ещё не было."))
        g.shown_at = instant
        yield reading


def show(
    at: str | None,
    page: Callable[[Reading], Page],
    name: str,
    *,
    log: bool | Callable[[Page], bool] = True,
    **about: UUID | None,
) -> Page:
    """The page of the moment `at`; the view is kept in the log outside the ledger (R-053), in the same transaction;
    `log` says whether, where that hangs on what the page says."""
    with opened(at) as reading:
        try:
            found = page(reading)
        except pages.NoSuchPage:
            if reading.as_of.live:
                abort(404)
            _not_then(_("Этой страницы тогда ещё не было."))
        # Every look of an inspector is logged, whatever the page shows (issue 5): the first reading of a request.
        unseen = g.get("acting_role") is Role.INSPECTOR and "looked" not in g
        if unseen or (log(found) if callable(log) else log):
            g.looked = True
            log_view(reading, name, **about)
        time_bar.note(reading, about)
    return found


def log_view(reading: Reading, name: str, **about: UUID | None) -> None:
    position = None if reading.as_of.live else reading.as_of.position
    views_log.record(reading.connection, g.actor.school, _view(name, position, **about))


def _view(name: str, position: int | None, **about: UUID | None) -> views_log.View:
    return views_log.View(
        at=premises().now(),
        account_id=g.actor.account,
        session_id=g.actor.session,
        credential_id=g.actor.credential,
        ip=request.remote_addr or "",
        page=name,
        as_of=position,
        **about,
    )


def _journal(journal: UUID) -> Journal:
    return school().journals.get(journal) or abort(404)


def lesson_of(lesson: UUID) -> Lesson:
    """As planned, or as it was held when it has left the timetable since; 404 for none."""
    planned = school().timetable.by_id.get(lesson)
    if planned is None:
        entries = premises().store.load(g.actor.school, streams=[lesson]).streams[lesson]
        planned = known_lesson(fold_lesson(lesson, entries), school())
    return planned or abort(404)


def person_keys() -> Callable[[UUID], bytes | None]:
    return premises().keys(g.actor.school).key_of


def journal(journal: UUID, period: UUID | None, at: str | None) -> journal_page.JournalPage:
    known = _journal(journal)
    allowed("view_journal", on=own_day(known), journal=journal)
    return show(
        at,
        lambda reading: journal_page.page(reading, journal, period),
        "journal",
        journal_id=journal,
        class_id=known.class_id,
    )


def lesson(lesson: UUID, at: str | None) -> lesson_page.LessonPage:
    planned = lesson_of(lesson)
    allowed("view_journal", on=planned.date, lesson=planned, journal=planned.journal)
    keys = person_keys()
    return show(
        at,
        lambda reading: lesson_page.page(reading, lesson, keys),
        "lesson",
        journal_id=planned.journal,
        class_id=_journal(planned.journal).class_id,
    )


def today(teacher: UUID, on: date, at: str | None) -> day_page.DayPage:
    allowed("view_day", person=teacher)
    return show(at, lambda reading: day_page.page(reading, teacher, on), "day", log=False)


def diary(pupil: UUID, monday: date, at: str | None) -> diary_page.DiaryWeek:
    allowed("view_diary", pupil=pupil)
    keys = person_keys()
    reader = g.actor.person
    return show(
        at, lambda reading: diary_page.week(reading, pupil, monday, keys, reader), "diary", pupil_id=pupil
    )


def person_of(account: UUID) -> UUID:
    """Whose the account is; 404 for none of this school."""
    if account == g.actor.account:
        person: UUID = g.actor.person
        return person
    with premises().pool.connection() as connection:
        return accounts.person_of(connection, g.actor.school, account) or abort(404)


@dataclass(frozen=True, kw_only=True)
class JournalChoice:
    """A journal somebody may open; `pupil` has the page of home tuition to himself (8.2)."""

    journal: UUID
    class_title: str
    group_title: str
    subject: str
    teachers: tuple[UUID, ...]
    pupil: UUID | None = None


def years() -> tuple[int, ...]:
    """The study years there are journals of, the latest first."""
    return tuple(sorted({page.year for page in school().journals.values()}, reverse=True))


def this_year(at: str | None = None) -> int | None:
    """The study year of today, or of the moment `at`, or the one nearest to it."""
    instant = moment(at)
    day = now() if instant is None else school().local(instant)
    return study_years.year_now(school(), day.date())


def own_day(journal: Journal) -> date:
    """The day rights to a page are asked of: today, and for another study year its day nearest to today."""
    year, today = school().years.get(journal.year), now().date()
    return study_years.day_of(year, today) if year else today


def journals(at: str | None, year: int | None = None) -> list[JournalChoice]:
    """Every journal there was at the moment `at` of a study year (by default the running one), of those this person
    may look at today, by class and subject."""
    chosen = this_year(at) if year is None else year
    with opened(at) as reading:
        then, on = reading.school, reading.today
    found = [page for page in then.journals.values() if page.year == chosen and _may_open(page)]
    ordered = sorted(found, key=lambda page: _journal_order(page, then))
    return [_choice(page, then, study_years.day_of(then.years[page.year], on)) for page in ordered]


def _may_open(page: Journal) -> bool:
    return may("view_journal", on=own_day(page), journal=page.id)


def _journal_order(page: Journal, known: School) -> tuple[int, str, str, str]:
    klass, group = known.klass_of(page.id), known.group_title(page.id)
    return klass.grade, klass.title, known.subject_of(page.id).title, group


def _choice(page: Journal, known: School, on: date) -> JournalChoice:
    return JournalChoice(
        journal=page.id,
        class_title=known.klass_of(page.id).title,
        group_title=known.group_title(page.id),
        subject=known.subject_of(page.id).title,
        teachers=known.teachers_of(page.id, on),
        pupil=page.pupil,
    )


def children() -> list[UUID]:
    """Whose diaries are this person's own: the pupil's, or the guardian's children's (of age: as P-37 says)."""
    known, person = school(), g.actor.person
    own = [person] if person in known.pupils else []
    return own + [child.id for child in known.children_of(person) if may("view_diary", pupil=child.id)]


def manners() -> dict[str, str]:
    """The ways homework is done, by key."""
    found = regulations.in_force(school(), now().date())
    return {} if found is None else dict(found[1].manners)


def refusal_of(code: str) -> str:
    """What the act in force says of this rule where it refuses, "" where it does not."""
    found = regulations.in_force(school(), now().date())
    word = Finding(code=code)
    refuses = found is not None and found[1].word_on(word).mode is regulations.Mode.REFUSE
    return found[1].sentence(word) if found is not None and refuses else ""


def kinds(journal: UUID) -> list[tuple[str, str]]:
    """(key, full name) of the kinds of work a column may be added for."""
    found = regulations.in_force(school(), now().date())
    return [] if found is None else kinds_for(journal, school(), found[1])
