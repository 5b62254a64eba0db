"""Values of a regulation that are each right and contradict each other.

Asked of a new file only: a text that was adopted is read for ever, whatever we learn to refuse later.
"""

from __future__ import annotations

from collections.abc import Iterator

from ledger.entry import Role
from ledger.lesson import ANSWER
from ledger.parameter_people import ANY_DEPUTY
from ledger.parameter_values import WorkTerms
from ledger.regulation_shape import Mode, Regulation

# A deputy permits an entry after its deadline and nothing else (W-40).
PERMITTED = frozenset({"W-01", "W-03", "W-04", "W-05", "W-07", "W-08", "W-09", "W-10"})

Contradiction = tuple[tuple[str, ...], str]


def contradictions(regulation: Regulation) -> Iterator[Contradiction]:
    """The key and what is wrong with its value, in the order of the file."""
    yield from _periods(regulation)
    yield from _grades_and_marks(regulation)
    yield from _attestation(regulation)
    yield from _windows(regulation)
    yield from _works(regulation)
    yield from _people(regulation)
    yield from _keeping(regulation)
    yield from _modes(regulation)


def _of(key: str, sentence: str) -> Contradiction:
    return ("parameters", key, "value"), f"противоречие: {sentence}"


def _periods(regulation: Regulation) -> Iterator[Contradiction]:
    if regulation.period_close_days > regulation.last_week_days:
        yield _of("P-09", "период закрывается раньше, чем начинается его последняя неделя (P-08)")
    if regulation.last_lesson_required and regulation.period_close_days:
        yield _of("P-10", "отметка ждёт последнего урока, а период закрывается до него (P-09)")


def _grades_and_marks(regulation: Regulation) -> Iterator[Contradiction]:
    unmarked = set(regulation.unmarked_grades)
    if both := unmarked & {*regulation.graduating_grades, *regulation.literacy_grades}:
        yield _of("P-12", f"классы {sorted(both)} без отметок названы в P-11 или P-28")
    if not regulation.scale:
        yield _of("P-13", "шкала пуста")
    if strange := set(regulation.unsatisfactory) - set(regulation.scale):
        yield _of("P-14", f"{sorted(strange)} нет в шкале P-13")


def _attestation(regulation: Regulation) -> Iterator[Contradiction]:
    fullness, least, control = regulation.fullness, regulation.least_marks, regulation.control_weight
    if not fullness.min_share <= fullness.medium <= fullness.high:
        yield _of("P-18", "нужно min_share ≤ medium ≤ high")
    if not least.under_2 <= least.under_3 <= least.from_3:
        yield _of("P-19", "нужно under_2 ≤ under_3 ≤ from_3")
    if regulation.least_marks_excused.marks > least.from_3:
        yield _of("P-20", "после болезни отметок нужно больше, чем без неё (P-19)")
    if regulation.non_attestation.scope != "subject":
        yield _of(
            "P-22", "пропуски считают по каждому предмету: общий счёт по всем (all_subjects) не ведётся"
        )
    if control.low > control.high:
        yield _of("P-23", "нужно low ≤ high")
    if regulation.deviation.reason_above > regulation.deviation.flag_above:
        yield _of("P-26", "нужно reason_above ≤ flag_above")


def _windows(regulation: Regulation) -> Iterator[Contradiction]:
    windows = {
        "P-41": regulation.answer_terms,
        "P-42": regulation.topic_terms,
        "P-43": regulation.homework_terms,
        "P-44": regulation.absence_terms,
    }
    for key, terms in windows.items():
        if terms.opens.rank == terms.hard.rank:
            yield _of(key, "окно закрывается в тот же миг, когда открывается")


def _works(regulation: Regulation) -> Iterator[Contradiction]:
    lines = regulation.work_terms
    for number, line in enumerate(lines, start=1):
        if not line.kinds:
            yield _of("P-45", f"строка {number}: kinds пуст, под неё подошла бы и текущая отметка (P-41)")
        if line.days == 0:
            yield _of("P-45", f"строка {number}: окно в 0 дней; «в тот же день» — это P-41, уберите строку")
        if any(_covers(earlier, line) for earlier in lines[: number - 1]):
            yield _of("P-45", f"строка {number} никогда не сработает: её работы берёт строка выше")
    if regulation.work_kinds[ANSWER].flags:
        yield ("works", ANSWER), "«Ответ на уроке» — текущая отметка: признаки работ ему не подходят"


def _covers(earlier: WorkTerms, later: WorkTerms) -> bool:
    def wider(mine: frozenset[str] | frozenset[int], other: frozenset[str] | frozenset[int]) -> bool:
        return not mine or (bool(other) and other <= mine)

    return (
        earlier.kinds <= later.kinds
        and wider(earlier.subjects, later.subjects)
        and wider(earlier.grades, later.grades)
    )


def _people(regulation: Regulation) -> Iterator[Contradiction]:
    asked = {
        "P-30": regulation.plan_authors,
        "P-31": regulation.timetable_editors,
        "P-38": regulation.substitution_recorders,
        "P-50": frozenset({regulation.category_role}),
    }
    for key, roles in asked.items():
        if unused := roles - regulation.roles:
            yield _of(key, f"роли {', '.join(sorted(unused))} нет среди ролей школы (P-93)")
    known = {*regulation.competences, ANY_DEPUTY}
    approvers = {
        "P-53": regulation.correction_approvers,
        "P-54": regulation.period_correction_approvers,
        "P-96": regulation.taint_reviewers,
    }
    for key, competences in approvers.items():
        if strange := competences - known:
            yield _of(key, f"компетенции {', '.join(sorted(strange))} нет в P-06")
    if regulation.working_group != (Role.WORKING_GROUP in regulation.roles):
        yield _of("P-82", "о рабочей группе P-93 говорит другое")
    if regulation.inspector != (Role.INSPECTOR in regulation.roles):
        yield _of("P-83", "о проверяющем P-93 говорит другое")


def _keeping(regulation: Regulation) -> Iterator[Contradiction]:
    if not regulation.absence_categories:
        yield _of("P-51", "список категорий пуст, ставить было бы нечего")
    if regulation.rollover.first > regulation.rollover.last:
        yield _of("P-89", "срок кончается раньше, чем начинается")
    if regulation.language_task and regulation.mode("P-76") is Mode.OFF:
        yield _of("P-76", "задача урока обязательна, а правило P-76 выключено")


def _modes(regulation: Regulation) -> Iterator[Contradiction]:
    for (code, case), word in regulation.rules.items():
        if word.mode is not Mode.PERMIT:
            continue
        path = ("rules", code, case, "mode") if case else ("rules", code, "mode")
        if code not in PERMITTED:
            yield path, "противоречие: разрешить можно только внесение после срока, у этого правила его нет"
        elif regulation.late_entry.mode != "approve":
            yield path, "противоречие с P-47: разрешать внесение после срока некому"
