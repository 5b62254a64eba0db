"""Links and files on a lesson or its homework. A file's bytes stand outside the ledger under the SHA-256 its entry
carries (ledger.materials); what they are was found in them by web/material_desk.py."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit
from uuid import UUID, uuid5

from commands.deciding import Refusal, Sight
from commands.in_lesson import in_lesson
from commands.texts import tidy
from ledger.entry import Draft
from ledger.events.lessons import MaterialAttached, MaterialWithdrawn

LONGEST_LINK = 2000
PLACES = ("lesson", "homework")


@dataclass(frozen=True, kw_only=True, slots=True)
class AttachLink:
    """A page of the web, http or https; `to` is lesson or homework."""

    lesson: UUID
    url: str
    title: str = ""
    to: str = "lesson"
    confirmed: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class AttachFile:
    """A file that was taken in: its name, `media` type, `size` in bytes and `sha256` in hexadecimal."""

    lesson: UUID
    title: str
    sha256: str
    media: str
    size: int
    to: str = "lesson"
    confirmed: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class WithdrawMaterial:
    lesson: UUID
    material: UUID
    confirmed: bool = False


def attach_link(command: AttachLink, sight: Sight) -> tuple[Draft, ...]:
    url = command.url.strip()
    if len(url) > LONGEST_LINK or not _is_web_page(url):
        raise Refusal("material", "Это не адрес страницы: он начинается с http:// или https://.")
    title = tidy(command.title) or urlsplit(url).hostname or url
    return _attached(command, title, sight, url=url)


def attach_file(command: AttachFile, sight: Sight) -> tuple[Draft, ...]:
    found = {"sha256": command.sha256, "media": command.media, "size": command.size}
    return _attached(command, tidy(command.title), sight, **found)


def withdraw_material(command: WithdrawMaterial, sight: Sight) -> tuple[Draft, ...]:
    if command.material not in sight.sheet(command.lesson).materials:
        return ()
    return in_lesson(command.lesson, sight, MaterialWithdrawn(material=command.material))


def _is_web_page(url: str) -> bool:
    """http or https with a host, nothing that hides where it leads: blanks, control characters, a user's name."""
    try:
        parts = urlsplit(url)
        host = parts.hostname
        plain = url.isprintable() and " " not in url and "\\" not in url and "@" not in parts.netloc
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(host) and plain


def _attached(
    command: AttachLink | AttachFile, title: str, sight: Sight, **found: object
) -> tuple[Draft, ...]:
    if command.to not in PLACES:
        raise Refusal("material", "Материал прикладывают к уроку или к домашнему заданию.")
    facts = {"url": None, "sha256": None, "media": None, "size": None, **found}
    event = MaterialAttached(
        material=uuid5(sight.stamp.command_id, "material"),
        to=command.to,
        title=title,
        **facts,  # type: ignore[arg-type]
    )
    return in_lesson(command.lesson, sight, event)
