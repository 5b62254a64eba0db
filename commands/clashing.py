"""A lesson that would put somebody in two places at once is refused, in a sentence that says whom, where and when."""

from __future__ import annotations

from collections.abc import Iterable

from commands.deciding import Refusal
from commands.importing.terms import Fact, numbered
from ledger import streams
from ledger.clashes import Clash
from ledger.entry import Draft
from ledger.events.turns import TurnTaken
from ledger.school import School
from ledger.timetable import Lesson
from ledger.windows import spoken

SHOWN = 3  # clashes a sentence names; a weekly one that begins is one clash
_SENTENCES = {
    "class": "{place}: у этих учеников в это время уже стоит {other}.",
    "teacher": "{place}: учитель в это время ведёт {other}.",
    "room": "{place}: кабинет {room} в это время занят, там {other}.",
}


def in_turn(facts: Iterable[Fact], school: School) -> tuple[Draft, ...]:
    """Drafts of the facts, none for none, and the turn of whoever looked for a free place: nobody else takes it
    meanwhile. An import takes none: it comes from the server's own command line and looks for no clashes."""
    found = tuple(facts)
    turn = ((streams.timetable(school.id), TurnTaken()),) if found else ()
    return numbered((*found, *turn), school)


def refuse_clashes(found: Iterable[Clash], school: School) -> None:
    """Raises Refusal when there are any."""
    told = clashing_words(found, school)
    if told:
        raise Refusal("timetable-clash", told, status=409)


def clashing_words(found: Iterable[Clash], school: School) -> str:
    """ "" for none; the same two places every week are named once, by their first day."""
    first: dict[tuple[object, ...], Clash] = {}
    for each in found:
        first.setdefault((each.kind, each.proposed.slot, each.standing.slot), each)
    sentences = [_sentence(each, school) for each in first.values()]
    more = [f"И ещё столкновений: {len(sentences) - SHOWN}."] if len(sentences) > SHOWN else []
    return " ".join((*sentences[:SHOWN], *more))


def _sentence(clash: Clash, school: School) -> str:
    place = f"{called(clash.proposed, school)}, {spoken(clash.proposed.date)}, {clash.proposed.number}-й урок"
    other = f"{called(clash.standing, school)} ({_hours(clash.standing)})"
    return _SENTENCES[clash.kind].format(place=place, other=other, room=clash.standing.room)


def called(lesson: Lesson, school: School) -> str:
    """«7А Физика», «7А (1) Английский язык»."""
    page = school.journals[lesson.journal]
    group = f" ({school.groups[page.group].title})" if page.group is not None else ""
    return f"{school.klass_of(page.id).title}{group} {school.subject_of(page.id).title}"


def _hours(lesson: Lesson) -> str:
    room = f", каб. {lesson.room}" if lesson.room else ""
    return f"{lesson.starts:%H:%M}–{lesson.ends:%H:%M}{room}"
