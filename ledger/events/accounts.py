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


@dataclass(frozen=True, kw_only=True, slots=True)
class FeedIssued:
    """A secret address of a calendar; `kind` is teacher, class or pupil and `about` its id. `parent` is the credential
    under which it was issued: what the intruder issued dies with it."""

    feed: UUID
    kind: str
    about: UUID
    parent: UUID | None


@dataclass(frozen=True, kw_only=True, slots=True)
class FeedRevoked:
    feed: UUID
