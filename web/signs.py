"""Signs beside a value as HTML that Python joins; the templates' own is parts/sign.html."""

from __future__ import annotations

from flask_babel import gettext as _
from markupsafe import Markup, escape


def sign(name: str, tone: str = "") -> str:
    """The picture of /static/signs.svg; what it means stands beside it in words."""
    shown = f"sign {tone}" if tone else "sign"
    return f'<svg class="{shown}" aria-hidden="true"><use href="/static/signs.svg#{name}"/></svg>'


def contested() -> Markup:
    """What a family reads beside an entry under suspicion."""
    title = escape(_("запись проверяет комиссия школы; решение будет здесь"))
    return Markup(
        f'<small class="contested" tabindex="0" title="{title}"><span aria-hidden="true">◇</span>'
        f" {escape(_('оспаривается'))}</small>"
    )
