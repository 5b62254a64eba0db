"""Classes, groups, pupils and who looks after them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from ledger.entry import Entry
from ledger.events import families, journals, promotion, roster
from ledger.school_folds import Apply, Tables
from ledger.school_records import Curriculum, Exemption, Group, Klass, Promotion, Pupil, Tuition
from ledger.span import DAY, Span, ended, until


def _pupil(tables: Tables, id: UUID) -> Pupil:
    known: Pupil | None = tables["pupils"].get(id)
    return known if known is not None else Pupil(id=id)


def _change(tables: Tables, id: UUID, **fields: Any) -> None:
    tables["pupils"][id] = replace(_pupil(tables, id), **fields)


def _class(tables: Tables, e: roster.ClassFormed, entry: Entry) -> None:
    tables["classes"][entry.stream] = Klass(
        id=entry.stream, year=e.year, title=e.title, grade=e.grade, level=e.level
    )


def _class_teacher(tables: Tables, e: roster.ClassTeacherAppointed, entry: Entry) -> None:
    known: Klass | None = tables["classes"].get(entry.stream)
    if known is not None:
        teachers = (*until(known.teachers, e.first - DAY), (e.person, Span(first=e.first, last=e.until)))
        tables["classes"][entry.stream] = replace(known, teachers=teachers)


def _group(tables: Tables, e: roster.GroupFormed, entry: Entry) -> None:
    tables["groups"][e.group] = Group(id=e.group, class_id=entry.stream, title=e.title)


def _study_plan(tables: Tables, e: journals.StudyPlanSet, entry: Entry) -> None:
    tables["study_plan"][entry.stream, e.subject] = (e.week_hours, e.year_hours)


def _enrolled(tables: Tables, e: roster.PupilEnrolled, entry: Entry) -> None:
    _placed(tables, e, entry, "enrolled")


def _moved(tables: Tables, e: roster.PupilMoved, entry: Entry) -> None:
    _placed(tables, e, entry, "moved")


def _placed(tables: Tables, e: roster.PupilEnrolled | roster.PupilMoved, entry: Entry, movement: str) -> None:
    known = _pupil(tables, entry.stream)
    classes = (*until(known.classes, e.first - DAY), (e.class_id, Span(first=e.first)))
    movements = (*known.movements, (movement, e.first, e.order))
    _change(tables, entry.stream, classes=classes, movements=movements)


def _departed(tables: Tables, e: roster.PupilDeparted, entry: Entry) -> None:
    known = _pupil(tables, entry.stream)
    _change(
        tables,
        entry.stream,
        classes=until(known.classes, e.last),
        groups=until(known.groups, e.last),
        movements=(*known.movements, ("departed", e.last, e.order)),
    )


def _grouped(tables: Tables, e: roster.PupilGrouped, entry: Entry) -> None:
    known = _pupil(tables, entry.stream)
    _change(tables, entry.stream, groups=(*known.groups, (e.group, Span(first=e.first, last=e.until))))


def _ungrouped(tables: Tables, e: roster.PupilUngrouped, entry: Entry) -> None:
    known = _pupil(tables, entry.stream)
    kept = tuple(each for each in known.groups if each[0] != e.group)
    own = ended((each for each in known.groups if each[0] == e.group), e.last)
    _change(tables, entry.stream, groups=kept + own)


def _guardian(tables: Tables, e: roster.GuardianLinked, entry: Entry) -> None:
    known = _pupil(tables, entry.stream)
    guardians = tuple(dict.fromkeys((*known.guardians, e.guardian)))
    kinship = {**known.kinship, e.guardian: e.kinship}
    _change(tables, entry.stream, guardians=guardians, kinship=kinship)


def _guardian_unlinked(tables: Tables, e: roster.GuardianUnlinked, entry: Entry) -> None:
    known = _pupil(tables, entry.stream)
    guardians = tuple(each for each in known.guardians if each != e.guardian)
    _change(tables, entry.stream, guardians=guardians)


def _exempted(tables: Tables, e: roster.ExemptionGranted, entry: Entry) -> None:
    known = _pupil(tables, entry.stream)
    granted = Exemption(id=e.exemption, span=Span(first=e.first, last=e.until), document=e.document)
    _change(tables, entry.stream, exemptions=(*known.exemptions, granted))


def _exemption_ended(tables: Tables, e: roster.ExemptionEnded, entry: Entry) -> None:
    known = _pupil(tables, entry.stream)
    exemptions = tuple(_ended(each, e.exemption, e.last) for each in known.exemptions)
    _change(tables, entry.stream, exemptions=exemptions)


def _ended(each: Any, id: UUID, last: date) -> Any:
    """The exemption or tuition, ended when it is the one named."""
    return replace(each, span=replace(each.span, last=last)) if each.id == id else each


def _health(tables: Tables, e: roster.HealthGroupSet, entry: Entry) -> None:
    known = _pupil(tables, entry.stream)
    health = tuple(sorted((*known.health, (e.group, e.first)), key=lambda each: each[1]))
    _change(tables, entry.stream, health=health)


def _tuition(tables: Tables, e: roster.HomeTuitionStarted, entry: Entry) -> None:
    known = _pupil(tables, entry.stream)
    started = Tuition(id=e.tuition, span=Span(first=e.first, last=e.until), order=e.order)
    _change(tables, entry.stream, tuitions=(*known.tuitions, started))


def _tuition_ended(tables: Tables, e: roster.HomeTuitionEnded, entry: Entry) -> None:
    known = _pupil(tables, entry.stream)
    tuitions = tuple(_ended(each, e.tuition, e.last) for each in known.tuitions)
    _change(tables, entry.stream, tuitions=tuitions)


def _curriculum(tables: Tables, e: roster.IndividualCurriculumSet, entry: Entry) -> None:
    known = _pupil(tables, entry.stream)
    kept = tuple(each for each in known.curricula if each.id != e.curriculum)
    hours = tuple(zip(e.subjects, e.hours, strict=True))
    span = Span(first=e.first, last=e.until)
    made = Curriculum(id=e.curriculum, span=span, hours=hours, order=e.order)
    _change(tables, entry.stream, curricula=(*kept, made))


def _verified(tables: Tables, e: roster.ContactsVerified, entry: Entry) -> None:
    _change(tables, entry.stream, verified=e.year)


def _promotion_proposed(tables: Tables, e: promotion.PromotionProposed, entry: Entry) -> None:
    """The class teacher's word counts until the school's."""
    known = _pupil(tables, entry.stream).promotion(e.year)
    if known is None or not known.decided:
        _promoted(tables, entry.stream, Promotion(year=e.year, decision=e.decision, decided=False))


def _promotion_decided(tables: Tables, e: promotion.PromotionDecided, entry: Entry) -> None:
    decided = Promotion(year=e.year, decision=e.decision, decided=True, order=e.order)
    _promoted(tables, entry.stream, decided)


def _promoted(tables: Tables, pupil: UUID, made: Promotion) -> None:
    others = tuple(each for each in _pupil(tables, pupil).promotions if each.year != made.year)
    _change(tables, pupil, promotions=(*others, made))


def _paper(tables: Tables, e: families.PaperInformingDeclared, entry: Entry) -> None:
    known = _pupil(tables, entry.stream)
    _change(tables, entry.stream, paper=(*known.paper, Span(first=e.first)))


def _no_paper(tables: Tables, e: families.PaperInformingWithdrawn, entry: Entry) -> None:
    known = _pupil(tables, entry.stream)
    paper = tuple(span if span.last else replace(span, last=e.last) for span in known.paper)
    _change(tables, entry.stream, paper=paper)


def _of_age(tables: Tables, e: families.PupilCameOfAge, entry: Entry) -> None:
    _change(tables, entry.stream, of_age=True)


def _admits(tables: Tables, e: families.GuardiansAdmitted, entry: Entry) -> None:
    _change(tables, entry.stream, admits=e.allowed)


APPLY: dict[type, Apply] = {
    roster.ClassFormed: _class,
    roster.ClassTeacherAppointed: _class_teacher,
    roster.GroupFormed: _group,
    promotion.PromotionProposed: _promotion_proposed,
    promotion.PromotionDecided: _promotion_decided,
    journals.StudyPlanSet: _study_plan,
    roster.PupilEnrolled: _enrolled,
    roster.PupilMoved: _moved,
    roster.PupilDeparted: _departed,
    roster.PupilGrouped: _grouped,
    roster.PupilUngrouped: _ungrouped,
    roster.GuardianLinked: _guardian,
    roster.GuardianUnlinked: _guardian_unlinked,
    roster.ExemptionGranted: _exempted,
    roster.ExemptionEnded: _exemption_ended,
    roster.HealthGroupSet: _health,
    roster.HomeTuitionStarted: _tuition,
    roster.HomeTuitionEnded: _tuition_ended,
    roster.IndividualCurriculumSet: _curriculum,
    roster.ContactsVerified: _verified,
    families.PaperInformingDeclared: _paper,
    families.PaperInformingWithdrawn: _no_paper,
    families.PupilCameOfAge: _of_age,
    families.GuardiansAdmitted: _admits,
}
