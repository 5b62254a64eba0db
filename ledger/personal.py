"""Free text about a person, readable only while that person's key exists (design 3, PersonalText).

The ledger holds AES-256-GCM ciphertext under a key of the person the text is about; the leaf hashes the
ciphertext; the key lies, wrapped by a master key that is outside the database, in an erasable table.
Once the key is erased the screen says «данные удалены».
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

ERASED = "данные удалены"

KeyOf = Callable[[UUID], bytes | None]  # a person's key, None for an erased one


@dataclass(frozen=True, kw_only=True, slots=True)
class PersonalText:
    """Ciphertext of a text about `person`: 12 bytes of nonce, the ciphertext with its 16-byte tag."""

    person: UUID
    nonce: bytes
    sealed: bytes


def seal(text: str, *, person: UUID, key: bytes, nonce: bytes) -> PersonalText:
    """Encrypt `text` under the 32-byte `key` of `person`; `nonce` (12 bytes) never repeats for a key."""
    sealed = AESGCM(key).encrypt(nonce, text.encode(), person.bytes)
    return PersonalText(person=person, nonce=nonce, sealed=sealed)


def unseal(text: PersonalText, key_of: KeyOf) -> str:
    """The plain text, or «данные удалены» when the person's key was erased.

    Raises cryptography.exceptions.InvalidTag when the ciphertext or the key is not the right one: that is
    tampering, and must not be shown as an erasure.
    """
    key = key_of(text.person)
    return ERASED if key is None else AESGCM(key).decrypt(text.nonce, text.sealed, text.person.bytes).decode()


def opened(person: UUID, nonce: bytes | None, sealed: bytes | None, key_of: KeyOf) -> str:
    """`unseal` of what a row keeps of a text; "" where there is none."""
    if nonce is None or sealed is None:
        return ""
    return unseal(PersonalText(person=person, nonce=bytes(nonce), sealed=bytes(sealed)), key_of)


__all__ = ["ERASED", "InvalidTag", "PersonalText", "opened", "seal", "unseal"]
