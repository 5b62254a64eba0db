"""Comments and recommendations of teachers to a family (matrix row 7, R-190). Stream: the pupil's family."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid5

from commands.deciding import Refusal, Sight, drafts
from commands.known import a_journal, a_pupil
from commands.texts import plain
from ledger import streams
from ledger.entry import Category, Draft
from ledger.events.families import RemarkWithdrawn, RemarkWritten
from ledger.family import Family, fold_family
from ledger.lesson import Sheet
from ledger.regulation import Regulation
from ledger.school import School

TEXT_LENGTH = 500  # characters
KINDS = ("comment", "recommendation")


@dataclass(frozen=True, kw_only=True, slots=True)
class WriteRemark:
    """A comment is to a lesson of the page, or to one work of it; a recommendation to the page, or from the class
    teacher without one."""

    pupil: UUID
    kind: str
    text: str
    journal: UUID | None = None
    lesson: UUID | None = None
    work: UUID | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class WithdrawRemark:
    """One's own; the page it is to, when it is to one."""

    pupil: UUID
    remark: UUID
    journal: UUID | None = None


def about(command: WriteRemark | WithdrawRemark, school: School) -> tuple[dict[str, Any], ...]:
    """A teacher's right is asked of the page, a class teacher's of the pupil."""
    return (
        ({"journal": command.journal, "pupil": command.pupil},)
        if command.journal
        else ({"pupil": command.pupil},)
    )


def family(
    command: WriteRemark | WithdrawRemark, school: School, regulation: Regulation | None
) -> tuple[UUID, ...]:
    own = streams.family(school.id, command.pupil)
    if isinstance(command, WriteRemark) and command.work is not None and command.lesson is not None:
        return own, command.lesson
    return (own,)


def write_remark(command: WriteRemark, sight: Sight) -> tuple[Draft, ...]:
    pupil = a_pupil(command.pupil, sight)
    if command.kind not in KINDS:
        raise Refusal("remark-kind", "Выберите: комментарий или рекомендация.")
    _on_the_page(command, sight)
    event = RemarkWritten(
        remark=uuid5(sight.stamp.command_id, "remark"),
        kind=command.kind,
        text=sight.sealed(plain(command.text, TEXT_LENGTH), about=pupil.id),
        journal=command.journal,
        lesson=command.lesson,
        work=command.work,
    )
    stream, state = _family(pupil.id, sight)
    return drafts(Category.CASE, stream, state.version, event)


def withdraw_remark(command: WithdrawRemark, sight: Sight) -> tuple[Draft, ...]:
    stream, state = _family(command.pupil, sight)
    standing = state.remarks.get(command.remark)
    if standing is None:
        raise Refusal("remark-exists", "Этой записи семье уже нет.", status=404)
    if standing.stamp.person != sight.stamp.person:
        raise Refusal("remark-own", "Отозвать запись может только тот, кто её сделал.", status=403)
    return drafts(Category.CASE, stream, state.version, RemarkWithdrawn(remark=command.remark))


def _on_the_page(command: WriteRemark, sight: Sight) -> None:
    """A comment has a lesson of the page, and the pupil is on the page that day."""
    day = sight.now.date()
    if command.journal is None:
        if command.lesson is not None or command.kind == "comment":
            raise Refusal("remark-journal", "Комментарий пишут к уроку: назовите страницу и урок.")
        return
    a_journal(command.journal, sight)
    if command.lesson is not None:
        lesson = sight.school.timetable.by_id.get(command.lesson)
        if lesson is None or lesson.journal != command.journal:
            raise Refusal("lesson-exists", "Такого урока на этой странице нет.", status=404)
        day = lesson.date
        _of_the_lesson(command.work, sight.sheet(lesson.id))
    elif command.kind == "comment" or command.work is not None:
        raise Refusal("remark-journal", "Комментарий пишут к уроку: назовите урок.")
    if not sight.school.enrolled(command.pupil, command.journal, day):
        raise Refusal("pupil-enrolled", "Этого ученика в этот день на странице нет.")


def _of_the_lesson(work: UUID | None, sheet: Sheet) -> None:
    """The answers' column stands in every lesson; a mark for literacy has a column of its own."""
    known = {sheet.lesson, *sheet.works, *(column for column, _ in sheet.literacy)}
    if work is not None and work not in known:
        raise Refusal("work-exists", "Такой работы на этом уроке нет.", status=404)


def _family(pupil: UUID, sight: Sight) -> tuple[UUID, Family]:
    stream = streams.family(sight.school.id, pupil)
    return stream, fold_family(sight.loaded.get(stream, ()))
