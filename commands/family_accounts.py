"""Access of pupils and their guardians, by the class teacher where the act's P-32 says so (R-044, Padun 2.2).

Given by web/account_desk.py only, like the commands of commands/accounts.py: the entry and the password's row are one
action. `pupil` is who is given access, or the child for whose sake a guardian is: rights are asked of that class.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from commands.accounts import CreateAccount, IssueCredential, create_account, issue_credential
from commands.deciding import Refusal, Sight
from ledger.account import fold_account
from ledger.entry import Draft, Role
from projections.class_access import CREATES, WHO_GIVES, staff_among


@dataclass(frozen=True, kw_only=True, slots=True)
class CreateFamilyAccount:
    """`account` and `credential` are minted by whoever asks; `person` is `pupil` or a guardian of theirs."""

    account: UUID
    person: UUID
    pupil: UUID
    credential: UUID


@dataclass(frozen=True, kw_only=True, slots=True)
class IssueFamilyCredential:
    """A new credential of `person`'s account, handed over in person (R-044)."""

    account: UUID
    person: UUID
    pupil: UUID
    credential: UUID


FamilyCommand = CreateFamilyAccount | IssueFamilyCredential


def create_family_account(command: CreateFamilyAccount, sight: Sight) -> tuple[Draft, ...]:
    _given_by_the_act(sight)
    _of_the_family(command, sight)
    created = CreateAccount(account=command.account, person=command.person, credential=command.credential)
    return create_account(created, sight)


def issue_family_credential(command: IssueFamilyCredential, sight: Sight) -> tuple[Draft, ...]:
    _given_by_the_act(sight)
    _of_the_family(command, sight)
    account = fold_account(command.account, sight.loaded.get(command.account, ()))
    if account.person != command.person:
        raise Refusal("account-exists", "Такой учётной записи нет.", status=404)
    if account.blocked:
        # Who closed it knows why: a new password would not be the way round.
        raise Refusal("account-open", "Доступ закрыт: открывает его администратор.", status=409)
    return issue_credential(IssueCredential(account=account.id, credential=command.credential), sight)


def _given_by_the_act(sight: Sight) -> None:
    if sight.stamp.role is Role.CLASS_TEACHER and sight.regulation.parent_credentials != CREATES:
        sentence = WHO_GIVES[sight.regulation.parent_credentials]
        raise Refusal("P-32", sentence, clause=sight.regulation.clause("P-32"), status=403)


def _of_the_family(command: FamilyCommand, sight: Sight) -> None:
    pupil = sight.school.pupils.get(command.pupil)
    if pupil is None:
        raise Refusal("no-pupil", "Такого ученика в школе нет.", status=404)
    if command.person not in (pupil.id, *pupil.guardians):
        raise Refusal("no-guardian", "Этот человек не записан родителем ученика.", status=404)
    if staff_among([command.person], sight.school, sight.now.date()):
        # One account a person: with a colleague's password a class teacher would be that colleague.
        sentence = "Этот человек работает в школе: его учётную запись ведёт администратор."
        raise Refusal("staff-account", sentence, status=403)
