"""Markdown as people write transcripts in it: its blocks one at a time, and the text of a block without its marks.

A transcript needs headings, paragraphs, emphasis, links, pictures, tags and comments; a whole CommonMark tree of a long
talk would hold the file several times over.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from ..items import SetAside

__all__ = ["BOLD_LABEL", "LONGEST_PARAGRAPH", "Block", "read_blocks", "read_inline", "set_aside_block"]

BOLD_LABEL = re.compile(
    r"\s*(\*\*|__)\[?((?:\\[^a-zA-Z0-9\s]|(?!\1)[^*\n\[\]:\\]){1,80}):?\]?"
    r"(?:\([^()\s]{0,500}\))?(?:(?<=:)\1|\1\s?:)[ \t]*\n?"
)
"""``**Ada Okafor:**`` or ``**Ada Okafor**:`` at the start of a paragraph; group 2 is the name, its escapes kept."""

LONGEST_PARAGRAPH = 65_536
"""Longer paragraphs come in parts, so that a file of one endless line is read piece by piece."""

_FRONT_MATTER = re.compile(r"\s*---[ \t]*\n")
_FRONT_MATTER_END = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE)
_HEADING = re.compile(r" {0,3}#{1,6}(?:[ \t]+|$)")
_UNDERLINE = re.compile(r" {0,3}={2,}[ \t]*$")
_RULE = re.compile(r" {0,3}(?:-{3,}|\*{3,}|_{3,}|(?:- ){2,}-|(?:\* ){2,}\*)[ \t]*$")
_FENCE = re.compile(r" {0,3}(?:```|~~~)")
_QUOTE = re.compile(r"(?:[ \t]{0,3}>[ \t]?)+")
_BULLET = re.compile(r"[ \t]*[-*+][ \t]+(?=\S)")
_NUMBER = re.compile(r"[ \t]*\d{1,9}[.)][ \t]+\S")

_SPECIAL = re.compile(r"[\\`*_\[\]<&{]")
_TOKEN = re.compile(
    r"""
      \\(?P<escaped>[!-/:-@\[-`{-~])
    | (?P<code>`+)
    | (?P<emphasis>\*+|_+)
    | (?P<open>!?\[)
    | (?P<close>\])
    | <(?P<address>(?:https?://|mailto:)[^\s<>]+)>
    | (?P<tag></?[A-Za-z][^<>]*>)
    | (?P<reference>&(?:\#\w{1,8}|\w{2,32});)
    | (?P<attributes>\{:[^{}\n]{0,200}\})
    """,
    re.VERBOSE,
)
# Words on both sides of these tags are words of their own: "…the end</p>Next".
_PARTING_TAG = re.compile(r"</?(?:br|p|div|li|ul|ol|td|th|tr|h[1-6]|blockquote|hr|section|article)\b", re.IGNORECASE)
_DESTINATION = re.compile(
    r"""\(\s{0,9}<?([^\s()<>]{0,2048}(?:\([^\s()]{0,256}\)[^\s()<>]{0,2048}){0,9})>?"""
    r"""(?:\s{1,9}["'][^"'\n]{0,512}["'])?\s{0,9}\)"""
)


class Block(NamedTuple):
    """A block as it stands in the file, without the marks of headings, lists and quotations."""

    kind: Literal["heading", "paragraph", "comment", "front matter", "mark"]
    text: str
    offset: int


def read_blocks(text: str) -> Iterator[Block]:
    """The blocks of the text, in order; linear time, one block in memory at a time.

    A heading is a line with one to six ``#``, or a line above ``===``. Each item of a list is a paragraph, and so is
    what follows a bold label; bullets and quotation marks are left out, numbers stay because
    people read them. Code keeps its words.
    """
    place = 0
    if (front := _FRONT_MATTER.match(text)) and (end := _FRONT_MATTER_END.search(text, front.end())):
        yield Block("front matter", text[front.end() : end.start()].strip(), front.end())
        place = end.end()
    paragraph = _Paragraph()
    while place < len(text):
        end_of_line = text.find("\n", place)
        end_of_line = len(text) if end_of_line < 0 else end_of_line
        comment = text.find("<!--", place, end_of_line)
        stop = end_of_line if comment < 0 else comment
        yield from paragraph.read_line(text, place, stop)
        place = stop + 1
        if comment >= 0:
            yield from paragraph.take()
            closing = text.find("-->", comment + 4)
            closing = len(text) if closing < 0 else closing
            yield Block("comment", text[comment + 4 : closing].strip(), comment)
            place = closing + 3
    yield from paragraph.take()


@dataclass(slots=True)
class _Paragraph:
    """The lines of the paragraph that is being read."""

    lines: list[str] = field(default_factory=list)
    offset: int = 0
    size: int = 0
    fenced: bool = False

    def take(self) -> Iterator[Block]:
        if any(line.strip() for line in self.lines):
            yield Block("paragraph", "\n".join(self.lines), self.offset)
        self.lines, self.size = [], 0

    def read_line(self, text: str, start: int, end: int) -> Iterator[Block]:
        while end - start > LONGEST_PARAGRAPH:
            cut = max(text.rfind(" ", start + 1, start + LONGEST_PARAGRAPH), start + LONGEST_PARAGRAPH // 2)
            yield from self.add(text[start:cut], start)
            yield from self.take()
            start = cut
        line = text[start:end]
        if _FENCE.match(line):
            yield from self.take()
            yield Block("mark", line.strip(), start)
            self.fenced = not self.fenced
        elif self.fenced:
            yield from self.add(line, start)
        elif not line.strip():
            yield from self.take()
        elif heading := _HEADING.match(line):
            yield from self.take()
            yield Block("heading", line[heading.end() :].strip().rstrip("#").rstrip(), start + heading.end())
        elif _UNDERLINE.match(line) and len(self.lines) == 1:
            yield Block("heading", self.lines.pop().strip(), self.offset)
        elif _RULE.match(line) or _UNDERLINE.match(line):
            yield from self.take()
            yield Block("mark", line.strip(), start)
        else:
            yield from self.read_text(line, start)

    def read_text(self, line: str, start: int) -> Iterator[Block]:
        if quote := _QUOTE.match(line):
            line, start = line[quote.end() :], start + quote.end()
        if bullet := _BULLET.match(line):
            line, start = line[bullet.end() :], start + bullet.end()
        if bullet or _NUMBER.match(line) or BOLD_LABEL.match(line):
            yield from self.take()
        yield from self.add(line, start)

    def add(self, line: str, offset: int) -> Iterator[Block]:
        if self.size + len(line) > LONGEST_PARAGRAPH:
            yield from self.take()
        if not self.lines:
            self.offset = offset
        self.lines.append(line)
        self.size += len(line) + 1


def set_aside_block(block: Block) -> SetAside:
    """A block that is no speech, as the report counts it: rules and fences are markup, all else is a note."""
    return SetAside("markup" if block.kind == "mark" else "note", block.text, offset=block.offset)


def read_inline(text: str, offset: int) -> tuple[str, list[SetAside]]:
    """The words of a block without Markdown's marks, and what was set aside: addresses, pictures, tags.

    Emphasis is taken off where both of its ends are there; ``2 * 3`` and ``snake_case`` stay. Linear in the text, whose
    first character is at ``offset`` in the file.
    """
    if _SPECIAL.search(text) is None:
        return text.strip(), []
    inline = _Inline(text, offset)
    place = 0
    while match := _TOKEN.search(text, place):
        inline.parts.append(text[place : match.start()])
        place = inline.take(match)
    inline.parts.append(text[place:])
    return "".join(inline.parts).strip(), inline.aside


@dataclass(slots=True)
class _Inline:
    text: str
    offset: int
    parts: list[str] = field(default_factory=list)
    aside: list[SetAside] = field(default_factory=list)
    brackets: list[int] = field(default_factory=list)
    emphasis: dict[str, int] = field(default_factory=dict)

    def take(self, match: re.Match[str]) -> int:
        """Read one mark; returns where the text goes on."""
        kind, mark = match.lastgroup, match.group()
        if kind == "escaped":
            self.parts.append(match["escaped"])
        elif kind == "code":
            return self.take_code(match)
        elif kind == "emphasis":
            self.take_emphasis(match)
        elif kind == "open":
            self.brackets.append(len(self.parts))
            self.parts.append(mark)
        elif kind == "close":
            return self.take_link(match)
        elif kind == "reference":
            self.parts.append(html.unescape(mark))
        else:
            self.set_aside(match["address"] or mark, match.start())
            if _PARTING_TAG.match(mark):
                self.parts.append("\n")
        return match.end()

    def set_aside(self, text: str, place: int) -> None:
        self.aside.append(SetAside("markup", " ".join(text.split()), offset=self.offset + place))

    def take_code(self, match: re.Match[str]) -> int:
        closing = self.text.find(match.group(), match.end())
        if closing < 0:
            self.parts.append(match.group())
            return match.end()
        self.parts.append(self.text[match.end() : closing])
        return closing + len(match.group())

    def take_emphasis(self, match: re.Match[str]) -> None:
        run = match.group()
        before = self.text[match.start() - 1 : match.start()]
        after = self.text[match.end() : match.end() + 1]
        within = before.isalnum() and after.isalnum()
        opens, closes = not after.isspace() and after != "", not before.isspace() and before != ""
        if within and (run[0] == "_" or before.isdigit() or after.isdigit()):
            opens = closes = False
        if closes and run in self.emphasis:
            self.parts[self.emphasis.pop(run)] = ""
            return
        if opens:
            self.emphasis[run] = len(self.parts)
        self.parts.append(run)

    def take_link(self, match: re.Match[str]) -> int:
        destination = _DESTINATION.match(self.text, match.end()) if self.brackets else None
        opened = self.brackets.pop() if self.brackets else 0
        if destination is None:
            self.parts.append("]")
            return match.end()
        if self.parts[opened] == "![":
            picture = f"{''.join(self.parts[opened + 1 :])} {destination[1]}".strip()
            self.set_aside(picture, match.start())
            del self.parts[opened:]
            self.emphasis = {run: place for run, place in self.emphasis.items() if place < opened}
        else:
            self.parts[opened] = ""
            self.set_aside(destination.group()[1:-1].strip(), match.start())
        return destination.end()
