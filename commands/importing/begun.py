"""What has begun stays as it was: a file takes no such lesson away and gives it no other time (R-092)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from commands.clashing import called
from commands.deciding import Refusal, Sight
from ledger.entry import Draft
from ledger.windows import spoken
from projections.import_preview import after

SHOWN = 3  # lessons a sentence names


@contextmanager
def row_of(file: str, line: int) -> Iterator[None]:
    """A refusal inside says which row of the file it is about."""
    try:
        yield
    except Refusal as refusal:
        sentence = f"{file}, строка {line}: {refusal.sentence}"
        raise Refusal(refusal.code, sentence, status=refusal.status) from refusal


def keeping_what_has_begun(drafts: tuple[Draft, ...], sight: Sight) -> tuple[Draft, ...]:
    """The drafts. Raises Refusal for those that would move or remove a lesson that has begun."""
    school, now = sight.school, sight.now
    begun = [lesson for lesson in school.timetable.lessons if lesson.starts <= now]
    if not begun or not drafts:
        return drafts
    then = after(school, drafts, sight.stamp).timetable.by_id
    lost = [
        each
        for each in begun
        if each.id not in then or (then[each.id].starts, then[each.id].ends) != (each.starts, each.ends)
    ]
    if lost:
        named = "; ".join(
            f"{called(each, school)} {spoken(each.date)}, {each.number}-й" for each in lost[:SHOWN]
        )
        more = f" и ещё {len(lost) - SHOWN}" if len(lost) > SHOWN else ""
        raise Refusal(
            "import-begun",
            f"Загрузка сняла бы или сдвинула уроки, что уже шли: {named}{more}. Укажите, что изменения действуют"
            " с более позднего дня; дни учебного года, что уже идёт, загрузкой не меняют.",
            status=409,
        )
    return drafts
