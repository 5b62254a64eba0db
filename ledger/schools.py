"""The folded schools of this process, advanced by the entries after the position they have (design 3)."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import replace
from threading import Lock
from uuid import UUID

from ledger.appending import Store
from ledger.entry import Entry
from ledger.events.voids import VOIDING
from ledger.school import School
from ledger.school_fold import SCHOOL_CATEGORIES, advance, fold_school

KEPT_MOMENTS = 8  # schools of earlier moments kept for inspectors, whole objects


class Schools:
    """A cache; the ledger is the truth. Safe for threads: a School is immutable and only replaced."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._heads: dict[UUID, School] = {}
        self._asked: dict[UUID, int] = {}  # the last position up to which the news were asked for
        self._moments: OrderedDict[tuple[UUID, int], School] = OrderedDict()
        self._lock = Lock()

    def known(self, school: UUID) -> School:
        """As this process last saw it; empty at position 0 when it never did. No reading."""
        return self._heads.get(school, School(id=school))

    def advanced(self, known: School, news: Sequence[Entry]) -> School:
        """`known` after `news`, kept for the next one; folded anew when they void something."""
        if not news:
            return known
        after = self._after(known, news)
        with self._lock:
            if after.position >= self._heads.get(known.id, known).position:
                self._heads[known.id] = after
        return after

    def current(self, school: UUID) -> School:
        known = self.known(school)
        loaded = self._store.load(school, categories=SCHOOL_CATEGORIES, after=known.position)
        return self.advanced(known, loaded.news)

    def at(self, school: UUID, position: int) -> School:
        """The school after the entry `position`, which is in the ledger: what was asked for then is not asked again."""
        if position > self._asked.get(school, 0):
            current = self.current(school)
            self._asked[school] = position
        else:
            current = self.known(school)  # read after what was asked, which is said last
        if position >= current.position:
            return current
        with self._lock:
            kept = next(
                (s for (i, p), s in self._moments.items() if i == school and s.position <= position < p), None
            )
        return kept or self._past(current, position)

    def _past(self, current: School, position: int) -> School:
        """From the nearest earlier moment that is kept; its lessons are those of the head where they lie alike."""
        base = self._nearest(current.id, position)
        later = self._store.load(current.id, categories=SCHOOL_CATEGORIES, after=base.position).news
        past = self._after(base, [e for e in later if e.position <= position])
        past = replace(past, timetable=current.timetable.relaid(past))
        following = next((e.position for e in later if e.position > position), current.position + 1)
        with self._lock:
            self._moments[current.id, following] = past
            while len(self._moments) > KEPT_MOMENTS:
                self._moments.popitem(last=False)
        return past

    def _nearest(self, school: UUID, position: int) -> School:
        with self._lock:
            kept = [s for (i, _), s in self._moments.items() if i == school and s.position <= position]
        return max(kept, key=lambda each: each.position, default=School(id=school))

    def _after(self, known: School, news: Sequence[Entry]) -> School:
        """`known` after `news`; folded anew when they void something of what it knows."""
        if not known.position:
            return fold_school(known.id, news)
        if any(isinstance(e.event, VOIDING) for e in news):
            return self._folded(known.id, news[-1].position)
        return advance(known, news)

    def _folded(self, school: UUID, position: int) -> School:
        entries = self._store.load(school, categories=SCHOOL_CATEGORIES).news
        return fold_school(school, [e for e in entries if e.position <= position])
