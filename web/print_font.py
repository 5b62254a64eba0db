"""The letters of papers as this installation is told (LETOPIS_PRINT_FONT, P-80, R-233)."""

from __future__ import annotations

from exports.fonts import BadFont, use
from web.config import BadConfig, Config


def set_in(config: Config) -> None:
    """Papers of this process are set in the school's own file from now on. Raises BadConfig."""
    try:
        use(config.print_font)
    except BadFont as error:
        raise BadConfig(
            f"LETOPIS_PRINT_FONT: это не шрифт TrueType, который можно вложить в PDF: {error}"
        ) from error
