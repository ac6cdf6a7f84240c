"""From a format's cues to one transcript: what all formats share after they have decoded their own markup.

The cues of a talk are consumed one by one into columns, so that memory beyond the text stays at 24 bytes a word and 40
a cue. Order, times and loops are settled at the end, each in one pass.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Iterator
from itertools import chain, islice, pairwise
from operator import le
from sys import intern

from .document import Document
from .errors import OversizedCaptions
from .formats.base import Cue, Details, Format, Heading, Item, SetAside
from .interpolation import UNKNOWN, Span, interpolate_times
from .labels import UNKNOWN_SPEAKER, find_labels, match_label
from .loops import find_loops
from .marks import Piece, has_marks, split_pieces
from .model import Chapter, Precision, Transcript, Turn, Words, is_language_tag
from .report import ReadReport
from .rolling import RollingLines, is_rolling, split_rows

__all__ = ["MOST_CUES", "MOST_WORDS", "assemble_transcript"]

MOST_WORDS = 4_000_000
"""Ten thousand words are an hour; four million take 100 MB of columns, and no recording has them."""

MOST_CUES = 2_000_000

LONGEST_MS = 10_000 * 3_600_000
"""Ten thousand hours. A time beyond is damage: kept out, and counted in ``times_mended``."""

_LISTED_DIRECTIONS = 1_000
_PART_CUES = 5
_LOOKED_AT = 200
_LONG_TEXT = 32_768
"""Characters of one cue from which on it is taken in by parts, so that a limit is met before memory is."""

_SPACE = re.compile(r"\s")


def assemble_transcript(items: Iterable[Item], document: Document, format_: Format, report: ReadReport) -> Transcript:
    """The transcript of these items; fills the report.

    Raises `OversizedCaptions` beyond four million words or two million cues. Linear in the size of the captions, but
    for sorting cues that are out of order.
    """
    assembly = _Assembly(document, format_, report)
    if format_.rolls:
        items = assembly.look_ahead(iter(items))
    for item in items:
        if isinstance(item, Cue):
            assembly.add(item)
        elif isinstance(item, SetAside):
            report.words_in += len(item.text.split())
            assembly.set_aside(item.kind, item.text, item.start_ms)
        elif isinstance(item, Heading):
            report.words_in += len(item.title.split())
            assembly.add_heading(item)
        elif isinstance(item, Details):
            assembly.details.append(item)
        else:
            return _accept_whole(item, report)
    return assembly.finish()


def _find_parts(starts: list[int]) -> list[int]:
    """The cues with which the times begin anew, as where the captions of a recording's parts stand in one file.

    Each begins in the first minute, and at least five cues run from there over times that the part before it had too:
    a cue or two in the wrong place are no part.
    """
    backs = [cue for cue, (a, b) in enumerate(pairwise(starts), start=1) if b < a]
    for begin, stop in pairwise([0, *backs, len(starts)]):
        if stop - begin < _PART_CUES:
            return []
        if begin and (starts[begin] > starts[0] + 60_000 or starts[begin + _PART_CUES - 1] >= starts[begin - 1]):
            return []
    return backs


def _goes_backwards(starts: list[int]) -> bool:
    """Whether times run backwards over several cues and forwards elsewhere, as nobody puts cues in order.

    A cue in the wrong place makes one step back; a file written from its end is all steps back. Times that were
    interpolated between two others, one of which was wrong, go back cue by cue.
    """
    steps = [b < a for a, b in pairwise(starts)]
    return any(a and b for a, b in pairwise(steps)) and 2 * sum(steps) < len(steps)


def _accept_whole(transcript: Transcript, report: ReadReport) -> Transcript:
    """A transcript that the format already holds whole."""
    report.words_in = report.words_out = len(transcript.words)
    report.precision = transcript.precision
    report.loops = list(transcript.loops)
    return transcript


class _Assembly:
    """Columns that grow cue by cue; -1 stands for an unknown time."""

    def __init__(self, document: Document, format_: Format, report: ReadReport) -> None:
        self.document = document
        self.format = format_
        self.report = report
        self.labels = find_labels(document.text) if format_.labels else frozenset()
        self.rolling: RollingLines | None = None
        self.texts: list[str] = []
        self.starts, self.ends = array("q"), array("q")
        self.cue_firsts, self.cue_starts, self.cue_ends = array("q"), array("q"), array("q")
        self.speakers: dict[int, str | None] = {}
        self.speaker: str | None = None
        self.states_speakers = False
        self.headings: list[tuple[int, Heading]] = []
        self.details: list[Details] = []

    def look_ahead(self, items: Iterator[Item]) -> Iterator[Item]:
        """The same items, after the first 200 have told whether these captions roll."""
        first = list(islice(items, _LOOKED_AT))
        if is_rolling(item for item in first if isinstance(item, Cue)):
            self.rolling = RollingLines()
        return chain(first, items)

    def set_aside(self, kind: str, text: str, start_ms: int | None) -> None:
        """Count words that are no speech."""
        self.count_aside(kind, len(text.split()))
        if kind == "direction":
            self.report.directions_set_aside += 1
            if len(self.report.directions) < _LISTED_DIRECTIONS:
                self.report.directions.append({"text": _mend_characters(text), "start_ms": start_ms})

    def count_aside(self, kind: str, words: int) -> None:
        """Add to the account of one kind."""
        if words:
            self.report.set_aside[kind] = self.report.set_aside.get(kind, 0) + words

    def add_heading(self, heading: Heading) -> None:
        """A chapter begins with the next word."""
        self.set_aside("heading", heading.title, None)
        self.headings.append((len(self.texts), heading))

    def begin_turn(self, speaker: str | None) -> None:
        """The next word begins a turn of this speaker."""
        self.speaker = speaker
        self.speakers[len(self.texts)] = speaker

    def add(self, cue: Cue) -> None:
        """Take in one cue."""
        if len(cue.text) > _LONG_TEXT:
            for part in _cut_text(cue.text):
                self.add(cue._replace(text=part))
            return
        self.report.cues += 1
        start, end = cue.start_ms, cue.end_ms
        if start is None or end is None or not 0 <= start <= end <= LONGEST_MS:
            start, end = self.mend_times(start, end)
        if cue.speaker is not None:
            self.states_speakers = True
        if cue.begins_turn or (self.states_speakers and cue.speaker != self.speaker):
            self.begin_turn(cue.speaker)
        first = len(self.texts)
        if cue.words is not None:
            self.add_timed(cue.words)
        else:
            self.add_text(cue, start)
        if len(self.texts) > MOST_WORDS or self.report.cues > MOST_CUES:
            raise self.oversized(cue)
        if len(self.texts) > first:
            self.cue_firsts.append(first)
            self.cue_starts.append(UNKNOWN if start is None else start)
            self.cue_ends.append(UNKNOWN if end is None else end)

    def add_text(self, cue: Cue, start_ms: int | None) -> None:
        """Take in a text; nearly all have neither marks nor labels, and are spared the closer look."""
        text = cue.text
        if self.rolling is None and not self.labels and not has_marks(text) and "\n-" not in text:
            words = text.split()
            self.report.words_in += len(words)
            self.texts.extend(map(intern, words))
            return
        self.report.words_in += len(text.split())
        self.add_marked(text if self.rolling is None else self.drop_carried(cue, self.rolling), start_ms)

    def drop_carried(self, cue: Cue, rolling: RollingLines) -> str:
        """The cue's text without the lines that a rolling caption shows again."""
        rows = split_rows(cue.text)
        new = rolling.find_new(rows, cue.start_ms, cue.end_ms)
        for number, row in enumerate(rows):
            if number not in new:
                self.set_aside("duplicate", row, None)
        return "\n".join(rows[number] for number in new)

    def add_marked(self, text: str, start_ms: int | None) -> None:
        """Take in a text that may hold labels, marks, directions, or two speakers' lines with dashes."""
        lines = text.split("\n")
        filled = [line.lstrip() for line in lines if line.strip()]
        dialogue = len(filled) > 1 and all(line.startswith("-") for line in filled)
        for line in lines:
            speech = line.lstrip()
            if dialogue and speech:
                self.begin_turn(None)
                self.count_mark(speech[0], speech[1:])
                speech = speech[1:]
            named = self.take_label(speech) if self.labels else speech
            for kind, piece, tokens in split_pieces(named):
                if kind == "word":
                    self.texts.append(intern(piece))
                    self.count_aside("mark", tokens - 1)
                elif kind == "direction":
                    self.set_aside("direction", piece, start_ms)
                else:
                    self.begin_turn(None)
                    self.count_aside("mark", tokens)

    def count_mark(self, mark: str, rest: str) -> None:
        """Count what stands before speech; the end of it may be glued to the first word and is part of that token."""
        glued = mark and rest and not mark[-1].isspace() and not rest[0].isspace()
        self.count_aside("mark", len(mark.split()) - bool(glued))

    def take_label(self, line: str) -> str:
        """The line without its speaker label, whose turn begins here."""
        speech = line.lstrip("> ")
        label = match_label(speech, self.labels)
        if label is None:
            return line
        name, after = label
        speaker = None if name == UNKNOWN_SPEAKER else name
        if line.startswith(">") or speaker != self.speaker:
            self.begin_turn(speaker)
        self.count_mark(line[: len(line) - len(speech)], speech)
        self.set_aside("label", name, None)
        return speech[after:]

    def add_timed(self, words: Iterable[tuple[str, int | None, int | None]]) -> None:
        """Take in words that have times of their own."""
        tokens = [
            (token, start if place == 0 else None, end if place == 0 else None)
            for text, start, end in words
            for place, token in enumerate(text.split())
        ]
        self.report.words_in += len(tokens)
        self.pad_times()
        place = 0
        for kind, text, count in _split_tokens(tokens):
            start, end = self.mend_times(tokens[place][1], tokens[place + max(count, 1) - 1][2])
            if kind == "word":
                self.texts.append(intern(text))
                self.count_aside("mark", count - 1)
                self.starts.append(UNKNOWN if start is None else start)
                self.ends.append(UNKNOWN if end is None else end)
            elif kind == "direction":
                self.set_aside("direction", text, start)
            else:
                self.begin_turn(None)
                self.count_aside("mark", count)
            place += count

    def pad_times(self) -> None:
        """Unknown times for the words that have been taken in without any."""
        missing = array("q", [UNKNOWN]) * (len(self.texts) - len(self.starts))
        self.starts += missing
        self.ends += missing

    def mend_times(self, start: int | None, end: int | None) -> tuple[int | None, int | None]:
        """Times that can be: neither negative nor absurd, the end not before the start."""
        if (start is None or 0 <= start <= LONGEST_MS) and (end is None or (start or 0) <= end <= LONGEST_MS):
            return start, end
        self.report.times_mended += 1
        if start is not None:
            start = max(0, start) if start <= LONGEST_MS else None
        if end is not None and not (start or 0) <= end <= LONGEST_MS:
            end = None
        return start, end

    def oversized(self, cue: Cue) -> OversizedCaptions:
        """The error for captions that no recording has."""
        line, column, excerpt = self.document.place(cue.offset)
        return OversizedCaptions(
            f"more than {MOST_WORDS:,} words or {MOST_CUES:,} cues",
            file=self.document.name,
            line=line,
            column=column,
            excerpt=excerpt,
            expected="one recording; an hour has about 10,000 words",
            advice="Split the file by recording.",
        )

    def finish(self) -> Transcript:
        """Settle order, times, turns, chapters and loops."""
        self.pad_times()
        self.sort_cues()
        report = self.report
        own_times = len(self.starts) - self.starts.count(UNKNOWN)
        spans = list(self.spans())
        report.precision = self.judge_precision(own_times)
        report.times_interpolated = interpolate_times(self.texts, self.starts, self.ends, spans)
        _mend_words(self.texts)
        words = Words(self.texts, self.starts, self.ends)
        report.loops = list(find_loops(self.texts))
        report.words_out = len(words)
        report.duplicates_collapsed = report.set_aside.pop("duplicate", 0)
        report.words_set_aside = sum(report.set_aside.values())
        return Transcript(
            words=words,
            turns=tuple(self.turns()),
            chapters=tuple(self.chapters(words)),
            loops=tuple(report.loops),
            language=next((d.language for d in self.details if d.language and is_language_tag(d.language)), None),
            title=next((_mend_characters(d.title) for d in self.details if d.title), None),
            duration_ms=self.find_duration(),
            precision=report.precision,
        )

    def find_duration(self) -> int | None:
        """How long the recording is: as the file says, or to the end of the last word."""
        stated = next((details.duration_ms for details in self.details if details.duration_ms), None)
        return stated or max(0, max(self.ends, default=0)) or None

    def sort_cues(self) -> None:
        """Put cues that came too late where their time is; cues without a time stay behind the one before them."""
        if UNKNOWN not in self.cue_starts and all(map(le, self.cue_starts, islice(self.cue_starts, 1, None))):
            return
        keys: list[int] = []
        latest = 0
        for start in self.cue_starts:
            latest = start if start >= 0 else latest
            keys.append(latest)
        late = sum(b < a for a, b in pairwise(keys))
        if not late:
            return
        if parts := _find_parts(keys):
            self.append_parts(parts)
            return
        if self.format.precision == "heading" or _goes_backwards(keys):
            self.forget_late_times()
            return
        self.report.cues_reordered = late
        order = sorted(range(len(keys)), key=keys.__getitem__)
        stops = [*self.cue_firsts[1:], len(self.texts)]
        runs = [(self.cue_firsts[cue], stops[cue]) for cue in order]
        self.move_speakers(runs)
        self.texts = [text for first, stop in runs for text in self.texts[first:stop]]
        self.starts = array("q", (time for first, stop in runs for time in self.starts[first:stop]))
        self.ends = array("q", (time for first, stop in runs for time in self.ends[first:stop]))
        self.cue_starts = array("q", (self.cue_starts[cue] for cue in order))
        self.cue_ends = array("q", (self.cue_ends[cue] for cue in order))
        firsts, place = array("q"), 0
        moved: dict[int, int] = {}
        for first, stop in runs:
            firsts.append(place)
            moved[first] = place
            place += stop - first
        self.cue_firsts = firsts
        self.headings = [(moved.get(index, index), heading) for index, heading in self.headings]

    def append_parts(self, parts: list[int]) -> None:
        """Count the times of each part from the end of the part before it."""
        firsts = [*self.cue_firsts, len(self.texts)]
        shift = 0
        for begin, stop in pairwise([0, *parts, len(self.cue_starts)]):
            part = (
                *((times, begin, stop) for times in (self.cue_starts, self.cue_ends)),
                *((times, firsts[begin], firsts[stop]) for times in (self.starts, self.ends)),
            )
            for times, low, high in part:
                for place in range(low, high):
                    times[place] += shift if times[place] >= 0 else 0
            shift = max(max(times[low:high], default=shift) for times, low, high in part)
            self.report.times_mended += stop - begin if begin else 0
        self.report.notes.append(
            f"The times begin anew {len(parts)} times, as in the parts of one recording: each part was put behind the "
            "one before it."
        )

    def forget_late_times(self) -> None:
        """Where the order of the text is right, a time that goes back is a slip: forget it."""
        latest = 0
        stops = [*self.cue_firsts[1:], len(self.texts)]
        for cue, start in enumerate(self.cue_starts):
            if 0 <= start < latest:
                self.cue_starts[cue] = self.cue_ends[cue] = UNKNOWN
                for word in range(self.cue_firsts[cue], stops[cue]):
                    self.starts[word] = self.ends[word] = UNKNOWN
                self.report.times_mended += 1
            latest = max(latest, start)

    def move_speakers(self, runs: list[tuple[int, int]]) -> None:
        """Give each moved cue the speaker it had where it stood."""
        speaking: list[str | None] = []
        speaker: str | None = None
        for index in range(len(self.texts)):
            speaker = self.speakers.get(index, speaker)
            speaking.append(speaker)
        moved: dict[int, str | None] = {}
        place = 0
        for first, stop in runs:
            for index in range(first, stop):
                here = speaking[index]
                if index in self.speakers or not place or here != speaker:
                    moved[place] = here
                speaker = here
                place += 1
        self.speakers = moved

    def spans(self) -> Iterator[Span]:
        """The cues' words and times."""
        stops = [*self.cue_firsts[1:], len(self.texts)]
        return map(Span, self.cue_firsts, stops, self.cue_starts, self.cue_ends)

    def judge_precision(self, own_times: int) -> Precision:
        """What the times are known to, the format's word for it apart where most words have times of their own."""
        if own_times * 2 > len(self.texts):
            return "word"
        return self.format.precision if any(start >= 0 for start in self.cue_starts) else "none"

    def turns(self) -> Iterator[Turn]:
        """The turns, neighbours of one name joined."""
        if not self.texts:
            return
        begins: list[tuple[int, str | None]] = [] if 0 in self.speakers else [(0, None)]
        for index, speaker in self.speakers.items():
            if index < len(self.texts) and not (begins and speaker is not None and begins[-1][1] == speaker):
                begins.append((index, speaker))
        stops = [first for first, _ in begins[1:]] + [len(self.texts)]
        for (first, speaker), stop in zip(begins, stops, strict=True):
            yield Turn(speaker, first, stop - 1)

    def chapters(self, words: Words) -> Iterator[Chapter]:
        """The headings as chapters, at their own time or at that of the word they stand before."""
        for index, heading in self.headings:
            title = _mend_characters(" ".join(heading.title.split()))
            word = words[index] if index < len(words) else None
            start = heading.start_ms if heading.start_ms is not None else word.start_ms if word else None
            yield Chapter(start, title, index if word else None)


def _cut_text(text: str) -> Iterator[str]:
    """The text in parts of about 16 Ki characters, cut between words where there is a space at all."""
    place = 0
    while place < len(text):
        space = _SPACE.search(text, place + _LONG_TEXT // 2, place + _LONG_TEXT)
        end = space.start() if space else place + _LONG_TEXT
        yield text[place:end]
        place = end


_UNSTORABLE = re.compile("[\ud800-\udfff\x00-\x08\x0e-\x1b\x7f]")
"""Lone surrogates cannot be encoded, PostgreSQL stores no NUL, XML no other control character."""


def _mend_characters(text: str) -> str:
    """The text with U+FFFD for what no file or database can hold."""
    return _UNSTORABLE.sub("\ufffd", text)


def _mend_words(texts: list[str]) -> None:
    """Mend words in place; whole blocks are searched at once because hardly any file has such characters."""
    block = 10_000
    for start in range(0, len(texts), block):
        if _UNSTORABLE.search("".join(texts[start : start + block])):
            texts[start : start + block] = map(_mend_characters, texts[start : start + block])


def _split_tokens(tokens: list[tuple[str, int | None, int | None]]) -> Iterator[Piece]:
    """The pieces of timed tokens; marks may stretch over several."""
    if any(has_marks(token) for token, _, _ in tokens):
        yield from split_pieces(" ".join(token for token, _, _ in tokens))
    else:
        for token, _, _ in tokens:
            yield Piece("word", token, 1)
