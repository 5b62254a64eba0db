"""Accounts and credentials (R-042, R-044, R-045, R-175). Stream: the account.

A password is in no command and no event: a credential is an id, and its hash stands in the erasable table
(ledger/accounts.py), written in the same action by web/account_desk.py. So these commands are given by that
desk only, and are not offered by the JSON API.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from commands.deciding import Refusal, Sight, drafts
from ledger.account import BY_ADMINISTRATOR, BY_CLASS_TEACHER, FOUNDING, OWN, Account, fold_account
from ledger.entry import Category, Draft, Role, Stamp
from ledger.events.accounts import AccountBlocked, AccountCreated, AccountUnblocked, CredentialIssued
from ledger.events.staff import RoleGranted
from ledger.school import School

# Free text about a person never stands in an entry unencrypted, so reasons are words of a list.
BLOCK_REASONS = ("compromise", "left", "transferred", "other")


@dataclass(frozen=True, kw_only=True, slots=True)
class CreateAccount:
    """`account` and `credential` are minted by whoever asks."""

    account: UUID
    person: UUID
    credential: UUID


@dataclass(frozen=True, kw_only=True, slots=True)
class IssueCredential:
    """A new credential by the trusted procedure: handed over in person (R-044)."""

    account: UUID
    credential: UUID


@dataclass(frozen=True, kw_only=True, slots=True)
class ChangeOwnPassword:
    """By whoever is signed in with the account; inherits a compromise (design 3, void selection)."""

    account: UUID
    credential: UUID


@dataclass(frozen=True, kw_only=True, slots=True)
class BlockAccount:
    """`reason` is one of BLOCK_REASONS."""

    account: UUID
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class UnblockAccount:
    account: UUID
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class AppointAdministrator:
    """The first administrator of a school, by whoever runs the server (letopis create-admin)."""

    person: UUID
    first: date


AccountCommand = CreateAccount | IssueCredential | ChangeOwnPassword | BlockAccount | UnblockAccount


def create_account(command: CreateAccount, sight: Sight) -> tuple[Draft, ...]:
    account = _account(command, sight)
    if account.person is not None:
        raise Refusal("account-new", "Такая учётная запись уже есть.", status=409)
    created = AccountCreated(person=command.person)
    return _drafts(account, created, _issued(command.credential, sight.stamp))


def issue_credential(command: IssueCredential, sight: Sight) -> tuple[Draft, ...]:
    account = _existing(command, sight)
    return _drafts(account, _issued(command.credential, sight.stamp))


def change_own_password(command: ChangeOwnPassword, sight: Sight) -> tuple[Draft, ...]:
    account = _existing(command, sight)
    if sight.stamp.account != account.id:
        raise Refusal("account-own", "Пароль меняет только владелец учётной записи.", status=403)
    # A credential replaced meanwhile is no longer one to descend from.
    if account.blocked or sight.stamp.credential != account.credential:
        raise Refusal("account-open", "Доступ закрыт или пароль уже заменён: войдите заново.", status=409)
    issued = CredentialIssued(credential=command.credential, procedure=OWN, parent=account.credential)
    return _drafts(account, issued)


def block_account(command: BlockAccount, sight: Sight) -> tuple[Draft, ...]:
    account = _existing(command, sight)
    if account.id == sight.stamp.account:
        # The last administrator would lock the school out.
        raise Refusal("account-own", "Закрыть доступ самому себе нельзя.", status=409)
    event = AccountBlocked(reason=_listed(command.reason))
    return () if account.blocked else _drafts(account, event)


def unblock_account(command: UnblockAccount, sight: Sight) -> tuple[Draft, ...]:
    account = _existing(command, sight)
    event = AccountUnblocked(reason=_listed(command.reason))
    if account.blocked and account.stolen:
        sentence = "Этот пароль мог узнать кто-то другой: сначала выдайте новый, потом откройте доступ."
        raise Refusal("account-stolen", sentence, status=409)
    return _drafts(account, event) if account.blocked else ()


def appoint_administrator(command: AppointAdministrator, sight: Sight) -> tuple[Draft, ...]:
    # A school whose only administrator was blocked must find its way back: whether there is one with access
    # is asked by web/first_admin.py, of the accounts.
    if sight.stamp.role is not Role.SYSTEM:
        raise Refusal(
            "administrator-first", "Первого администратора назначает letopis create-admin.", status=403
        )
    version = sight.school.version(command.person)
    granted = RoleGranted(role=Role.ADMINISTRATOR.value, first=command.first, until=None, competence=None)
    return drafts(Category.SCHOOL, command.person, version, granted)


def administrators(school: School, on: date) -> tuple[UUID, ...]:
    """Persons who hold the administrator's role that day."""
    return tuple(person for person in school.roles if Role.ADMINISTRATOR in school.roles_of(person, on))


def _issued(credential: UUID, stamp: Stamp) -> CredentialIssued:
    # Nobody is signed in where the server's own command line or an import founds accounts.
    procedures = {Role.SYSTEM: FOUNDING, Role.CLASS_TEACHER: BY_CLASS_TEACHER}
    procedure = procedures.get(stamp.role, BY_ADMINISTRATOR)
    return CredentialIssued(credential=credential, procedure=procedure, parent=stamp.credential)


def _account(command: AccountCommand, sight: Sight) -> Account:
    return fold_account(command.account, sight.loaded.get(command.account, ()))


def _existing(command: AccountCommand, sight: Sight) -> Account:
    account = _account(command, sight)
    if account.person is None:
        raise Refusal("account-exists", "Такой учётной записи нет.", status=404)
    return account


def _drafts(account: Account, *events: object) -> tuple[Draft, ...]:
    return drafts(Category.ACCOUNT, account.id, account.version, *events)


def _listed(reason: str) -> str:
    if reason not in BLOCK_REASONS:
        raise Refusal("account-reason", "Причина выбирается из списка.")
    return reason
