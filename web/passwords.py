"""Passwords: kept only as argon2id hashes, made readable where people copy them by hand (R-042, R-045)."""

from __future__ import annotations

import secrets

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from flask_babel import gettext as _

# OWASP's argon2id setting of 19 MiB: eight threads that check at once stay under 160 MB.
HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)

# The password of every sign-in of a demonstration school, and of none elsewhere.
DEMONSTRATION = "letopis-demo"

# No letter or digit that is taken for another one, and none a Russian keyboard's owner must hunt for:
# 3 × 4 of 30 signs are 58 bits.
SIGNS = "abcdefghjkmnpqrstuvwxyz2345679"
SHORTEST = 8
LONGEST = 200
FEWEST_SIGNS = 5


class WeakPassword(ValueError):
    """A sentence that says what the new password lacks."""


def one_time() -> str:
    """A password for the first sign-in, like «kq7m-4tzd-x2ha»."""
    return "-".join("".join(secrets.choice(SIGNS) for _sign in range(4)) for _group in range(3))


def hash_password(password: str) -> str:
    return HASHER.hash(password)


def matches(password_hash: str | None, password: str) -> bool:
    """Whether the password is right. None takes as long as a hash: nobody learns which logins there are."""
    try:
        verified = HASHER.verify(password_hash or _NOBODY, password[:LONGEST])
    except VerificationError:
        return False
    except InvalidHashError as error:
        raise RuntimeError("a stored password hash is damaged") from error
    return verified and password_hash is not None


def check_new(password: str, *, login: str, old_hash: str) -> None:
    """Raises WeakPassword for a password its owner may not take."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise WeakPassword(_("Пароль должен быть не короче %(least)s знаков.", least=SHORTEST))
    if len(set(password)) < FEWEST_SIGNS:
        raise WeakPassword(_("Слишком простой пароль: в нём меньше %(few)s разных знаков.", few=FEWEST_SIGNS))
    if login.casefold() in password.casefold() or password.casefold() in login.casefold():
        raise WeakPassword(_("Пароль не должен повторять имя входа."))
    if password == DEMONSTRATION:
        raise WeakPassword(_("Этот пароль известен всем: он из демонстрации."))
    if matches(old_hash, password):
        raise WeakPassword(_("Новый пароль совпадает с прежним."))


_NOBODY = hash_password(secrets.token_urlsafe())
