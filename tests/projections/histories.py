"""Random histories of one lesson, voids among them, as hypothesis strategies."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from hypothesis import strategies as st

from ledger.codec import UnknownEvent
from ledger.entry import Category, Entry, Finding, Origin, Role, Stamp
from ledger.events import attendance, homework, late_entries, lessons, marks
from ledger.events.voids import EntriesVoided
from ledger.personal import PersonalText

SCHOOL, LESSON, JOURNAL = UUID(int=1), UUID(int=2), UUID(int=3)
PUPILS = [UUID(int=n) for n in (11, 12)]
WORKS = [LESSON, UUID(int=21)]
CASES = [UUID(int=n) for n in (31, 32)]
DUE = datetime.fromisoformat("2026-10-12 23:59:59")
START = datetime(2026, 10, 12, 6, 0, tzinfo=UTC)

pupils, works, cases = st.sampled_from(PUPILS), st.sampled_from(WORKS), st.sampled_from(CASES)
secret = st.builds(
    PersonalText, person=pupils, nonce=st.just(b"n" * 12), sealed=st.binary(min_size=1, max_size=3)
)
texts = st.sampled_from(["Дроби", "§ 5", ""])

LESSON_EVENTS = st.one_of(
    st.builds(
        lessons.LessonHeld,
        slot=st.just(UUID(int=4)),
        journal=st.sampled_from([JOURNAL, UUID(int=5)]),
        date=st.just(date(2026, 10, 12)),
        number=st.integers(1, 3),
        starts=st.just(time(8, 30)),
        ends=st.just(time(9, 10)),
        answer_due=st.just(DUE),
        tzdb=st.just("2026a"),
    ),
    st.builds(lessons.TopicRecorded, text=texts),
    st.builds(
        homework.HomeworkSet, text=texts, manner=st.just(("oral",)), due=st.none(), due_lesson=st.none()
    ),
    st.builds(homework.HomeworkNotSet),
    st.builds(homework.IndividualHomeworkSet, pupil=pupils, text=secret, due=st.none(), due_lesson=st.none()),
    st.builds(
        marks.WorkAdded,
        work=works,
        kind=st.sampled_from(["test", "dictation"]),
        title=texts,
        due=st.just(DUE),
        window=st.just("W-07"),
        tzdb=st.just("2026a"),
    ),
    st.builds(marks.WorkWithdrawn, work=works),
    st.builds(marks.MarkGiven, work=works, pupil=pupils, value=st.sampled_from([(4,), (5,), (4, 3)])),
    st.builds(marks.MarkGiven, work=works, pupil=pupils, value=st.sampled_from([(2,), (3,), (3, 3)])),
    st.builds(marks.MarkWithdrawn, work=works, pupil=pupils),
    st.builds(attendance.AttendanceTaken),
    st.builds(attendance.AbsenceNoted, pupil=pupils),
    st.builds(attendance.AbsenceWithdrawn, pupil=pupils, came_late=st.booleans()),
    st.just(UnknownEvent(topic="of-the-future", state=b"{}")),
)
CASE_EVENTS = st.one_of(
    st.builds(
        late_entries.LateEntryRequested,
        case=cases,
        lesson=st.just(LESSON),
        journal=st.just(JOURNAL),
        target=st.sampled_from(["topic", "lesson"]),
        work=st.none(),
        pupil=st.none(),
        reason=secret,
    ),
    st.builds(late_entries.LateEntryPermitted, case=cases, until=st.just(DUE), reason=st.none() | secret),
    st.builds(late_entries.LateEntryDeclined, case=cases, reason=secret),
    st.builds(late_entries.LateEntryUsed, case=cases, use=st.sampled_from(["topic", "attendance"])),
    st.builds(late_entries.LateEntryWithdrawn, case=cases, reason=st.none()),
)
VOID = "void"


@st.composite
def histories(
    draw: st.DrawFn, events: st.SearchStrategy[object] = LESSON_EVENTS, category: Category = Category.LESSON
) -> list[Entry]:
    """1 to 30 entries of one stream at positions that are dense and begin anywhere; one in four is a void."""
    held = draw(events)
    first = draw(st.integers(1, 5))
    steps = [held, *draw(st.lists(st.one_of(events, events, events, st.just(VOID)), max_size=29))]
    entries: list[Entry] = []
    for n, step in enumerate(steps):
        event = _void(draw, entries) if step == VOID else step
        entries.append(_entry(event, first + n, n + 1, category, draw(st.integers(0, 3))))
    return entries


def _void(draw: st.DrawFn, entries: list[Entry]) -> EntriesVoided:
    """Of any entries before it, other voids among them; of its own future too, which counts for nothing."""
    positions = [e.position for e in entries] + [entries[-1].position + 1, entries[-1].position + 2]
    named = draw(st.lists(st.sampled_from(positions), min_size=1, max_size=4, unique=True))
    return EntriesVoided(act=UUID(int=9), positions=tuple(sorted(named)))


def _entry(event: object, position: int, version: int, category: Category, kind: int) -> Entry:
    stamp = Stamp(
        school=SCHOOL,
        account=UUID(int=6),
        person=UUID(int=7),
        role=Role.TEACHER,
        command_id=UUID(int=1000 + position),
        received_at=START + timedelta(minutes=position),
        origin=Origin.IMPORT if kind == 1 else Origin.UI,
        declared_at=START + timedelta(minutes=position - 1) if kind == 1 else None,
    )
    return Entry(
        position=position,
        category=category,
        stream=LESSON,
        version=version,
        event=event,
        stamp=stamp,
        recorded_at=stamp.received_at,
        findings=(Finding(code="W-01", delay=90),) if kind == 2 else (),
        causation=max(position - 1, 0) or None if kind == 3 else None,
    )
