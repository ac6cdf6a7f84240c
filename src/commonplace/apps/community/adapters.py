"""The community's pages as plain files: Markdown, and nothing else."""

from __future__ import annotations

import re
from pathlib import Path

from commonplace.apps.people.adapters import render_markdown

__all__ = ["LONGEST_PAGE", "UnreadablePage", "find_first_paragraph", "read_default", "read_page", "render_markdown"]

LONGEST_PAGE = 50_000
"""Characters of a page; a long code of conduct has 20,000."""

_DEFAULTS = Path(__file__).resolve().parent / "default_pages"
_PARAGRAPH = re.compile(r"<p>.*?</p>", re.DOTALL)


class UnreadablePage(Exception):
    """A page's file that is wrong; the message says what was expected."""


def read_page(text: str, *, file: str) -> str:
    """The Markdown in this file without white space around it; ``file`` is its name for errors.

    Raises `UnreadablePage`.
    """
    text = text.replace("\r\n", "\n").removeprefix("\ufeff").strip()
    if not text:
        raise UnreadablePage(f"{file}: nothing stands here\n  expected: Markdown")
    if len(text) > LONGEST_PAGE:
        raise UnreadablePage(f"{file}: {len(text):,} characters\n  expected: at most {LONGEST_PAGE:,}")
    if match := re.search(r"[\x00\ud800-\udfff]", text):
        raise UnreadablePage(f"{file}: the character U+{ord(match[0]):04X}, which no database keeps\n  Take it out.")
    return text


def read_default(key: str, language: str, *, community: str) -> str:
    """The text that comes with the software, with the community's name in it; English where there is no other."""
    path = _DEFAULTS / f"{key}.{language}.md"
    if not path.is_file():
        path = _DEFAULTS / f"{key}.en.md"
    return path.read_text(encoding="utf-8").replace("{community}", community).strip()


def find_first_paragraph(html: str) -> str:
    """The first paragraph of a rendered page, or nothing where it has none."""
    match = _PARAGRAPH.search(html)
    return match[0] if match else ""
