"""Prose without times, plain or in Markdown: the last resort for a text that somebody typed or corrected.

Words are kept, one cue a paragraph; headings become chapters; front matter, comments, tags, pictures and addresses are
set aside. What is not language (programs, style sheets, tables, data) is no prose and is left to be refused.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from ..document import Document
from ..syntax.markdown_blocks import read_blocks, read_inline, set_aside_block
from .base import Cue, Details, Format, Heading, Item

__all__ = ["FORMAT", "is_language", "looks_like", "read"]

_LEAST_WORDS_SHARE = 0.7
_MOST_CODE_SHARE = 0.1
_MOST_CODE_CHARACTERS = 0.02
_CODE_CHARACTERS = "{}=<;"
_LEAST_LETTERS_SHARE = 0.8

# Parts of Markdown and HTML that say nothing about the language: tags, addresses, code spans.
_NOT_TEXT = re.compile(
    r"</?[A-Za-z][^<>]*>|https?://[^\s<>()\]]+|`[^`\n]{1,200}`|\]\([^()\s]*\)|\{:[^{}\n]*\}|&#?\w+;|^=+$", re.MULTILINE
)
_TITLE = re.compile(r"""^title:[ \t]*(["']?)(\S.*?)\1[ \t]*$""", re.MULTILINE)
_FRONT_MATTER = re.compile(r"\s*---[ \t]*\n(?:.*\n)*?---[ \t]*\n")
_EDGES = "\"'“”‘’«»„()[]*_~.,!?;:…—–-、。！？「」『』（）・#>|%$€£@&+=/\\✓•♪"
_CODE_LINE = re.compile(
    r"""\s*(?:
        (?:def|class)\s\w+.*:\s*$ | (?:from\s\S+\s)?import\s[\w.*, ()]+$ | return\b(?!.*[.]$) | raise\s\w+
      | (?:if|elif|for|while|with|except)\s.*:\s*$ | (?:else|try|finally)\s*:\s*$ | [#]include\b | @\w+(?:\(.*)?$
      | (?:var|let|const|function|public|private|static)\s.*[({;=] | [\w.$'"\[\]]+\s*[+|-]?=\s*\S
      | [\w.]+\(.*\)[;,]?\s*$
      | \S.*[;{}]\s*$ | [{}()\[\]]+[;,]?\s*$ | //.* | /?\*+/?(?:\s|$) | >>>\s.*[(=]
    )""",
    re.VERBOSE,
)
_TEXT_ELEMENTS = re.compile(
    r"html|body|div|p|span|a|b|i|em|strong|br|hr|img|h[1-6]|ul|ol|li|blockquote|article|section|center|u|small|sub|sup"
    r"|details|summary|main|figure|video|audio|iframe|table|font|header"
)


def is_language(text: str) -> bool:
    """Whether most of a text is words.

    Of the tokens between white space, seven in ten have to be words or numbers (letters and digits but for a fifth)
    once punctuation around them is off; at most one line in ten may read as a line of a program (``x = …``,
    ``import …``, an ending ``;`` or brace), and at most two characters in a hundred may be ``{}=<;``. All are
    counted without Markdown's and HTML's own marks.
    """
    if "\x00" in text:
        return False
    first, *rest = text.split("<!--")
    visible = _NOT_TEXT.sub(" ", first + " ".join(part.partition("-->")[2] for part in rest))
    tokens = [token for raw in visible.split() if (token := raw.strip(_EDGES))]
    if not any(character.isalpha() for token in tokens for character in token):
        return False
    if sum(map(visible.count, _CODE_CHARACTERS)) > _MOST_CODE_CHARACTERS * len(visible):
        return False
    lines = [line for line in visible.split("\n") if line.strip()]
    code = sum(1 for line in lines if _CODE_LINE.match(line[:400]))
    words = sum(map(_is_word, tokens))
    return words >= _LEAST_WORDS_SHARE * len(tokens) and code <= _MOST_CODE_SHARE * len(lines)


def _is_word(token: str) -> bool:
    # Japanese, Chinese and Thai write a whole sentence without a space, and Thai vowels are marks (M), not letters.
    token = token[:200]
    letters = sum(unicodedata.category(character)[0] in "LMN" for character in token)
    return letters >= _LEAST_LETTERS_SHARE * len(token) and token.count(",") <= 1


def looks_like(document: Document) -> bool:
    """Whether the head is language; a JSON value or an XML document never is."""
    head = document.head
    if document.starts_like_json or (document.root and not _TEXT_ELEMENTS.fullmatch(document.root)):
        return False
    if front := _FRONT_MATTER.match(head):
        head = head[front.end() :]
    return not head.lstrip().startswith("<?xml") and is_language(head)


def read(document: Document) -> Iterator[Item]:
    """One cue a paragraph, without times; one heading a heading; front matter may give the title."""
    for block in read_blocks(document.text):
        if block.kind == "front matter" and (title := _TITLE.search(block.text)):
            yield Details(title=title[2])
        if block.kind not in ("heading", "paragraph"):
            yield set_aside_block(block)
            continue
        text, aside = read_inline(block.text, block.offset)
        if text and block.kind == "heading":
            yield Heading(" ".join(text.split()))
        elif text:
            yield Cue(None, None, text, offset=block.offset)
        yield from aside


FORMAT = Format(
    name="prose", title="Prose without times", precision="none", looks_like=looks_like, read=read, labels=True
)
