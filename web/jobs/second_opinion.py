"""Each night the pages are compared with what plain rules make of the entries (`letopis replay`)."""

from __future__ import annotations

from projections import second_opinion
from web.jobs.job import Due
from web.jobs.live import live


class PagesLie(Exception):
    """A sentence: the pages and the entries do not say the same."""


def run(due: Due) -> str:
    with live(due.here, due.school) as found:
        differences = second_opinion.compare(due.here.pool, found)
        position = found.as_of.position
    if differences:
        place, ours, theirs = differences[0]
        raise PagesLie(
            f"расхождений: {len(differences)}; первое: {place}, по записям «{ours}», на странице «{theirs}»"
        )
    return f"Страницы говорят то же, что записи, по запись № {position}."
