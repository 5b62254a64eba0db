"""Classes, their teachers, groups and class sets (R-059, R-069). Streams: the class; the calendar for class sets."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from commands.deciding import Refusal, Sight
from commands.files.names import class_key, match_key, tidy
from commands.importing.terms import numbered
from commands.known import a_group, a_member_of_staff, a_pupil, a_stretch, klass_on, the_class
from commands.reconciliation import agreed, lessons_of, written_in
from ledger import streams
from ledger.entry import Draft
from ledger.events.calendar import ClassSetFormed
from ledger.events.roster import (
    ClassFormed,
    ClassTeacherAppointed,
    GroupFormed,
    PupilGrouped,
    PupilUngrouped,
)
from ledger.events.turns import TurnTaken
from ledger.regulation import Regulation
from ledger.school import Pupil, School, Span
from ledger.span import DAY
from ledger.timetable import Lesson
from ledger.windows import spoken

# R-069; the grade says the level (273-ФЗ, ст. 66).
LEVELS = {**dict.fromkeys(range(1, 5), "НОО"), **dict.fromkeys(range(5, 10), "ООО"), 10: "СОО", 11: "СОО"}
LONGEST_TITLE = 60


@dataclass(frozen=True, kw_only=True, slots=True)
class FormClass:
    """`class_id` is minted by whoever asks; `year` is the one the study year begins in."""

    class_id: UUID
    year: int
    title: str
    grade: int


@dataclass(frozen=True, kw_only=True, slots=True)
class AppointClassTeacher:
    """From `first` on, instead of whoever led the class before."""

    class_id: UUID
    person: UUID
    first: date
    until: date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class FormGroup:
    class_id: UUID
    group: UUID
    title: str


@dataclass(frozen=True, kw_only=True, slots=True)
class FormClassSet:
    """Класс-комплект: classes of one year that sit together."""

    class_set: UUID
    title: str
    classes: tuple[UUID, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class GroupPupils:
    """Several pupils of the group's class at once; `until` None: to the end."""

    class_id: UUID
    group: UUID
    pupils: tuple[UUID, ...]
    first: date
    until: date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class UngroupPupil:
    """`last` is the last day in the group."""

    pupil: UUID
    group: UUID
    last: date
    confirmed: bool = False


def form_class(command: FormClass, sight: Sight) -> tuple[Draft, ...]:
    school, title = sight.school, _title(command.title)
    if command.class_id in school.classes or school.version(command.class_id):
        raise Refusal("class-new", "Такой класс уже есть.", status=409)
    if command.year not in school.years:
        raise Refusal("year-known", "Этот учебный год ещё не заведён.")
    if command.grade not in LEVELS:
        raise Refusal("class-grade", "Класс бывает с 1-го по 11-й.")
    same = (k for k in school.classes.values() if k.year == command.year)
    if any(class_key(klass.title) == class_key(title) for klass in same):
        raise Refusal("class-title", f"Класс {title} в этом учебном году уже есть.")
    formed = ClassFormed(year=command.year, title=title, grade=command.grade, level=LEVELS[command.grade])
    return numbered([(command.class_id, formed), (streams.classes(school.id), TurnTaken())], school)


def appoint_class_teacher(command: AppointClassTeacher, sight: Sight) -> tuple[Draft, ...]:
    school, klass = sight.school, the_class(command.class_id, sight)
    a_member_of_staff(command.person, sight)
    a_stretch(command.first, command.until, klass.year, sight)
    if klass.teachers and klass.teachers[-1] == (command.person, _span(command)):
        return ()
    if klass.teachers and klass.teachers[-1][1].first > command.first:
        since = spoken(klass.teachers[-1][1].first)
        raise Refusal("class-teacher-later", f"Классный руководитель уже назначен с {since}.")
    appointed = ClassTeacherAppointed(person=command.person, first=command.first, until=command.until)
    return numbered([(klass.id, appointed)], school)


def form_group(command: FormGroup, sight: Sight) -> tuple[Draft, ...]:
    school, klass, title = sight.school, the_class(command.class_id, sight), _title(command.title)
    if command.group in school.groups:
        raise Refusal("group-new", "Такая группа уже есть.", status=409)
    own = (group for group in school.groups.values() if group.class_id == klass.id)
    if any(match_key(group.title) == match_key(title) for group in own):
        raise Refusal("group-title", f"Группа «{title}» в {klass.title} уже есть.")
    return numbered([(klass.id, GroupFormed(group=command.group, title=title))], school)


def form_class_set(command: FormClassSet, sight: Sight) -> tuple[Draft, ...]:
    school = sight.school
    classes = [the_class(each, sight) for each in dict.fromkeys(command.classes)]
    if len(classes) < 2 or len({klass.year for klass in classes}) > 1:
        raise Refusal("class-set", "В класс-комплекте не меньше двух классов одного учебного года.")
    taken = next(
        (
            k
            for k in classes
            for s in school.class_sets.values()
            if k.id in s.classes and s.id != command.class_set
        ),
        None,
    )
    if taken is not None:
        raise Refusal("class-set", f"{taken.title} уже входит в другой класс-комплект.")
    formed = ClassSetFormed(
        class_set=command.class_set, title=_title(command.title), classes=tuple(k.id for k in classes)
    )
    return numbered([(streams.calendar(school.id), formed)], school)


def group_pupils(command: GroupPupils, sight: Sight) -> tuple[Draft, ...]:
    school, group = sight.school, a_group(command.group, command.class_id, sight)
    a_stretch(command.first, command.until, school.classes[group.class_id].year, sight)
    if not command.pupils:
        raise Refusal("pupils-chosen", "Никто не выбран.")
    pupils = [a_pupil(each, sight) for each in dict.fromkeys(command.pupils)]
    for pupil in pupils:
        _of_its_class(pupil, command, sight)
    grouped = PupilGrouped(group=group.id, first=command.first, until=command.until)
    return numbered([(pupil.id, grouped) for pupil in pupils], school)


def _of_its_class(pupil: Pupil, command: GroupPupils, sight: Sight) -> None:
    """Raises Refusal for a pupil of another class, or one who is in the group on some of these days already."""
    if pupil.class_on(command.first) != command.class_id:
        there = klass_on(pupil, command.first, sight)
        raise Refusal(
            "group-class",
            f"Группа — другого класса: {spoken(command.first)} ученик числится {there}.",
        )
    if any(g == command.group and span.overlaps(_span(command)) for g, span in pupil.groups):
        raise Refusal("group-twice", "Кто-то из выбранных в эти дни уже в этой группе.")


def ungroup_pupil(command: UngroupPupil, sight: Sight) -> tuple[Draft, ...]:
    pupil = a_pupil(command.pupil, sight)
    if not any(g == command.group and command.last in span for g, span in pupil.groups):
        raise Refusal("group-member", f"{spoken(command.last)} ученика в этой группе нет.")
    klass = sight.school.classes[sight.school.groups[command.group].class_id]
    a_stretch(command.last, None, klass.year, sight)
    question = (
        f"После {spoken(command.last)} в журнале группы у ученика уже есть записи. Они останутся на месте и войдут"
        " в список сверки:"
    )
    left = _lessons_left(command, sight.school)
    agreed(written_in(pupil.id, left, sight), command.confirmed, question, sight)
    ended = PupilUngrouped(group=command.group, last=command.last)
    return numbered([(pupil.id, ended)], sight.school)


def after_ungrouping(
    command: UngroupPupil, school: School, regulation: Regulation | None
) -> tuple[UUID, ...]:
    """The lessons a backdated leave of the group leaves behind."""
    return tuple(each.id for each in _lessons_left(command, school))


def _lessons_left(command: UngroupPupil, school: School) -> tuple[Lesson, ...]:
    """Of the group's pages, on the days of this stretch that are no more."""
    groups = school.pupils.get(command.pupil, Pupil(id=command.pupil)).groups
    span = next((s for group, s in groups if group == command.group and command.last in s), None)
    if span is None or span.last == command.last:
        return ()
    # the end of the calendar is the decider's to refuse
    gone = Span(first=min(command.last, date.max - DAY) + DAY, last=span.last)
    lessons = lessons_of(command.pupil, gone, school)
    return tuple(each for each in lessons if school.journals[each.journal].group == command.group)


def _span(command: AppointClassTeacher | GroupPupils) -> Span:
    return Span(first=command.first, last=command.until)


def _title(text: str) -> str:
    title = tidy(text)
    if not title or len(title) > LONGEST_TITLE or not title.isprintable():
        raise Refusal("title", f"Название — от 1 до {LONGEST_TITLE} знаков.")
    return title
