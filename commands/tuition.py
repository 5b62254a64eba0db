"""Taught at home, on pages of one's own (R-062, 8.2, P-79), and individual curricula (R-061). Stream: the pupil."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid5

from commands.by_order import OrderNamed, ordered
from commands.deciding import Refusal, Sight
from commands.importing.terms import Fact, numbered
from commands.known import a_member_of_staff, a_pupil, a_stretch, a_subject, the_class
from commands.workload import WEEK_HOURS, taught
from ledger.entry import Draft
from ledger.events.journals import HomeJournalListed
from ledger.events.roster import HomeTuitionEnded, HomeTuitionStarted, IndividualCurriculumSet
from ledger.school import Journal, Klass, Pupil, School, Span
from ledger.windows import spoken

KIND = "tuition"  # of the order, in the dictionary order_kind


@dataclass(frozen=True, kw_only=True, slots=True)
class HomeSubject:
    """One page: who teaches it and how many hours a week, in hundredths."""

    subject: UUID
    teacher: UUID
    hours: int


@dataclass(frozen=True, kw_only=True, slots=True)
class StartHomeTuition:
    """By order, for days of one study year; a journal page for each subject. `until` None: to the year's end."""

    pupil: UUID
    first: date
    until: date | None = None
    order: OrderNamed
    subjects: tuple[HomeSubject, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class EndHomeTuition:
    """`last` is the last day at home; the pages stay readable."""

    pupil: UUID
    tuition: UUID
    last: date


@dataclass(frozen=True, kw_only=True, slots=True)
class CurriculumHours:
    """`hours` a week, in hundredths."""

    subject: UUID
    hours: int


@dataclass(frozen=True, kw_only=True, slots=True)
class SetIndividualCurriculum:
    """ИУП, by order; `curriculum` is minted by whoever asks, or one to be replaced."""

    pupil: UUID
    curriculum: UUID
    first: date
    until: date | None = None
    order: OrderNamed | None = None
    subjects: tuple[CurriculumHours, ...]


def start_home_tuition(command: StartHomeTuition, sight: Sight) -> tuple[Draft, ...]:
    pupil, klass = _placed(command.pupil, command.first, sight)
    a_stretch(command.first, command.until, klass.year, sight)
    span = Span(first=command.first, last=command.until)
    if any(each.span.overlaps(span) for each in pupil.tuitions):
        raise Refusal("tuition-twice", "В эти дни ученик уже обучается на дому.")
    if not sight.regulation.home_pages:
        raise Refusal("P-79", "По порядку школы отдельных страниц обучения на дому нет.")
    wanted = {each.subject: each for each in command.subjects}
    if not wanted or len(wanted) != len(command.subjects):
        raise Refusal("tuition-subjects", "Назовите предметы обучения на дому, каждый один раз.")
    order, issued = ordered(command.order, KIND, sight)
    tuition = uuid5(sight.stamp.command_id, "tuition")
    started = HomeTuitionStarted(tuition=tuition, first=command.first, until=command.until, order=order)
    pages = [fact for each in wanted.values() for fact in _page(pupil, klass, each, span, sight)]
    return numbered([*issued, (pupil.id, started), *pages], sight.school)


def _page(pupil: Pupil, klass: Klass, wanted: HomeSubject, span: Span, sight: Sight) -> Iterator[Fact]:
    """A second tuition of the year goes on on the same pages."""
    school = sight.school
    a_subject(wanted.subject, sight)
    a_member_of_staff(wanted.teacher, sight)
    id = uuid5(school.id, f"home/{klass.year}/{pupil.id}/{klass.id}/{wanted.subject}")
    page: Journal | None = school.journals.get(id)
    if page is None:
        yield (
            id,
            HomeJournalListed(pupil=pupil.id, class_id=klass.id, subject=wanted.subject, year=klass.year),
        )
    yield id, taught(page, wanted.teacher, span, wanted.hours)


def end_home_tuition(command: EndHomeTuition, sight: Sight) -> tuple[Draft, ...]:
    pupil, klass = _placed(command.pupil, command.last, sight)
    a_stretch(command.last, None, klass.year, sight)
    known = next((each for each in pupil.tuitions if each.id == command.tuition), None)
    if known is None:
        raise Refusal("tuition-exists", "Такого обучения на дому нет.", status=404)
    if command.last not in known.span:
        raise Refusal("tuition-days", f"{spoken(command.last)} не входит в обучение на дому.")
    ended = HomeTuitionEnded(tuition=known.id, last=command.last)
    return () if known.span.last == command.last else numbered([(pupil.id, ended)], sight.school)


def set_individual_curriculum(command: SetIndividualCurriculum, sight: Sight) -> tuple[Draft, ...]:
    pupil, klass = _placed(command.pupil, command.first, sight)
    a_stretch(command.first, command.until, klass.year, sight)
    subjects = tuple(a_subject(each.subject, sight).id for each in command.subjects)
    if not subjects or len(set(subjects)) != len(subjects):
        raise Refusal("curriculum-subjects", "Назовите предметы учебного плана, каждый один раз.")
    if any(each.hours not in WEEK_HOURS for each in command.subjects):
        raise Refusal("curriculum-hours", "Часов в неделю — от 0 до 40.")
    _only_one(pupil, command)
    order, issued = ordered(command.order, "curriculum", sight)
    made = IndividualCurriculumSet(
        curriculum=command.curriculum,
        first=command.first,
        until=command.until,
        subjects=subjects,
        hours=tuple(each.hours for each in command.subjects),
        order=order,
    )
    return numbered([*issued, (pupil.id, made)], sight.school)


def _only_one(pupil: Pupil, command: SetIndividualCurriculum) -> None:
    days = Span(first=command.first, last=command.until)
    others = (each for each in pupil.curricula if each.id != command.curriculum)
    if any(each.span.overlaps(days) for each in others):
        raise Refusal("curriculum-twice", "В эти дни у ученика уже есть индивидуальный учебный план.")


def _placed(pupil: UUID, on: date, sight: Sight) -> tuple[Pupil, Klass]:
    known = a_pupil(pupil, sight)
    place = known.class_on(on)
    if place is None:
        raise Refusal("pupil-enrolled", f"{spoken(on)} ученик не в школе.")
    return known, the_class(place, sight)


def home_pages(school: School, pupil: UUID) -> tuple[Journal, ...]:
    """The journal pages of one pupil's tuition at home."""
    return tuple(page for page in school.journals.values() if page.pupil == pupil)
