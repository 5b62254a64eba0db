"""How pupils learn, by the formulas of requirements 1.U: C-11, C-15, C-27, C-28."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from ledger import streams
from ledger.events.promotion import PromotionDecided
from tests.plain_year.facts import Facts, Filter, percent
from tests.plain_year.marks import period_marks, sits, taught
from tests.plain_year.presence import attendance
from tests.plain_year.teaching import Figures, Lines
from tests.world import SCHOOL_ID

YEAR = streams.year(SCHOOL_ID, 2026)
SPAN = date(2026, 9, 1), date(2027, 5, 28)
NOT_ATTESTED, EXEMPT = "н/а", "осв"
DECISIONS = {"promoted": "переведён в следующий класс", "conditionally": "переведён условно"}


@dataclass(frozen=True, kw_only=True)
class Term:
    id: UUID
    title: str
    first: date
    last: date


def terms(facts: Facts, class_id: UUID) -> list[Term]:
    level = facts.classes[class_id].level
    own = [
        Term(id=id, title=each.title, first=each.first, last=each.last)
        for id, each in facts.periods.items()
        if each.level == level
    ]
    return sorted(own, key=lambda each: each.first)


def term_of(facts: Facts, class_id: UUID, about: Filter) -> Term | None:
    """Of those begun the last that ends in the days asked for, else the one that runs on the last of them."""
    if about.first <= SPAN[0] and about.last >= SPAN[1]:
        return Term(id=YEAR, title="год", first=SPAN[0], last=SPAN[1])
    met = [each for each in terms(facts, class_id) if each.first <= about.last and each.last >= about.first]
    begun = [each for each in met if each.first <= facts.now.date()]
    ended = [each for each in begun if each.last <= about.last]
    return (ended or begun or met[:1] or [None])[-1]


def marks_in(
    facts: Facts, pupil: UUID, class_id: UUID, term: Term, on: date, about: Filter
) -> dict[UUID, str]:
    """By subject, "" where none stands. A mark brought from another class counts until there is one here (E-06)."""
    found: dict[UUID, str] = {}
    kind = "year" if term.id == YEAR else "period"
    given = period_marks(facts)
    for journal, page in facts.pages.items():
        if page.class_id != class_id or not facts.marked(journal) or not sits(facts, pupil, journal, on):
            continue
        if about.subject not in (None, page.subject) or not taught(facts, journal, about):
            continue
        here = given.get((journal, term.id, kind, pupil))
        brought = [
            entry
            for (other, period, which, whose), entry in given.items()
            if (period, which, whose) == (term.id, kind, pupil) and facts.pages[other].subject == page.subject
        ]
        best = here or max(brought, key=lambda each: each.position, default=None)
        value = best.event.value if best is not None else ""  # type: ignore[attr-defined]
        found[page.subject] = value or found.get(page.subject, "")
    return found


def word(values: list[str]) -> str:
    """Who is excellent, good …: of the marks of a pupil."""
    marks = [value for value in values if value.isdigit()]
    if "2" in marks or "1" in marks or NOT_ATTESTED in values:
        return "failing"
    if "" in values or not values:
        return "unset" if values else ""
    if marks and set(marks) == {"5"}:
        return "excellent"
    if marks and set(marks) <= {"4", "5"}:
        return "good"
    return ""


def tally(pupils: list[list[str]]) -> dict[str, Any]:
    """C-11: attested, н/а, осв, excellent, one «4», good, one «3», failing, success %, quality %. The shares are of
    those whose marks are all set: of the others it is not known how they have learnt."""
    counts: Counter[str] = Counter()
    for values in pupils:
        marks = [value for value in values if value.isdigit()]
        said = word(values)
        complete = bool(values) and "" not in values
        attested = complete and NOT_ATTESTED not in values and bool(marks)
        counts["attested"] += attested
        counts["not_attested"] += NOT_ATTESTED in values
        counts["exempt"] += EXEMPT in values
        counts["unset"] += "" in values
        counts[said] += said in ("failing", "excellent", "good")
        counts["one_four"] += attested and marks.count("4") == 1 and set(marks) <= {"4", "5"}
        counts["one_three"] += attested and marks.count("3") == 1 and set(marks) <= {"3", "4", "5"}
        judged = complete and bool(marks or NOT_ATTESTED in values)
        counts["judged"] += judged
        counts["passing"] += judged and said != "failing"
    keys = (
        *("attested", "not_attested", "exempt", "unset", "excellent", "one_four", "good", "one_three"),
        "failing",
    )
    return {
        "pupils": len(pupils),
        **{key: counts[key] for key in keys},
        "success": percent(counts["passing"], counts["judged"]),
        "quality": percent(counts["excellent"] + counts["good"], counts["judged"]),
        "judged": counts["judged"],
        "passing": counts["passing"],
    }


def _classes(facts: Facts, about: Filter) -> list[UUID]:
    return [
        each
        for each, klass in facts.classes.items()
        if about.class_id in (None, each) and about.level in (None, klass.level)
    ]


def _day(facts: Facts, term: Term) -> date:
    return max(term.first, min(term.last, facts.now.date()))


def _here(facts: Facts, class_id: UUID, term: Term, about: Filter) -> dict[UUID, list[str]]:
    """Marks of whoever is in the class at the end of the term, today while it runs, on its first day before that."""
    on = _day(facts, term)
    return {
        pupil: list(marks_in(facts, pupil, class_id, term, on, about).values())
        for pupil in facts.pupils_in(class_id, on)
    }


def by_level(facts: Facts, about: Filter) -> tuple[Lines, Figures]:
    lines: Lines = {}
    everybody: list[list[str]] = []
    levels: dict[str, list[list[str]]] = {}
    for class_id in _classes(facts, about):
        term = term_of(facts, class_id, about)
        if term is None:
            continue
        own = list(_here(facts, class_id, term, about).values())
        lines[str(class_id)] = tally(own)
        levels.setdefault(facts.classes[class_id].level, []).extend(own)
        everybody += own
    whole = tally(everybody)
    if len(lines) > 1:
        lines |= {level: tally(own) for level, own in levels.items()}
        lines["all"] = dict(whole)
    for own_line in lines.values():
        del own_line["judged"], own_line["passing"]
    good = whole["excellent"] + whole["good"]
    return lines, {
        "success": (whole["success"], whole["passing"], whole["judged"]),
        "quality": (whole["quality"], good, whole["judged"]),
        "failing": (whole["failing"], None, None),
    }


def by_term(facts: Facts, about: Filter) -> tuple[Lines, Figures]:
    """C-15: mean, quality %, success % by period that meets the days, and the change since the period before."""
    lines: Lines = {}
    for class_id in _classes(facts, about):
        before: dict[str, Any] = {}
        for term in terms(facts, class_id):
            if term.first > min(about.last, facts.now.date()):
                continue
            own = list(_here(facts, class_id, term, about).values())
            numbers = [int(value) for values in own for value in values if value.isdigit()]
            said = tally(own)
            now = {
                "pupils": said["pupils"],
                "mean": round(sum(numbers) / len(numbers), 2) if numbers else None,
                "quality": said["quality"],
                "success": said["success"],
            }
            if term.last >= about.first:
                lines[f"{class_id}/{term.id}"] = now | {
                    f"{key}_change": _change(now[key], before.get(key), 2 if key == "mean" else 1)
                    for key in ("mean", "quality", "success")
                }
            before = now
    return lines, {}


def _change(now: float | None, before: float | None, digits: int) -> float | None:
    return None if now is None or before is None else round(now - before, digits)


def class_report(facts: Facts, about: Filter) -> tuple[Lines, Figures]:
    """C-27: marks of the period per subject, the pupil's mean, absences of the days of the period."""
    assert about.class_id is not None
    term = term_of(facts, about.class_id, about)
    if term is None:
        return {}, {}
    on = _day(facts, term)
    inside = Filter(
        first=term.first,
        last=term.last,
        class_id=about.class_id,
        subject=about.subject,
        teacher=about.teacher,
    )
    missed, _ = attendance(facts, inside)
    lines: Lines = {}
    for pupil in facts.pupils_in(about.class_id, on):
        own = marks_in(facts, pupil, about.class_id, term, on, about)
        numbers = [int(value) for value in own.values() if value.isdigit()]
        away = missed.get(str(pupil), {})
        lines[str(pupil)] = {
            **{f"subject:{subject}": value or None for subject, value in own.items()},
            "mean": round(sum(numbers) / len(numbers), 2) if numbers else None,
            "missed": away.get("missed", 0),
            "days": away.get("days", 0),
        }
    own = list(_here(facts, about.class_id, term, about).values())
    said = tally(own)
    good = said["excellent"] + said["good"]
    figures: Figures = {
        "pupils": (len(lines), None, None),
        "success": (said["success"], said["passing"], said["judged"]),
        "quality": (said["quality"], good, said["judged"]),
        "failing": (said["failing"], None, None),
    }
    return lines | _feet(lines, said), figures


def _feet(lines: Lines, said: dict[str, Any]) -> Lines:
    """Of every subject: the mean of the marks, and the shares of marks and «н/а» that are enough and good."""
    if not lines:
        return {}
    mean: dict[str, Any] = {"missed": sum(own["missed"] for own in lines.values())}
    mean["days"] = sum(own["days"] for own in lines.values())
    success: dict[str, Any] = {}
    quality: dict[str, Any] = {}
    numbers = [
        int(v)
        for own in lines.values()
        for k, v in own.items()
        if k.startswith("subject:") and (v or "").isdigit()
    ]
    mean["mean"] = round(sum(numbers) / len(numbers), 2) if numbers else None
    for key in {key for own in lines.values() for key in own if key.startswith("subject:")}:
        values = [own.get(key) for own in lines.values()]
        marks = [int(value) for value in values if value and value.isdigit()]
        whole = len(marks) + values.count(NOT_ATTESTED)
        mean[key] = f"{sum(marks) / len(marks):.2f}".replace(".", ",") if marks else None
        for row, least in ((success, 3), (quality, 4)):
            part = percent(sum(mark >= least for mark in marks), whole)
            row[key] = None if part is None else f"{part:.1f}".replace(".", ",")
    return {"mean": mean, "success": success, "quality": quality}


def sheet(facts: Facts, about: Filter) -> tuple[Lines, Figures]:
    """C-28: pupils × subjects: period, year, attestation, final marks, and what was decided."""
    assert about.class_id is not None
    on = facts.now.date()
    decided = {entry.stream: event for entry, event in facts.of(PromotionDecided)}
    lines: Lines = {}
    for pupil in facts.pupils_in(about.class_id, on):
        lines[str(pupil)] = dict(_row(facts, pupil, about, on))
        if pupil in decided:
            lines[str(pupil)]["promotion"] = DECISIONS[decided[pupil].decision]
    return lines, {}


def _row(facts: Facts, pupil: UUID, about: Filter, on: date) -> Iterator[tuple[str, str | None]]:
    assert about.class_id is not None
    met = [
        each for each in terms(facts, about.class_id) if each.first <= about.last and each.last >= about.first
    ]
    for term in met:
        for subject, value in marks_in(facts, pupil, about.class_id, term, on, about).items():
            yield f"{subject}/{term.id}", value or None
    for (journal, period, kind, whose), entry in period_marks(facts).items():
        page = facts.pages[journal]
        if whose == pupil and period == YEAR and about.subject in (None, page.subject):
            yield f"{page.subject}/{kind}", entry.event.value  # type: ignore[attr-defined]
