"""Weekly slots, and what happened to single lessons."""

from __future__ import annotations

from dataclasses import replace

from ledger.entry import Entry
from ledger.events import days, timetable
from ledger.school_folds import Apply, Tables
from ledger.school_records import Change, Extra, Substitution
from ledger.timetable import Slot


def _slot(tables: Tables, e: timetable.SlotScheduled, entry: Entry) -> None:
    tables["slots"][entry.stream] = Slot(
        id=entry.stream,
        journal=e.journal,
        weekday=e.weekday,
        number=e.number,
        week=e.week,
        first=e.first,
        last=e.last,
        room=e.room,
    )


def _slot_ended(tables: Tables, e: timetable.SlotEnded, entry: Entry) -> None:
    known: Slot | None = tables["slots"].get(entry.stream)
    if known is not None:
        tables["slots"][entry.stream] = replace(known, last=min(known.last, e.last))


def _joined(tables: Tables, e: timetable.SlotJoined, entry: Entry) -> None:
    known: Slot | None = tables["slots"].get(entry.stream)
    if known is not None:
        tables["slots"][entry.stream] = replace(known, joint=e.joint)


def _substituted(tables: Tables, e: days.SubstitutionRecorded, entry: Entry) -> None:
    """Of several for one lesson the last counts; the earlier ones are thereby closed."""
    earlier = (_closed(each, entry) for each in tables["substitutions"].get(e.lesson, ()))
    recorded = Substitution(
        id=e.substitution,
        lesson=e.lesson,
        day=entry.stream,
        recorded_at=entry.stamp.judged_at,
        absent=e.absent,
        substitute=e.substitute,
        manner=e.manner,
        order=e.order,
    )
    tables["substitutions"][e.lesson] = (*earlier, recorded)


def _substitution_cancelled(tables: Tables, e: days.SubstitutionCancelled, entry: Entry) -> None:
    tables["substitutions"][e.lesson] = tuple(
        _closed(each, entry) if each.id == e.substitution else each
        for each in tables["substitutions"].get(e.lesson, ())
    )


def _closed(substitution: Substitution, entry: Entry) -> Substitution:
    return replace(substitution, cancelled_at=substitution.cancelled_at or entry.stamp.judged_at)


def _cancelled(tables: Tables, e: days.LessonCancelled, entry: Entry) -> None:
    tables["changes"][e.lesson] = Change(lesson=e.lesson, reason=e.reason, order=e.order)


def _restored(tables: Tables, e: days.LessonRestored, entry: Entry) -> None:
    tables["changes"].pop(e.lesson, None)


def _moved(tables: Tables, e: days.LessonMoved, entry: Entry) -> None:
    tables["changes"][e.lesson] = Change(
        lesson=e.lesson,
        date=e.date,
        number=e.number,
        starts=e.starts,
        ends=e.ends,
        room=e.room,
        order=e.order,
    )


def _extra(tables: Tables, e: days.ExtraLessonScheduled, entry: Entry) -> None:
    tables["extras"][e.slot] = Extra(
        slot=e.slot,
        journal=e.journal,
        date=e.date,
        number=e.number,
        starts=e.starts,
        ends=e.ends,
        room=e.room,
        mode=e.mode,
        form=e.form,
        replaces=e.replaces,
        order=e.order,
    )


def _extra_withdrawn(tables: Tables, e: days.ExtraLessonWithdrawn, entry: Entry) -> None:
    tables["extras"].pop(e.slot, None)


APPLY: dict[type, Apply] = {
    timetable.SlotScheduled: _slot,
    timetable.SlotEnded: _slot_ended,
    timetable.SlotJoined: _joined,
    days.SubstitutionRecorded: _substituted,
    days.SubstitutionCancelled: _substitution_cancelled,
    days.LessonCancelled: _cancelled,
    days.LessonRestored: _restored,
    days.LessonMoved: _moved,
    days.ExtraLessonScheduled: _extra,
    days.ExtraLessonWithdrawn: _extra_withdrawn,
}
