"""What a person is told whose value met a colleague's newer one: both values, whose, since when (design 6)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from flask import g
from flask_babel import gettext as _

from commands.attendance import TakeAttendance
from commands.deciding import Conflict
from commands.homework import SetNoHomework
from ledger.entry import Entry
from ledger.events.attendance import AbsenceNoted
from ledger.events.homework import HomeworkNotSet, HomeworkSet, IndividualHomeworkSet
from ledger.events.lessons import BriefingRecorded, TopicRecorded
from ledger.events.marks import MarkGiven
from ledger.events.period_marks import PeriodMarkGiven
from ledger.personal import unseal
from web import reading
from web.premises import premises


def told(conflict: Conflict, command: object) -> dict[str, Any]:
    """The body of the 409: `theirs.seen` is what the next command must say to replace what stands."""
    presence = isinstance(command, TakeAttendance)
    return {
        "error": "conflict",
        "sentence": _sentence(conflict, command),
        "yours": {"value": _yours(command)},
        "theirs": (_presence(conflict) if presence else _value(conflict.theirs)) | _whose(conflict.theirs),
    }


def _sentence(conflict: Conflict, command: object) -> str:
    entry = conflict.theirs
    if isinstance(command, TakeAttendance):
        return _("Пока вы отмечали присутствие, его изменил другой учитель. Выберите, что оставить.")
    if entry is None or isinstance(entry.event, (MarkGiven, AbsenceNoted)):
        return _("Пока вы вводили, в клетке появилось другое значение. Выберите, какое оставить.")
    if entry.stream != getattr(command, "lesson", None):
        return _(
            "В классе %(title)s на этом уроке уже записано другое. Ничего не изменено: "
            "снимите отметку у этого класса или исправьте запись на его странице.",
            title=_class_of(entry.stream),
        )
    return _("Пока вы писали, здесь появился другой текст. Выберите, какой оставить.")


def _class_of(lesson: UUID) -> str:
    """«7Б» of a lesson of the timetable; empty for one that has left it since."""
    planned = reading.school().timetable.by_id.get(lesson)
    return "" if planned is None else reading.school().klass_of(planned.journal).title


def _yours(command: object) -> str:
    if isinstance(command, TakeAttendance):
        return _absent(command.absent)
    if isinstance(command, SetNoHomework):
        return _("не задано")
    return str(getattr(command, "value", getattr(command, "text", "")))


def _whose(entry: Entry | None) -> dict[str, Any]:
    if entry is None:
        return {"by": "", "at": None}
    by = reading.names_now([entry.stamp.person]).get(entry.stamp.person, "")
    return {"by": by, "at": entry.stamp.received_at.isoformat(), "lesson": str(entry.stream)}


def _presence(conflict: Conflict) -> dict[str, Any]:
    """`seen` runs parallel to `absent`, the pupils with an «н»."""
    absent: list[UUID] = [entry.event.pupil for entry in conflict.standing]  # type: ignore[attr-defined]
    return {
        "value": _absent(absent),
        "absent": [str(pupil) for pupil in absent],
        "seen": [entry.position for entry in conflict.standing],
    }


def _absent(pupils: Iterable[UUID]) -> str:
    names = ", ".join(sorted(reading.names_now(pupils).values()))
    return _("нет: %(names)s", names=names) if names else _("все на месте")


def _value(entry: Entry | None) -> dict[str, Any]:
    """What stands; an emptied cell has no value."""
    if entry is None:
        return {"value": "", "seen": 0}
    return {"seen": entry.position, **_said(entry)}


def _said(entry: Entry) -> dict[str, Any]:
    match entry.event:
        case MarkGiven(value=value):
            return {"value": "/".join(map(str, value))}
        case TopicRecorded(text=text, task=task, deviation=deviation):
            return {"value": text, "task": task, "deviation": deviation}
        case BriefingRecorded(text=text):
            return {"value": text}
        case HomeworkSet(text=text, manner=manner, due_lesson=due):
            return {"value": text, "manner": list(manner), "due_lesson": None if due is None else str(due)}
        case HomeworkNotSet():
            return {"value": _("не задано"), "not_set": True}
        case IndividualHomeworkSet(text=sealed):
            return {"value": unseal(sealed, premises().keys(g.actor.school).key_of)}
        case AbsenceNoted():
            return {"value": "н"}
        case PeriodMarkGiven(value=value, pupil=pupil):  # of a sheet of thirty: whose it is
            return {"value": value, "pupil": str(pupil)}
    raise TypeError(f"no cell shows {type(entry.event).__name__}")
