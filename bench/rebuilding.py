"""Rebuild of all pages of one large school: entries a second and peak memory, in a process of its own.

python -m bench.rebuilding HOME SCHOOL      (what `measure` runs: prints seconds and peak bytes as JSON)
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from datetime import date, datetime, time, timedelta
from pathlib import Path
from random import Random
from uuid import UUID, uuid4

from bench.place import ROOT
from bench.results import Numbers, row, timed
from bench.school import append
from ledger.entry import Category, Draft
from ledger.events import attendance, homework, lessons, marks
from ledger.store import PostgresStore, open_pool
from projections.rebuild import check, rebuild
from projections.runner import Runner
from web.embedded import Server, find_running

AT_ONCE = 500  # entries of an append


def measure(server: Server, home: Path, entries: int) -> Numbers:
    school = uuid4()
    with open_pool(server.dsns.app) as pool:
        fill(PostgresStore(pool), school, entries)
        print(f"   {entries} entries are there", flush=True)
    said = subprocess.run(
        [sys.executable, "-m", "bench.rebuilding", str(home), str(school)],
        check=True,
        capture_output=True,
        text=True,
        cwd=ROOT,
    ).stdout
    found = json.loads(said)
    return {
        "rebuild_entries": row(entries, "entries", None, "higher"),
        "rebuild_per_s": row(entries / found["seconds"], "entries/s", 8000, "higher"),
        "rebuild_peak_mb": row(found["peak"] / 2**20, "MB", 512, "lower"),
    }


def fill(store: PostgresStore, school: UUID, entries: int) -> None:
    """Lessons as they are written: presence, topic, homework, a test, two absences, marks."""
    random, pupils = Random(7), [uuid4() for _ in range(900)]
    teachers = [uuid4() for _ in range(60)]
    waiting: list[Draft] = []
    written = lesson = 0
    while written < entries:
        if len(waiting) >= AT_ONCE:
            append(store, school, tuple(waiting[:AT_ONCE]), person=random.choice(teachers))
            written += AT_ONCE
            del waiting[:AT_ONCE]
            continue
        stream, lesson = uuid4(), lesson + 1
        for event in _lesson(stream, lesson, random.sample(pupils, 24)):
            waiting.append(Draft(category=Category.LESSON, stream=stream, version=None, event=event))


def _lesson(stream: UUID, number: int, pupils: list[UUID]) -> list[object]:
    on, test = date(2026, 9, 1) + timedelta(days=number % 250), uuid4()
    due = datetime.combine(on, time(23, 59, 59))
    held = lessons.LessonHeld(
        slot=UUID(int=number),
        journal=UUID(int=number % 300),
        date=on,
        number=1,
        starts=time(8, 30),
        ends=time(9, 10),
        answer_due=due,
        tzdb="2026a",
    )
    set_for = homework.HomeworkSet(
        text=f"Учебник, § {number}, упр. 4",
        manner=("written",),
        due=on + timedelta(days=2),
        due_lesson=uuid4(),
    )
    added = marks.WorkAdded(work=test, kind="test", title="", due=due, window="W-07", tzdb="2026a")
    return [
        held,
        attendance.AttendanceTaken(),
        lessons.TopicRecorded(text=f"Дроби с разными знаменателями, урок {number}"),
        set_for,
        added,
        *(attendance.AbsenceNoted(pupil=pupil) for pupil in pupils[:2]),
        *(marks.MarkGiven(work=test, pupil=pupil, value=(4,)) for pupil in pupils[2:20]),
        *(marks.MarkGiven(work=test, pupil=pupil, value=(5,)) for pupil in pupils[2:5]),
        marks.MarkWithdrawn(work=test, pupil=pupils[5]),
    ]


def main(home: str, school: str) -> None:
    dsns = find_running(Path(home))
    assert dsns is not None
    with open_pool(dsns.app) as pool:
        store, runner = PostgresStore(pool), Runner(pool)
        seconds = timed(lambda: rebuild(store, pool, runner, UUID(school)))
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024  # Linux counts in kilobytes
        found = check(pool, runner, UUID(school))
    assert not any(map(any, found.values())), found
    print(json.dumps({"seconds": seconds, "peak": peak}))


if __name__ == "__main__":
    main(*sys.argv[1:])
