"""An import somebody has looked at is applied as it was looked at, or not at all."""

from __future__ import annotations

from hashlib import sha256

from commands.deciding import Refusal
from ledger.entry import Draft

CHANGED = "import-changed"


def digest(drafts: tuple[Draft, ...]) -> str:
    """What tells two sets of changes apart: events, streams and the versions they would take."""
    lines = sha256()
    for draft in drafts:
        lines.update(f"{draft.stream} {draft.version} {draft.event!r}\n".encode())
    return lines.hexdigest()


def as_agreed(drafts: tuple[Draft, ...], agreed: str) -> tuple[Draft, ...]:
    """`agreed` is the digest of the preview, "" where there was none. Raises Refusal where it is another now."""
    if agreed and digest(drafts) != agreed:
        raise Refusal(
            CHANGED,
            "Пока вы смотрели, школа изменилась: загрузка внесла бы уже не то. Посмотрите ещё раз.",
            status=409,
        )
    return drafts
