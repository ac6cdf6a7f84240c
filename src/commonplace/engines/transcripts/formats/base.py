"""How to add a caption format.

1. Make ``formats/<name>.py`` with ``looks_like(document)`` and ``read(document)``; a format that is also written has
   ``write(transcript)``. End it with ``FORMAT = Format(...)``.
2. Add one line to ``FORMATS`` in ``formats/__init__.py``: more specific formats stand before more general ones.
3. Add ``tests/engines/transcripts/formats/test_<name>.py`` and a sample in ``tests/data/captions/<name>/``.

What files of several formats are written in (times, lines, cue blocks, JSON, XML, HTML, Markdown) is read by
``syntax``, and names before colons by ``labels``: look there first.

``read`` yields what the file holds, in the file's order, with the format's own markup decoded:

* `Cue`: a stretch of speech; ``text`` may have several lines; ``words`` where the format times each word.
* `Heading`: a chapter begins here.
* `Details`: what the file says about itself (language, title).
* `SetAside`: text of the file that is not speech (a note, front matter, a trailer): counted, never silently dropped.
* a whole `Transcript`: only a format that holds everything we know does that.

What all formats share happens afterwards, in ``assembly``: marks such as ``>>``, directions such as ``[Music]``,
``Name:`` labels (where ``labels`` is true), rolling repeats (where ``rolls`` is true), order, interpolation, counting.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ..document import Document
from ..items import Cue, Details, Heading, Item, SetAside, TimedWord
from ..model import Precision, Transcript

__all__ = ["Cue", "Details", "Format", "Heading", "Item", "SetAside", "TimedWord"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A caption format.

    ``name`` stands in ``source.format`` and in file names, ``title`` is for people. ``precision`` is what the times
    of its cues are known to; times of words, where cues have them, are seen by themselves. ``suffix`` is the file
    ending of what ``write`` makes.
    """

    name: str
    title: str
    precision: Precision
    looks_like: Callable[[Document], bool]
    read: Callable[[Document], Iterator[Item]]
    write: Callable[[Transcript], str] | None = None
    suffix: str = ""
    labels: bool = False
    rolls: bool = False
