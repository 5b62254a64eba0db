"""W-18, P-38, P-40: who records a substitution and until when; both edges of both deadlines (7.12)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from ledger.entry import Role
from ledger.events.days import SubstitutionCancelled, SubstitutionRecorded
from ledger.events.staff import RoleGranted
from ledger.regulation import Regulation
from tests.world import FIRST, UST_BELAYA, codes, given_lesson, given_school, judged, named

PHYSICS = given_lesson("7А Физика", "2026-10-14")  # 10:25–11:05


def substitution(by: str = "Соколова", manner: str = "same_subject") -> SubstitutionRecorded:
    return SubstitutionRecorded(
        substitution=named("замена"),
        lesson=PHYSICS.id,
        absent=named("Петров"),
        substitute=named(by),
        manner=manner,
        order=None,
    )


CANCELLED = SubstitutionCancelled(substitution=named("замена"), lesson=PHYSICS.id)


def found(
    when: str, by: str = "Кеулькут", regulation: Regulation = UST_BELAYA, event: object = None
) -> list[str]:
    return codes(judged(event or substitution(), None, when, by=by, regulation=regulation))


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ("2026-10-14 08:40", []),
        ("2026-10-14 10:25:00.9", []),
        ("2026-10-14 10:25:01", ["W-18 late"]),
        ("2026-10-14 10:30", ["W-18 late"]),
        ("2026-10-14 11:05:00.9", ["W-18 late"]),
        ("2026-10-14 11:05:01", ["W-18 refuse"]),
        ("2026-10-15 08:00", ["W-18 refuse"]),
    ],
)
def test_a_substitution_is_recorded_when_it_is_organised(when: str, expected: list[str]) -> None:
    assert found(when) == expected


@pytest.mark.parametrize(
    ("when", "expected"),
    [("2026-10-14 11:05:00.9", ["P-38 refuse"]), ("2026-10-14 11:05:01", ["W-18 report"])],
)
def test_the_deputy_records_it_only_after_the_end(when: str, expected: list[str]) -> None:
    assert [code for code in found(when, by="Дьячкова") if code != "W-18 late"] == expected


def test_an_act_may_deny_substitutions_recorded_afterwards() -> None:
    strict = replace(UST_BELAYA, substitution_retro="deny", substitution_recorders=frozenset({"deputy"}))
    assert found("2026-10-14 11:05", by="Дьячкова", regulation=strict) == ["W-18 late"]
    assert found("2026-10-14 11:06", by="Дьячкова", regulation=strict) == ["W-18 refuse"]


def test_the_act_says_who_records_substitutions() -> None:
    perm = replace(UST_BELAYA, substitution_recorders=frozenset({"deputy"}))
    assert found("2026-10-14 08:40", by="Дьячкова", regulation=perm) == []
    assert found("2026-10-14 08:40", by="Кеулькут", regulation=perm) == ["P-38 refuse"]
    assert found("2026-10-14 08:40", by="Носов") == ["P-38 refuse"]


def test_only_a_deputy_of_the_right_competence_where_the_act_names_one() -> None:
    grant = RoleGranted(role="deputy", first=FIRST, until=None, competence="УМР")
    school = given_school((named("Громова"), grant))
    act = replace(
        UST_BELAYA,
        substitution_recorders=frozenset({"deputy"}),
        competences={"УВР": frozenset({"substitution"}), "УМР": frozenset({"print"})},
    )

    def of(person: str) -> list[str]:
        return codes(
            judged(
                substitution(),
                None,
                "2026-10-14 08:40",
                by=person,
                role=Role.DEPUTY,
                school=school,
                regulation=act,
            )
        )

    assert of("Громова") == ["P-38 refuse"]
    assert of("Дьячкова") == []  # a deputy whose competence was never narrowed


def test_nobody_stands_in_for_himself() -> None:
    assert "substitution-self refuse" in found("2026-10-14 08:40", event=substitution("Петров"))


def test_nobody_is_in_two_rooms_at_once_but_groups_may_be_joined() -> None:
    pe = given_lesson("7А Физкультура", "2026-10-14")  # fifth; Лебедева has 6А then

    def of(manner: str) -> list[str]:
        event = replace(substitution("Лебедева", manner), lesson=pe.id, absent=named("Ким"))
        return found("2026-10-14 08:40", event=event)

    assert of("same_subject") == ["substitution-clash refuse"]
    assert of("independent") == ["substitution-clash refuse"]
    assert of("joined") == []


def test_the_sentence_names_the_lesson_that_stands_in_the_way() -> None:
    pe = given_lesson("7А Физкультура", "2026-10-14")
    event = replace(substitution("Лебедева"), lesson=pe.id, absent=named("Ким"))
    (clash,) = judged(event, None, "2026-10-14 08:40", by="Кеулькут")
    assert "5-й урок, 6А, Русский язык" in clash.sentence


@pytest.mark.parametrize(
    ("when", "by", "expected"),
    [
        ("2026-10-14 11:05:00.9", "Кеулькут", []),
        ("2026-10-14 11:05:01", "Кеулькут", ["W-18 refuse"]),
        ("2026-10-14 11:05:01", "Дьячкова", ["W-18 report"]),
        ("2026-10-14 09:00", "Дьячкова", ["P-38 refuse"]),
    ],
)
def test_what_was_taught_is_not_rewritten_afterwards_but_by_the_deputy(
    when: str, by: str, expected: list[str]
) -> None:
    assert found(when, by=by, event=CANCELLED) == expected


def test_a_role_that_has_ended_records_nothing() -> None:
    assert date(2026, 8, 31) < FIRST
    assert found("2026-08-31 12:00")[0] == "P-38 refuse"
