"""Every job there is, in the order of the day."""

from __future__ import annotations

from ledger.regulation import Regulation
from web.jobs import coming_of_age, deadlines, emergency, exchange, second_opinion, slips
from web.jobs.job import Job, When

_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def _slips(regulation: Regulation) -> When | None:
    """P-67."""
    slip = regulation.paper_slip
    if not slip.on:
        return None
    return When(hour=slip.at.hour, minute=slip.at.minute, weekdays=_WEEKDAYS[slip.weekday - 1])


def _packs(regulation: Regulation) -> When | None:
    """P-68."""
    return When(hour=2, minute=30) if regulation.outage_papers else None


def _batches(regulation: Regulation) -> When | None:
    """P-36, P-92."""
    given = "portal" in regulation.diary_delivery and "export" in regulation.exchange
    return When(hour=4) if given else None


JOBS: tuple[Job, ...] = (
    Job(
        name="coming-of-age",
        title="Кому исполнилось 18 лет",
        why="с этого дня дневник — его собственный, родителям — с его согласия",
        when=lambda _: When(hour=0, minute=5),
        run=coming_of_age.run,
    ),
    Job(
        name="emergency",
        title="Комплект на время сбоя",
        why="по классам: список, расписание, отметки, задания — чтобы работать на бумаге (п. 7.11 порядка)",
        when=_packs,
        run=emergency.run,
    ),
    Job(
        name="second-opinion",
        title="Сверка страниц с записями",
        why="страницы журнала строятся заново по записям и сравниваются: расхождений быть не должно",
        when=lambda _: When(hour=3, minute=30),
        run=second_opinion.run,
    ),
    Job(
        name="exchange",
        title="Пакет внешнему дневнику",
        why="что изменилось в отметках, пропусках и заданиях с прошлого пакета",
        when=_batches,
        run=exchange.run,
    ),
    Job(
        name="deadlines",
        title="Что истекло и что подошло",
        why="сроки отчётов, контроля и архива, разрешения, полномочия, освобождения; сутки на ответ",
        when=lambda _: When(hour=6),
        run=deadlines.run,
    ),
    Job(
        name="slips",
        title="Распечатки семьям на бумаге",
        why="неделя каждого, чья семья просила бумагу (п. 7.2 порядка)",
        when=_slips,
        run=slips.run,
    ),
)
