"""Rules on correction cases: who may ask, who decides (R-163…R-167, P-53…P-57); what a case brings is judged by
ledger.rules.brought."""

from __future__ import annotations

from typing import cast
from uuid import UUID

from ledger.correction import OPEN, CorrectionCase, place_of
from ledger.correction_cell import PERIOD_MARK, stands
from ledger.entry import Entry, Finding, Role
from ledger.events.corrections import (
    CorrectionApproved,
    CorrectionConcluded,
    CorrectionDeclined,
    CorrectionOrdered,
    CorrectionRequested,
)
from ledger.regulation import Regulation
from ledger.rules.brought import wanted_is_possible
from ledger.rules.deputies import deputy_for, deputy_of
from ledger.rules.lessons import lesson_is_planned, local, page_is_own, written_by_a_teacher
from ledger.rules.period_windows import mark_is_past_its_time
from ledger.rules.reinstatement import reinstatement_is_in_time
from ledger.rules.state import Rule, State
from ledger.rules.taint import reviewer_of_taint
from ledger.school import School
from ledger.windows import spoken

ERRONEOUS, OMITTED, REINSTATEMENT = "erroneous_entry", "omitted", "reinstatement"


def papers_for(asked: CorrectionRequested, school: School, regulation: Regulation) -> frozenset[str]:
    """What a correction of this mark takes besides a deputy's word (P-11, P-55, 7.14(b10)): explanation, conclusion,
    order; nothing of any other record."""
    terms = regulation.graduating_correction
    if asked.target != PERIOD_MARK or asked.kind not in terms.kinds:
        return frozenset()
    final = school.klass_of(asked.journal).grade in regulation.graduating_grades
    return terms.artefacts if final else frozenset()


def asked_of_the_own_page(
    entry: Entry, state: State, school: School, regulation: Regulation
) -> Finding | None:
    """W-19 as for the record itself: whose page it was that day, and whoever wrote what stands. What an order takes
    back is asked for by others (E-12)."""
    asked = cast(CorrectionRequested, entry.event)
    if asked.order is not None:
        return None
    if asked.act is not None and asked.ground != REINSTATEMENT:
        return reviewer_of_taint((asked.kind, asked.pupil), entry, state, school, regulation)
    stranger = written_by_a_teacher(entry, state, school, regulation)
    if stranger is not None or _author(asked, state) == entry.stamp.person:
        return stranger
    if asked.lesson is not None:
        return lesson_is_planned(entry, state, school, regulation) or page_is_own(
            entry, state, school, regulation
        )
    last = None if state.period is None else state.period.span.last
    days = (local(entry, school).date(), *(() if last is None else (last,)))
    own = any(school.teaches(entry.stamp.person, asked.journal, day) for day in days)
    return None if own else Finding(code="W-19", details={"date": spoken(days[-1])})


def nothing_is_revised(entry: Entry, state: State, school: School, regulation: Regulation) -> Finding | None:
    """7.14(b9), K-28: a mark for a period is corrected when it was set by error, or was forgotten, and for nothing
    else."""
    asked = cast(CorrectionRequested, entry.event)
    forgotten = asked.ground == OMITTED and not asked.seen
    if asked.target != PERIOD_MARK or asked.ground in (ERRONEOUS, REINSTATEMENT) or forgotten:
        return None
    return Finding(code="R-166")


def approver_is_competent(
    entry: Entry, state: State, school: School, regulation: Regulation
) -> Finding | None:
    """9.2(b4), 7.14(b9): a deputy of the competence, or the role that stands in (P-57)."""
    case = _case(entry, state)
    if case is None:
        return Finding(code="correction-case")
    return None if _competent(entry, case.asked, school, regulation) else _competence(case.asked)


def decliner_is_competent(
    entry: Entry, state: State, school: School, regulation: Regulation
) -> Finding | None:
    """The same; of a final mark of a graduating class also whoever concludes on it."""
    case = _case(entry, state)
    if case is not None and papers_for(case.asked, school, regulation):
        on = local(entry, school).date()
        if deputy_for("graduating", entry.stamp.person, on, school, regulation):
            return None
    return approver_is_competent(entry, state, school, regulation)


def another_than_the_requester(
    entry: Entry, state: State, school: School, regulation: Regulation
) -> Finding | None:
    """P-57, R-170: persons are compared, not roles or accounts."""
    case = _case(entry, state)
    own = case is not None and case.requested.stamp.person == entry.stamp.person
    return Finding(code="P-57") if own and regulation.four_eyes.on else None


def another_than_the_author(
    entry: Entry, state: State, school: School, regulation: Regulation
) -> Finding | None:
    """R-170: nor whoever wrote what stands there; deputies teach too."""
    case = _case(entry, state)
    if case is None or not regulation.four_eyes.on or _author(case.asked, state) != entry.stamp.person:
        return None
    code = "P-54" if case.asked.target == PERIOD_MARK else "P-53"
    return Finding(code=code, details={"case": "author"})


def nothing_more_is_needed(
    entry: Entry, state: State, school: School, regulation: Regulation
) -> Finding | None:
    """7.14(b10): a final mark of a graduating class waits for the conclusion and the director's распоряжение."""
    case = _case(entry, state)
    return None if case is None else _missing(case, papers_for(case.asked, school, regulation))


def order_has_its_papers(
    entry: Entry, state: State, school: School, regulation: Regulation
) -> Finding | None:
    case = _case(entry, state)
    papers = frozenset() if case is None else papers_for(case.asked, school, regulation)
    return None if case is None else _missing(case, papers - {"order"})


def conclusion_is_the_deputys(
    entry: Entry, state: State, school: School, regulation: Regulation
) -> Finding | None:
    """K-25, K-26: УМР considers marks of the graduating classes."""
    on = local(entry, school).date()
    competent = deputy_for("graduating", entry.stamp.person, on, school, regulation)
    return None if competent else Finding(code="P-55", details={"case": "conclusion"})


def each_paper_is_another_persons(
    entry: Entry, state: State, school: School, regulation: Regulation
) -> Finding | None:
    """R-167: the teacher explains, the deputy concludes, the director orders."""
    case = _case(entry, state)
    if case is None:
        return Finding(code="correction-case")
    said = {case.requested.stamp.person}
    if case.concluded is not None:
        said.add(case.concluded.stamp.person)
    return Finding(code="P-55", details={"case": "person"}) if entry.stamp.person in said else None


def _case(entry: Entry, state: State) -> CorrectionCase | None:
    """The case as it waited before this word."""
    case = state.corrections.cases.get(entry.event.case)  # type: ignore[attr-defined]
    return case if case is not None and case.status == OPEN else None


def _author(asked: CorrectionRequested, state: State) -> UUID | None:
    """Of what a case brought, whoever had asked for it."""
    entry, _ = stands(place_of(asked), state.sheet, None if state.period is None else state.period.sheet)
    if entry is None:
        return None
    brought = getattr(entry.event, "correction", None)
    earlier = None if brought is None else state.corrections.cases.get(brought)
    return (entry if earlier is None else earlier.requested).stamp.person


def _competent(entry: Entry, asked: CorrectionRequested, school: School, regulation: Regulation) -> bool:
    """A deputy of another competence who holds the role that stands in may, whichever of the two the stamp says."""
    person, on = entry.stamp.person, local(entry, school).date()
    fallback = regulation.four_eyes.fallback
    if entry.stamp.role not in {Role.DEPUTY.value, fallback}:
        return False
    if asked.ground == REINSTATEMENT and regulation.reinstatement.approver == Role.DIRECTOR.value:
        return Role.DIRECTOR.value in school.roles_of(person, on)  # P-66
    of_period = asked.target == PERIOD_MARK
    approvers = regulation.period_correction_approvers if of_period else regulation.correction_approvers
    matter = "period_correction" if of_period else "correction"
    return fallback in school.roles_of(person, on) or (
        deputy_of(approvers, person, on, school) and deputy_for(matter, person, on, school, regulation)
    )


def _competence(asked: CorrectionRequested) -> Finding:
    if asked.ground == REINSTATEMENT:
        return Finding(code="P-66", details={"case": "approver"})
    return Finding(code="P-54") if asked.target == PERIOD_MARK else Finding(code="P-53")


def _missing(case: CorrectionCase, papers: frozenset[str]) -> Finding | None:
    """The explanation is the request's own reason."""
    words = {"conclusion": "заключения заместителя директора", "order": "распоряжения директора"}
    there = {"explanation"} if case.concluded is None else {"explanation", "conclusion"}
    missing = [said for paper, said in words.items() if paper in papers - there]
    return Finding(code="P-55", details={"missing": ", ".join(missing)}) if missing else None


CASES: dict[type, tuple[Rule, ...]] = {
    CorrectionRequested: (
        asked_of_the_own_page,
        nothing_is_revised,
        mark_is_past_its_time,
        reinstatement_is_in_time,
        wanted_is_possible,
    ),
    CorrectionApproved: (
        approver_is_competent,
        nothing_more_is_needed,
        another_than_the_requester,
        another_than_the_author,
    ),
    CorrectionDeclined: (decliner_is_competent, another_than_the_requester, another_than_the_author),
    CorrectionConcluded: (conclusion_is_the_deputys, each_paper_is_another_persons, another_than_the_author),
    CorrectionOrdered: (order_has_its_papers, each_paper_is_another_persons, another_than_the_author),
}
