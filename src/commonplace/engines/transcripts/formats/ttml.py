"""TTML and its elder DFXP: the XML captions of broadcasters (W3C TTML2, https://www.w3.org/TR/ttml2/).

Any of its namespaces. Times (12.3.1): clock times with fraction or frames, offset times in h, m, s, ms, f and t, with
the ``frameRate``, ``frameRateMultiplier``, ``subFrameRate`` and ``tickRate`` of the root. The times of ``body``,
``div``, ``p`` and ``span`` count from their parent's begin (12.1, ``par`` containers). ``agent`` names who
speaks; the reading aid of a ``ruby`` is set aside, because it says the same word twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import groupby

from ..document import Document
from ..syntax.markup_events import MarkupEvent, stream_xml
from ..syntax.timed_words import join_markup
from .base import Cue, Details, Format, Item, SetAside, TimedWord

__all__ = ["FORMAT", "looks_like", "read"]

_EXPECTED = 'a time such as 00:00:03.5, 00:00:03:12, 3.5s, 84f or 35000t in <p begin="…" end="…">'
_CLOCK = re.compile(r"(-?)(\d{1,6}):(\d{1,2}):(\d{1,2})(?:\.(\d{1,9})|[:;](\d{1,4})(?:\.(\d{1,4}))?)?")
_OFFSET = re.compile(r"(-?)(\d{1,15})(?:\.(\d{1,9}))?(h|ms|m|s|f|t)")
_TIMED = ("body", "div", "p", "span", "br")
_RUBY_AIDS = ("text", "textContainer", "delimiter")
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class _Rates:
    frames: Fraction = Fraction(30)
    sub_frames: int = 1
    ticks: Fraction = Fraction(1)

    def read(self, text: str) -> int | None:
        """Milliseconds of a time expression, or None."""
        if match := _CLOCK.fullmatch(text):
            sign, hours, minutes, seconds, fraction, frames, sub_frames = match.groups()
            value = Fraction((int(hours) * 60 + int(minutes)) * 60 + int(seconds)) + _fraction(fraction)
            value += (Fraction(int(frames or 0)) + Fraction(int(sub_frames or 0), self.sub_frames)) / self.frames
        elif match := _OFFSET.fullmatch(text):
            sign, whole, fraction, unit = match.groups()
            value = (int(whole) + _fraction(fraction)) * self.seconds_of(unit)
        else:
            return None
        return round((-value if sign else value) * 1000)

    def seconds_of(self, unit: str) -> Fraction:
        known = {"h": Fraction(3600), "m": Fraction(60), "s": Fraction(1), "ms": Fraction(1, 1000)}
        return known.get(unit) or (1 / self.frames if unit == "f" else 1 / self.ticks)


def _fraction(digits: str | None) -> Fraction:
    return Fraction(int(digits), 10 ** len(digits)) if digits else Fraction(0)


@dataclass(slots=True)
class _Open:
    """An element that is not closed yet: its milliseconds, who speaks, and whether its text is a reading aid."""

    begin_ms: int | None = None
    end_ms: int | None = None
    speaker: str | None = None
    aside: bool = False


@dataclass(slots=True)
class _Spoken:
    text: str
    start_ms: int | None
    end_ms: int | None
    speaker: str | None


@dataclass(slots=True)
class _State:
    document: Document
    rates: _Rates = field(default_factory=_Rates)
    stack: list[_Open] = field(default_factory=lambda: [_Open()])
    names: dict[str, str] = field(default_factory=dict)
    agent: str = ""
    metadata: str = ""
    paragraph: _Open | None = None
    paragraph_offset: int = 0
    spoken: list[_Spoken] = field(default_factory=list)


def looks_like(document: Document) -> bool:
    """Whether the root is ``<tt>``, in whatever namespace."""
    return document.root == "tt"


def read(document: Document) -> Iterator[Item]:
    """One cue for each speaker of a ``<p>``.

    Raises `MalformedCaptions` for broken XML, for times that are none, and for rates of zero.
    """
    state = _State(document)
    for event in stream_xml(document, _EXPECTED):
        if event.kind == "start":
            yield from _start(state, event)
        elif event.kind == "end":
            yield from _end(state, event)
        elif event.kind == "comment":
            yield SetAside("note", event.text, offset=event.offset)
        else:
            yield from _take_text(state, event)


def _start(state: _State, event: MarkupEvent) -> Iterator[Item]:
    name = event.name
    if name == "tt":
        state.rates = _read_rates(state.document, event)
        if language := event.attributes.get("lang"):
            yield Details(language=language)
    elif name in _TIMED:
        state.stack.append(_open(state, event))
        if name == "p":
            state.paragraph, state.paragraph_offset, state.spoken = state.stack[-1], event.offset, []
        elif name == "br":
            state.spoken.append(_Spoken("\n", None, None, state.stack[-1].speaker))
    elif name == "agent":
        state.agent = event.attributes.get("id", "")
    else:
        state.metadata = name


def _end(state: _State, event: MarkupEvent) -> Iterator[Item]:
    if event.name in _TIMED:
        if event.name == "p" and state.paragraph is not None:
            yield from _cues(state)
            state.paragraph = None
        state.stack.pop()
    elif event.name == "agent":
        state.agent = ""
    elif event.name == state.metadata:
        state.metadata = ""


def _take_text(state: _State, event: MarkupEvent) -> Iterator[Item]:
    text = event.text
    top = state.stack[-1]
    if state.paragraph is not None and not top.aside and not state.metadata:
        timed = top is not state.paragraph
        start, end = (top.begin_ms, top.end_ms) if timed else (None, None)
        state.spoken.append(_Spoken(_SPACES.sub(" ", text), start, end, top.speaker))
    elif not text.strip():
        return
    elif state.metadata == "name" and state.agent:
        state.names[state.agent] = state.names.get(state.agent, "") + text.strip()
    elif state.metadata == "title":
        yield Details(title=text.strip())
    else:
        yield SetAside("note", text, offset=event.offset)


def _read_rates(document: Document, event: MarkupEvent) -> _Rates:
    given = event.attributes
    numbers: dict[str, Fraction] = {}
    for name in ("frameRate", "subFrameRate", "tickRate"):
        if name in given:
            numbers[name] = _positive(document, event, name, given[name])
    frames = numbers.get("frameRate", Fraction(30))
    if multiplier := given.get("frameRateMultiplier"):
        # TTML1 and 2 write "1000 1001", DFXP of 2006 wrote "1000:1001".
        top, _, bottom = multiplier.replace(":", " ").partition(" ")
        name = "frameRateMultiplier"
        frames *= _positive(document, event, name, top) / _positive(document, event, name, bottom or "1")
    sub_frames = int(numbers.get("subFrameRate", Fraction(1)))
    # 7.2.13: without a tickRate, ticks are sub-frames where a frame rate is given, else seconds.
    ticks = numbers.get("tickRate", frames * sub_frames if "frameRate" in numbers else Fraction(1))
    return _Rates(frames, sub_frames, ticks)


def _positive(document: Document, event: MarkupEvent, name: str, text: str) -> Fraction:
    if not re.fullmatch(r"\s*0{0,9}[1-9]\d{0,11}\s*", text):
        raise document.malformed(f"{name} {text[:40]!r} is no rate", event.offset, "a whole number above 0")
    return Fraction(int(text))


def _open(state: _State, event: MarkupEvent) -> _Open:
    parent = state.stack[-1]
    origin = parent.begin_ms or 0
    begin, end, duration = (_read_time(state, event, name) for name in ("begin", "end", "dur"))
    begin_ms = parent.begin_ms if begin is None else origin + begin
    ends = [parent.end_ms] if parent.end_ms is not None else []
    if end is not None:
        ends = [origin + end]
    if duration is not None:
        ends.append((begin_ms or 0) + duration)
    speaker = parent.speaker
    if agents := event.attributes.get("agent", "").split():
        speaker = ", ".join(state.names.get(agent, agent) for agent in agents)
    aside = parent.aside or event.attributes.get("ruby") in _RUBY_AIDS
    return _Open(begin_ms, min(ends) if ends else None, speaker, aside)


def _read_time(state: _State, event: MarkupEvent, name: str) -> int | None:
    given = event.attributes.get(name)
    if given is None or not given.strip():
        return None
    value = state.rates.read(given.strip())
    if value is None:
        problem = f"{name}={given[:40]!r} of <{event.name}> is no time"
        raise state.document.malformed(problem, event.offset, _EXPECTED)
    return value


def _cues(state: _State) -> Iterator[Cue]:
    paragraph = state.paragraph or _Open()
    for speaker, group in groupby(state.spoken, key=lambda spoken: spoken.speaker):
        pieces = list(group)
        own = any(piece.start_ms not in (None, paragraph.begin_ms) for piece in pieces)
        text, words = join_markup(
            TimedWord(piece.text, piece.start_ms if own else None, piece.end_ms if own else None) for piece in pieces
        )
        text = "\n".join(line.strip() for line in text.split("\n")).strip()
        if not text:
            continue
        starts = [piece.start_ms for piece in pieces if piece.start_ms is not None] if own else []
        ends = [piece.end_ms for piece in pieces if piece.end_ms is not None] if own else []
        start_ms = min(starts) if starts and not pieces[0].text.strip() else paragraph.begin_ms
        start_ms = min(starts) if starts and paragraph.begin_ms is None else start_ms
        end_ms = max(ends) if ends and paragraph.end_ms is None else paragraph.end_ms
        yield Cue(start_ms, end_ms, text, speaker, words, offset=state.paragraph_offset)


FORMAT = Format(name="ttml", title="TTML or DFXP", precision="cue", looks_like=looks_like, read=read, labels=True)
