"""As whom the embedded PostgreSQL runs: it refuses to run as root (design 7)."""

from __future__ import annotations

import ctypes
import os
import pwd
import shutil
import signal
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

PR_SET_PDEATHSIG = 1
# Loaded before any fork: between fork and exec nothing may be imported or allocated at length.
LIBC = ctypes.CDLL(None, use_errno=True)


class NoIdentity(Exception):
    """PostgreSQL cannot be run here; the sentence says what to set."""


@dataclass(frozen=True, kw_only=True)
class Identity:
    """Words before the program, and the user id it is started with (None: ours)."""

    prefix: tuple[str, ...] = ()
    uid: int | None = None
    gid: int | None = None


def choose_identity(data: Path, postgres: Path) -> Identity:
    """The identity that may own `data`, an existing directory. Raises NoIdentity."""
    owner = data.stat()
    if os.geteuid() != 0:
        return _ourselves(data, owner.st_uid)
    if owner.st_uid != 0:
        candidates = [Identity(uid=owner.st_uid, gid=owner.st_gid)]
    else:
        candidates = [*_user_namespace(), *([] if any(data.iterdir()) else _nobody())]
    for identity in candidates:
        if _works(identity, data, postgres):
            return identity
    raise NoIdentity(
        f"PostgreSQL не запускается от root, а другого пользователя для {data} здесь нет: запустите "
        "Летопись от обычного пользователя или задайте DATABASE_URL (docs/configuration.md)."
    )


def run_as(
    identity: Identity, arguments: Sequence[str | Path], environment: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run a program to its end and keep what it said; the caller looks at the return code."""
    return subprocess.run(
        [*identity.prefix, *arguments],
        capture_output=True,
        text=True,
        check=False,
        env=environment,
        **_credentials(identity),
    )


def start_as(identity: Identity, arguments: Sequence[str | Path], **options: Any) -> subprocess.Popen[bytes]:
    """Start a program that ends, in good order, when we do. To be called from the main thread: the kernel
    ties the child's death to the thread that forked it."""
    # A session of its own: Ctrl-C must reach the web server first and PostgreSQL through us.
    return subprocess.Popen(
        [*identity.prefix, *arguments],
        start_new_session=True,
        preexec_fn=partial(end_with_parent, os.getpid(), signal.SIGINT),  # PostgreSQL's fast shutdown
        **_credentials(identity),
        **options,
    )


def end_with_parent(parent: int, how: signal.Signals) -> None:
    """In a child just forked: ask the kernel for the signal `how` at the death of process `parent`."""
    LIBC.prctl(PR_SET_PDEATHSIG, how)
    if os.getppid() != parent:  # it died before we asked
        os._exit(1)


def hand_over(identity: Identity, path: Path) -> None:
    """Give a file or directory we made to the user PostgreSQL runs as."""
    if identity.uid is not None:
        os.chown(path, identity.uid, identity.gid or -1)


def _ourselves(data: Path, owner: int) -> Identity:
    if owner != os.geteuid():
        raise NoIdentity(f"Каталог {data} принадлежит другому пользователю: запустите Летопись от него.")
    return Identity()


def _user_namespace() -> list[Identity]:
    """Root seen from inside as an ordinary user; outside the files stay root's, so any path will do."""
    unshare = shutil.which("unshare")
    # initdb looks its user's name up, so the number must be one the machine knows (1000 often is not).
    known = next((str(user.pw_uid) for user in pwd.getpwall() if user.pw_uid != 0), None)
    if unshare is None or known is None:
        return []
    return [Identity(prefix=(unshare, "--user", f"--map-user={known}", f"--map-group={known}", "--"))]


def _nobody() -> list[Identity]:
    try:
        user = pwd.getpwnam("nobody")
    except KeyError:
        return []
    return [Identity(uid=user.pw_uid, gid=user.pw_gid)]


def _works(identity: Identity, data: Path, postgres: Path) -> bool:
    """Try it: namespaces may be forbidden, and a stranger may not reach a directory under /root."""
    try:
        before = data.stat()
        hand_over(identity, data)
        written = run_as(identity, ["/bin/sh", "-c", '"$0" --version && test -w "$1"', postgres, data])
    except OSError:
        return False
    if written.returncode != 0:
        os.chown(data, before.st_uid, before.st_gid)
    return written.returncode == 0


def _credentials(identity: Identity) -> dict[str, Any]:
    if identity.uid is None:
        return {}
    return {"user": identity.uid, "group": identity.gid, "extra_groups": []}
