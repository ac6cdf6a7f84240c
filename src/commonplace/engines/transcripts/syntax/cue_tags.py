"""Tags and character references inside cue text."""

from __future__ import annotations

import html
import re

__all__ = ["strip_tags", "unescape_text"]

_TAG = re.compile(
    r"</?(?:c|i|b|u|s|v|ruby|rt|lang|font|span|em|strong)(?:[.\s][^<>]*)?>|<\d[\d:.,]*>|\{\\[^{}]*\}", re.IGNORECASE
)
_BREAK = re.compile(r"<br\s*/?>|\\N|\[br\]", re.IGNORECASE)
_DOUBLE_ESCAPED = re.compile(r"&amp;(#\d+|#x[0-9a-f]+|[a-z]+);", re.IGNORECASE)


def strip_tags(text: str) -> str:
    """The text without styling; only tags that captions use are taken for tags, so that "a < b > c" stays."""
    if "<" in text or "{\\" in text or "\\N" in text or "[br]" in text:
        return _TAG.sub("", _BREAK.sub("\n", text))
    return text


def unescape_text(text: str) -> str:
    """The text with character references decoded, twice where ``&amp;#39;`` shows that it was escaped twice."""
    if "&" not in text:
        return text
    return html.unescape(html.unescape(text)) if _DOUBLE_ESCAPED.search(text) else html.unescape(text)
