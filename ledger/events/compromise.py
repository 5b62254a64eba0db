"""A breach of the confidentiality of access and the Act about it (UstBelaya 10.3, 10.4; R-173…R-188). Stream: incident.

Times people declare are the school's local ones; those of the programme stand in the stamps. What an Act voids is
written by the same append as ActFinalised, as EntriesVoided in the streams concerned.
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from ledger.personal import PersonalText


@dataclass(frozen=True, kw_only=True, slots=True)
class CompromiseReported:
    """`account` whose access somebody else may have used; `detected_at` and `reported_at` are local, in that order;
    `signed`: by somebody signed in (an unsigned report blocks nobody until it is confirmed). `text` is about the
    owner of the account."""

    account: UUID
    owner: UUID
    detected_at: datetime
    reported_at: datetime
    signed: bool
    text: PersonalText | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class NoticeReceived:
    """The director or the technical support (`role`) says when the notice reached them: declared, local, between the
    detection and now (E-16). The first receipt blocks the account."""

    role: str
    received_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class NoticeRejected:
    """There was no breach. `reason` is about the owner."""

    reason: PersonalText


@dataclass(frozen=True, kw_only=True, slots=True)
class CommissionAppointed:
    """`members` replace those of an earlier appointment; whoever is no longer among them has not signed."""

    members: tuple[UUID, ...]
    order: UUID


@dataclass(frozen=True, kw_only=True, slots=True)
class ActDrawnUp:
    """`date` and `number` of the paper; `since` the local moment from which what was done with the access is void
    (P-61); `annuls` the Act that is annulled by this one (R-188), None for an Act that voids. `listed`: the fingerprint
    of the entries its annex named, which are what the commission signs; "" of an older Act, and of one that annuls."""

    act: UUID
    number: str
    date: date
    since: datetime
    annuls: UUID | None = None
    listed: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class ActSigned:
    """By the member of the commission who stands in the stamp."""

    act: UUID


@dataclass(frozen=True, kw_only=True, slots=True)
class ActFinalised:
    """From now on it counts; `entries` is how many it voids (or gives back)."""

    act: UUID
    entries: int


@dataclass(frozen=True, kw_only=True, slots=True)
class ActSuspended:
    """The Act was finalised with an access that `by`, the Act of another breach, calls compromised (E-15): its own
    entry is void with it, and another person has to finalise it, or a new one, again."""

    act: UUID
    by: UUID
