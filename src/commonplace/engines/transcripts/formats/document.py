"""The document, by the name under which formats were given it first."""

from __future__ import annotations

from ..document import Document

__all__ = ["Document"]
