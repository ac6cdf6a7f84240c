"""Decimal seconds as evaluation formats write them."""

from __future__ import annotations

import re

__all__ = ["SECONDS", "read_seconds"]

SECONDS = r"-?(?:\d{1,12}(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,2})?"

_SECONDS = re.compile(SECONDS)


def read_seconds(text: str) -> int | None:
    """Milliseconds of a decimal number of seconds (``12.5``), rounded; None for anything else."""
    return round(float(text) * 1000) if _SECONDS.fullmatch(text.strip()) else None
