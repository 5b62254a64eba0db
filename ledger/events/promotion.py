"""What becomes of a pupil after the year (R-075, matrix row 56). Stream: the pupil."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, kw_only=True, slots=True)
class PromotionProposed:
    """The class teacher's word; `decision` as in PromotionDecided."""

    year: int
    decision: str


@dataclass(frozen=True, kw_only=True, slots=True)
class PromotionDecided:
    """`decision`: promoted, conditionally (with a debt), retained (stays for another year), admitted (to the final
    attestation) or finished. `order` may follow with its number."""

    year: int
    decision: str
    order: UUID | None = None
