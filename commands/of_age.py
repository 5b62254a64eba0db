"""Pupils of age (R-048, K-17, P-37): the daily job says who is, the pupil says whether the guardians read on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from commands.deciding import Refusal, Sight
from commands.importing.terms import numbered
from commands.known import a_pupil
from commands.texts import plain
from ledger.entry import Draft, Role
from ledger.events.families import GuardiansAdmitted, PupilCameOfAge
from ledger.school import School

DOCUMENT_LENGTH = 200  # characters


@dataclass(frozen=True, kw_only=True, slots=True)
class NoteComingOfAge:
    """By the daily job only."""

    pupil: UUID


@dataclass(frozen=True, kw_only=True, slots=True)
class AdmitGuardians:
    """The pupil's own word, or on a signed paper, which `document` names, the class teacher's."""

    pupil: UUID
    allowed: bool
    document: str = ""


def whose(command: AdmitGuardians, school: School) -> tuple[dict[str, Any], ...]:
    return ({"pupil": command.pupil, "person": command.pupil},)


def note_coming_of_age(command: NoteComingOfAge, sight: Sight) -> tuple[Draft, ...]:
    pupil = a_pupil(command.pupil, sight)
    return () if pupil.of_age else numbered([(pupil.id, PupilCameOfAge())], sight.school)


def admit_guardians(command: AdmitGuardians, sight: Sight) -> tuple[Draft, ...]:
    """The same word again is not written again."""
    pupil = a_pupil(command.pupil, sight)
    if not pupil.of_age:
        raise Refusal("of-age", "Согласие нужно с 18 лет: сейчас дневник открыт родителям по закону.")
    if sight.regulation.adult_pupil != "consent":
        raise Refusal("P-37", "Порядок школы не спрашивает согласия совершеннолетнего ученика.")
    if sight.stamp.role is Role.CLASS_TEACHER and not command.document.strip():
        raise Refusal("document", "Назовите бумагу, которой ученик выразил согласие или отказ.")
    document = command.document.strip()
    event = GuardiansAdmitted(
        allowed=command.allowed,
        document=sight.sealed(plain(document, DOCUMENT_LENGTH), about=pupil.id) if document else None,
    )
    return () if pupil.admits is command.allowed else numbered([(pupil.id, event)], sight.school)
