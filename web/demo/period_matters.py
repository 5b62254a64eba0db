"""What is decided around the marks of a period: exceptions, closed sheets, final marks, promotion."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from commands.attestation_exceptions import GrantException, RequestException
from commands.corrections import CorrectionItem, RequestCorrections
from commands.final_corrections import ConcludeFinalCorrection
from commands.importing import ids
from commands.period_close import ClosePeriods, SheetRef
from commands.promotion import PromotionItem, ProposePromotion
from ledger.correction_cell import PERIOD_MARK
from ledger.entry import Entry
from ledger.period_sheet import LEAST_MARKS, NON_ATTESTATION, PERIOD
from ledger.school import School
from web.demo import pupils
from web.demo.period_marks import CLASS, Page, of_class, proposals
from web.demo.school_days import at, before
from web.demo.steps import Look, Step, command_id

GRADUATING = "9А"
TOO_FEW = "Отметок мало: уроки пришлись на соревнования. Весь материал сдан устно, зачётный лист у меня."
ILL = "Болеет с сентября, задания выполняет дома и сдаёт в срок; семья просит аттестовать."
GRANTED = "Справка есть, работы сданы, родители согласны."
AGREEMENT = "заявление родителей"
EXPLANATION = "Объяснительная: при переносе из рабочей тетради строки учеников сдвинулись на одну."
CONCLUSION = "Работы просмотрены: отметка за контрольную внесена соседу по списку. Исправление обосновано."


def steps(found: tuple[Page, ...], school: School, now: datetime) -> Iterator[Step]:
    evening = at(before(school, now)[-1], 20, 35)
    own, final = (
        tuple(page for page in of_class(found, title, school) if page.made < evening)
        for title in (CLASS, GRADUATING)
    )
    whole_class = tuple(page for page in own if school.journals[page.journal].group is None)
    yield from _exceptions(whole_class[-2:], school, evening)
    whole = sorted(final, key=lambda page: -len(school.timetable.by_journal[page.journal]))
    yield from _final(tuple(whole[:2]), school, evening + timedelta(minutes=5))
    command = ProposePromotion(
        year=max(school.years),
        items=(PromotionItem(pupil=_ill(school), decision="conditionally"),),
        confirmed=True,
    )
    yield Step(at=evening, person=_person(school, "gromova"), key="promotion", command=command)


def _exceptions(own: tuple[Page, ...], school: School, when: datetime) -> Iterator[Step]:
    """One waits for the deputy; of the pupil who was ill for most of the period one was granted."""
    if len(own) < 2:
        return
    granted, asked = own
    yield Step(
        at=when,
        person=asked.teacher,
        key="exception/asked",
        command=lambda look: _asked(asked, look, school),
    )
    yield Step(
        at=when - timedelta(hours=3),
        person=granted.teacher,
        key="exception/granted",
        command=_exception(granted, _ill(school), NON_ATTESTATION, ILL),
    )
    decided = GrantException(
        journal=granted.journal,
        period=granted.period,
        pupil=_ill(school),
        ground=NON_ATTESTATION,
        reason=GRANTED,
        case=uuid5(command_id(school.id, "exception/granted"), "exception"),
        agreed_on=when.date(),
        document=AGREEMENT,
        confirmed=True,
    )
    made = when - timedelta(hours=2, minutes=10)
    yield Step(at=made, person=_person(school, "dyachkova"), key="exception/decided", command=decided)


def _asked(page: Page, look: Look, school: School) -> RequestException:
    """About whoever has too few marks, if anybody has."""
    short = next((pupil for pupil, _ in proposals(page, look, short=True)), None)
    if short is None:
        return _exception(page, _ill(school), NON_ATTESTATION, ILL)
    return _exception(page, short, LEAST_MARKS, TOO_FEW)


def _exception(page: Page, pupil: UUID, ground: str, reason: str) -> RequestException:
    return RequestException(
        journal=page.journal, period=page.period, pupil=pupil, ground=ground, reason=reason, confirmed=True
    )


def _final(final: tuple[Page, ...], school: School, when: datetime) -> Iterator[Step]:
    """Sheets of the ninth grade are closed; two marks there wait, one for the conclusion, one for the director."""
    sheets = tuple(SheetRef(journal=page.journal, period=page.period) for page in final)
    closed = ClosePeriods(sheets=sheets, confirmed=True)
    yield Step(at=when, person=_person(school, "efimova"), key="closed", command=closed)
    for n, page in enumerate(final, start=1):
        made = when + timedelta(minutes=6 * n)
        yield Step(at=made, person=page.teacher, key=f"final/{n}", command=_wrong(page, n))
    for page in final[1:]:
        conclusion = ConcludeFinalCorrection(
            case=uuid5(command_id(school.id, "final/2"), "0"),
            journal=page.journal,
            period=page.period,
            conclusion=CONCLUSION,
            confirmed=True,
        )
        made = when + timedelta(minutes=30)
        yield Step(at=made, person=_person(school, "dyachkova"), key="final/concluded", command=conclusion)


def _wrong(page: Page, n: int) -> Callable[[Look], RequestCorrections]:
    """The n-th number of the sheet, another one."""

    def made(look: Look) -> RequestCorrections:
        marks = look.period_sheet(page.journal, page.period).marks
        numbers = [(pupil, entry) for (_, pupil), entry in marks.items() if _value(entry).isdigit()]
        pupil, entry = numbers[min(n, len(numbers) - 1)]
        better = {"5": "4"}.get(_value(entry), str(int(_value(entry)) + 1))
        item = CorrectionItem(
            target=PERIOD_MARK,
            journal=page.journal,
            period=page.period,
            kind=PERIOD,
            pupil=pupil,
            new=better,
            seen=entry.position,
        )
        return RequestCorrections(items=(item,), ground="erroneous_entry", reason=EXPLANATION, confirmed=True)

    return made


def _value(entry: Entry) -> str:
    return entry.event.value  # type: ignore[attr-defined, no-any-return]


def _ill(school: School) -> UUID:
    return ids.pupil(school.id, pupils.LONG_ILL)


def _person(school: School, code: str) -> UUID:
    return ids.person(school.id, code)
