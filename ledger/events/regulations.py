"""The school's local act as data (design 4, R-020). Stream: `ledger.streams.regulation(school)`."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, kw_only=True, slots=True)
class RegulationAdopted:
    """`toml` is the whole file; it judges from the school day `in_force` on."""

    title: str
    toml: str
    in_force: date
