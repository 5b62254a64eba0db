"""Security facts of an account, never sign-ins (design 3). Stream: the account."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, kw_only=True, slots=True)
class AccountCreated:
    person: UUID


@dataclass(frozen=True, kw_only=True, slots=True)
class CredentialIssued:
    """`procedure`: administrator or class_teacher (the trusted ones: handed over in person, P-32), own (changed by
    whoever was signed in) or founding. `parent` is the credential under which it was issued: its lineage (void
    selection)."""

    credential: UUID
    procedure: str
    parent: UUID | None


@dataclass(frozen=True, kw_only=True, slots=True)
class AccountBlocked:
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class AccountUnblocked:
    reason: str
