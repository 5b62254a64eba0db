"""Whatever teachers do, and whatever an Act voids, three tellings agree: the folds that decide, the rows of
the pages at every position, and a plain model that recomputes everything by brute force.

`LETOPIS_MACHINE=long` runs it longer (make test keeps it short).
"""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid5

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from commands.attendance import NoteAbsence, TakeAttendance, WithdrawAbsence
from commands.deciding import Conflict, Refusal
from commands.homework import SetHomework, SetIndividualHomework, SetNoHomework
from commands.late_entries import (
    CaseRef,
    DeclineLateEntries,
    LateEntryItem,
    PermitLateEntries,
    RequestLateEntry,
    WithdrawLateEntry,
)
from commands.lessons import RecordTopic
from commands.marks import AddWork, ColumnMark, FillColumn, GiveMark, WithdrawMark, WithdrawWork
from ledger.appending import Append
from ledger.entry import Category, Draft, Entry
from ledger.events.voids import EntriesVoided
from ledger.streams import late_entries
from projections.changes import Row, Scope, intervals
from projections.models import LATE_ENTRIES, SHEETS, Model
from tests.plain_model import plain_cases, plain_rows, plain_sheet
from tests.story import Story
from tests.world import SCHOOL_ID, given_lesson, named, stamp

LONG = os.environ.get("LETOPIS_MACHINE") == "long"
LESSONS = [given_lesson("7А Русский язык", "2026-10-12"), given_lesson("7А Русский язык", "2026-10-13")]
PUPILS = [named(p) for p in ("Антипина Дарья", "Вуквукай Илья", "Каляна Мария")]
# Asked for on the first day and three days later: some of it is in time, some late, some refused.
START = "2026-10-13 10:10"

lessons, pupils = st.sampled_from(LESSONS), st.sampled_from(PUPILS)
values = st.sampled_from(["3", "4", "5", "3", "4", "4/3", "9"])
columns = st.integers(0, 2)  # the ready one or an added one, where there is one


def position(entry: Entry | None) -> int:
    return entry.position if entry else 0


class Journal(RuleBasedStateMachine):
    """A page of the journal with its teacher (Лебедева), the deputy (Ефимова) and an Act."""

    def __init__(self) -> None:
        super().__init__()
        self.story = Story()
        self.now = self.story.at(START)
        self.done = 0

    def do(self, by: str, command: object) -> None:
        """Refusals and conflicts are honest answers; whatever else is raised is a defect."""
        self.done += 1
        before = self.story.store.head(SCHOOL_ID).position
        try:
            self.story.do(by, self.now, command)
        except (Refusal, Conflict):
            assert self.story.store.head(SCHOOL_ID).position == before, "half applied"

    def entries(self, stream: UUID) -> tuple[Entry, ...]:
        return self.story.entries(stream)

    def work(self, lesson: UUID, n: int) -> UUID:
        works = [lesson, *(w for w in plain_sheet(self.entries(lesson)).works if w != lesson)]
        return works[n % len(works)]

    def seen(self, lesson: UUID, work: UUID, pupil: UUID, right: bool) -> int:
        standing = plain_sheet(self.entries(lesson)).marks.get((work, pupil))
        return (standing.position if standing else 0) + (0 if right else 1)

    @rule(minutes=st.sampled_from([1, 5, 30, 30, 60, 840]))
    def time_passes(self, minutes: int) -> None:
        self.now = self.story.at(self.now + timedelta(minutes=minutes))

    @rule(
        lesson=lessons,
        pupil=pupils,
        value=values,
        column=columns,
        right=st.sampled_from([True, True, False]),
        sure=st.booleans(),
    )
    def give_a_mark(self, lesson, pupil, value, column, right, sure) -> None:
        work = self.work(lesson.id, column)
        seen = self.seen(lesson.id, work, pupil, right)
        command = GiveMark(lesson=lesson.id, work=work, pupil=pupil, value=value, seen=seen, confirmed=sure)
        self.do("Лебедева", command)

    @rule(lesson=lessons, value=values, column=columns)
    def fill_a_column(self, lesson, value, column) -> None:
        work = self.work(lesson.id, column)
        marks = tuple(
            ColumnMark(pupil=p, value=value, seen=self.seen(lesson.id, work, p, True)) for p in PUPILS
        )
        self.do("Лебедева", FillColumn(lesson=lesson.id, work=work, marks=marks, confirmed=True))

    @rule(lesson=lessons, pupil=pupils, column=columns)
    def withdraw_a_mark(self, lesson, pupil, column) -> None:
        work = self.work(lesson.id, column)
        seen = self.seen(lesson.id, work, pupil, True)
        self.do("Лебедева", WithdrawMark(lesson=lesson.id, work=work, pupil=pupil, seen=seen))

    @rule(lesson=lessons, kind=st.sampled_from(["dictation", "dictation_grammar", "test", "essay"]))
    def add_a_work(self, lesson, kind) -> None:
        self.do("Лебедева", AddWork(lesson=lesson.id, kind=kind, confirmed=True))

    @rule(lesson=lessons, column=columns)
    def withdraw_a_work(self, lesson, column) -> None:
        self.do("Лебедева", WithdrawWork(lesson=lesson.id, work=self.work(lesson.id, column), confirmed=True))

    @rule(lesson=lessons, absent=st.lists(pupils, max_size=2, unique=True))
    def take_attendance(self, lesson, absent) -> None:
        shown = plain_sheet(self.entries(lesson.id)).absences.values()
        seen = tuple(entry.position for entry in shown)
        self.do("Лебедева", TakeAttendance(lesson=lesson.id, absent=tuple(absent), seen=seen))

    @rule(lesson=lessons, pupil=pupils)
    def note_an_absence(self, lesson, pupil) -> None:
        self.do("Лебедева", NoteAbsence(lesson=lesson.id, pupil=pupil))

    @rule(lesson=lessons, pupil=pupils)
    def withdraw_an_absence(self, lesson, pupil) -> None:
        standing = plain_sheet(self.entries(lesson.id)).absences.get(pupil)
        seen = standing.position if standing else 0
        self.do("Лебедева", WithdrawAbsence(lesson=lesson.id, pupil=pupil, came_late=True, seen=seen))

    @rule(lesson=lessons, text=st.sampled_from(["Причастие", "Наречие"]), both=st.booleans())
    def record_a_topic(self, lesson, text, both) -> None:
        also = tuple(each.id for each in LESSONS if both and each is not lesson)
        seen = position(plain_sheet(self.entries(lesson.id)).topic)
        self.do("Лебедева", RecordTopic(lesson=lesson.id, text=text, also=also, seen=seen))

    @rule(lesson=lessons, how=st.sampled_from(["all", "none", "one"]), pupil=pupils)
    def set_homework(self, lesson, how, pupil) -> None:
        sheet = plain_sheet(self.entries(lesson.id))
        seen = position(sheet.individual.get(pupil) if how == "one" else sheet.homework)
        said = {"lesson": lesson.id, "seen": seen, "confirmed": True}
        command = {
            "all": lambda: SetHomework(text="§ 4", **said),
            "none": lambda: SetNoHomework(**said),
            "one": lambda: SetIndividualHomework(pupil=pupil, text="карточка 2", **said),
        }[how]()
        self.do("Лебедева", command)

    @rule(lesson=lessons, about=st.sampled_from(["lesson", "topic", "attendance", "homework"]))
    def ask_for_a_late_entry(self, lesson, about) -> None:
        item = LateEntryItem(lesson=lesson.id, target=about)
        self.do("Лебедева", RequestLateEntry(items=(item,), reason="болела", confirmed=True))

    @rule(
        lesson=lessons, word=st.sampled_from(["permit", "permit", "decline", "withdraw"]), n=st.integers(0, 3)
    )
    def decide_on_a_late_entry(self, lesson, word, n) -> None:
        cases = list(plain_cases(self.entries(late_entries(SCHOOL_ID, lesson.id))))
        if not cases:
            return
        ref = CaseRef(case=cases[n % len(cases)], lesson=lesson.id)
        command = {
            "permit": PermitLateEntries(cases=(ref,), reason="лист нетрудоспособности", confirmed=True),
            "decline": DeclineLateEntries(cases=(ref,), reason="поздно", confirmed=True),
            "withdraw": WithdrawLateEntry(case=ref.case, lesson=lesson.id, confirmed=True),
        }[word]
        self.do("Ефимова", command)

    def streams(self) -> list[UUID]:
        return [s for each in LESSONS for s in (each.id, late_entries(SCHOOL_ID, each.id)) if self.entries(s)]

    @precondition(lambda self: self.streams())
    @rule(data=st.data())
    def an_act_voids(self, data) -> None:
        """Any entries of a stream, earlier voids among them, written straight into the store."""
        stream = data.draw(st.sampled_from(self.streams()))
        own = self.entries(stream)
        dead = data.draw(
            st.lists(st.sampled_from([e.position for e in own]), min_size=1, max_size=3, unique=True)
        )
        self.done += 1
        event = EntriesVoided(act=uuid5(SCHOOL_ID, f"act {self.done}"), positions=tuple(sorted(dead)))
        draft = Draft(category=own[0].category, stream=stream, version=None, event=event)
        made = stamp("Носов", START)
        made = replace(made, command_id=uuid5(SCHOOL_ID, f"void {self.done}"), received_at=self.now)
        self.story.store.append(Append(stamp=made, body_sha256=bytes(32), answer="{}", drafts=(draft,)))

    @invariant()
    def folds_agree_with_the_plain_model(self) -> None:
        for lesson in LESSONS:
            sheet, plain = self.story.sheet(lesson), plain_sheet(self.entries(lesson.id))
            assert sheet.marks == plain.marks
            assert sheet.absences == plain.absences
            assert set(sheet.works) == set(plain.works)
            assert (sheet.topic, sheet.homework, sheet.taken) == (plain.topic, plain.homework, plain.taken)
            cases = plain_cases(self.entries(late_entries(SCHOOL_ID, lesson.id)))
            assert {c: k.status for c, k in self.story.late(lesson).cases.items()} == cases

    def teardown(self) -> None:
        """Every position: once, at the end, since it costs the most."""
        for lesson in LESSONS:
            own = self.entries(lesson.id)
            rows = _rows(SHEETS, lesson.id, own)
            for n, entry in enumerate(own, start=1):
                assert _holding(rows, entry.position) == plain_rows(plain_sheet(own[:n]))
            cases = self.entries(late_entries(SCHOOL_ID, lesson.id))
            rows = _rows(LATE_ENTRIES, late_entries(SCHOOL_ID, lesson.id), cases)
            for n, entry in enumerate(cases, start=1):
                held = {key[1]: values[9] for key, values in _holding(rows, entry.position).items()}
                assert held == plain_cases(cases[:n])


def _rows(model: Model, stream: UUID, entries: tuple[Entry, ...]) -> list[Row]:
    assert all(e.category in (Category.LESSON, Category.CASE) for e in entries)
    scope = Scope.of(model, stream, ())
    return intervals([change for entry in entries for change in scope.advance(entry)])[1]


def _holding(rows: list[Row], position: int) -> dict[tuple, tuple]:
    return {r.key: r.values for r in rows if r.since <= position and (r.until is None or r.until > position)}


TestJournal = pytest.mark.filterwarnings("error")(Journal.TestCase)
TestJournal.settings = settings(
    max_examples=1000 if LONG else 100, stateful_step_count=100 if LONG else 50, deadline=None
)
