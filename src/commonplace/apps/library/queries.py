"""Reads of the library, as frozen values."""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import urlsplit

from django.db.models import Prefetch
from django.urls import reverse

from commonplace.apps.people.queries import name_of

from . import adapters
from .models import (
    Chapter,
    Paragraph,
    Recording,
    Revision,
    Suggestion,
    Talk,
    TalkQuerySet,
    TalkSpeaker,
    Transcript,
    Turn,
)
from .permissions import can_correct, can_decide_suggestions

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser, AnonymousUser

    Viewer = AbstractUser | AnonymousUser


@dataclass(frozen=True, slots=True)
class SpeakerLink:
    """Somebody as a talk names them; ``slug`` leads to their page where we know who it is; role is speaker or host."""

    name: str
    slug: str | None
    role: str


@dataclass(frozen=True, slots=True)
class TalkRow:
    """A talk in a list."""

    slug: str
    title: str
    date: datetime.date | None
    event: str
    description: str
    speakers: tuple[SpeakerLink, ...]
    duration_ms: int | None
    words: int
    language: str
    topics: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TalkList:
    """One page of a list of talks; ``page`` and ``pages`` count from 1, ``total`` counts the talks of all pages."""

    rows: tuple[TalkRow, ...]
    page: int
    pages: int
    total: int


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What a list of talks is narrowed to; an empty text narrows nothing.

    ``speaker`` is the slug of a person, ``year`` four digits, ``event`` the text that groups talks into a series.
    """

    speaker: str = ""
    topic: str = ""
    year: str = ""
    event: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that the list can be narrowed to, or is; ``count`` says how many talks are left then."""

    value: str
    title: str
    count: int
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """One way to narrow the list: what is chosen, as people read it, or else empty; and what else could be."""

    name: str
    chosen: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class TalkIndex:
    """A narrowed list of talks, with what it can be narrowed to further."""

    talks: TalkList
    speakers: Facet
    topics: Facet
    years: Facet
    events: Facet

    @property
    def facets(self) -> tuple[Facet, ...]:
        """Those by which something is narrowed, or can be."""
        return tuple(
            facet
            for facet in (self.speakers, self.topics, self.years, self.events)
            if facet.chosen or len(facet.choices) > 1
        )

    @property
    def is_narrowed(self) -> bool:
        """Whether anything is chosen."""
        return any(facet.chosen for facet in self.facets)


@dataclass(frozen=True, slots=True)
class ChapterLink:
    """A chapter; ``anchor`` is that of the paragraph with which it begins."""

    title: str
    start_ms: int | None
    anchor: str


@dataclass(frozen=True, slots=True)
class ParagraphView:
    """A paragraph of the page; ``key`` leads to the page on which it is corrected.

    ``anchor`` is ``t=<whole seconds>``, or ``t=<seconds>.<n>`` for the n-th more in the same second, or ``p=<n>``
    where no time is known. ``loops`` says that a recogniser's loop is inside.
    """

    key: int
    anchor: str
    start_ms: int | None
    text: str
    speaker: SpeakerLink | None
    begins_turn: bool
    chapter: ChapterLink | None
    loops: bool


@dataclass(frozen=True, slots=True)
class Download:
    """A file that a talk can be had as."""

    kind: str
    title: str


@dataclass(frozen=True, slots=True)
class Player:
    """How a recording is played on the page.

    An ``audio`` or ``video`` file has its own ``url``. An ``embed`` is the player of another site: whole seconds are
    appended to its ``url``, and it begins there. ``origin`` is the scheme and host it comes from.
    """

    kind: Literal["audio", "video", "embed"]
    url: str
    origin: str

    @property
    def host(self) -> str:
        """The name of the machine that the recording comes from."""
        return self.origin.partition("://")[2]


@dataclass(frozen=True, slots=True)
class Episode:
    """A talk in a feed."""

    talk: TalkRow
    published_at: datetime.datetime
    player: Player | None
    downloads: tuple[Download, ...]


@dataclass(frozen=True, slots=True)
class Addresses:
    """What of the library has a page that a viewer can find: slugs of talks and people, names of series."""

    talks: tuple[str, ...]
    people: tuple[str, ...]
    events: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TalkPage:
    """All that the page of a talk shows."""

    slug: str
    title: str
    date: datetime.date | None
    event: str
    description: str
    language: str
    topics: tuple[str, ...]
    speakers: tuple[SpeakerLink, ...]
    hosts: tuple[SpeakerLink, ...]
    recordings: tuple[str, ...]
    player: Player | None
    duration_ms: int | None
    words: int
    precision: str
    chapters: tuple[ChapterLink, ...]
    paragraphs: tuple[ParagraphView, ...]
    downloads: tuple[Download, ...]
    report: dict[str, Any]


@dataclass(frozen=True, slots=True)
class DownloadFile:
    """A file to send."""

    name: str
    content_type: str
    body: bytes


@dataclass(frozen=True, slots=True)
class ExportedTalk:
    """A talk as the files of its folder; ``is_published`` says whether visitors can see it."""

    slug: str
    is_published: bool
    files: dict[str, str]


@dataclass(frozen=True, slots=True)
class _Kind:
    title: str
    suffix: str
    content_type: str
    needs: str = ""


# In the order in which the page offers them.
_KINDS = {
    "vtt": _Kind("WebVTT captions", ".vtt", "text/vtt; charset=utf-8", needs="times"),
    "srt": _Kind("SRT captions", ".srt", "application/x-subrip; charset=utf-8", needs="times"),
    "md": _Kind("Markdown", ".md", "text/markdown; charset=utf-8"),
    "txt": _Kind("Plain text", ".txt", "text/plain; charset=utf-8"),
    "json": _Kind("Transcript JSON", ".json", "application/json"),
    "podcast-json": _Kind("Podcasting 2.0 JSON", ".podcast.json", "application/json", needs="times"),
    "chapters": _Kind("Podcasting 2.0 chapters", ".chapters.json", "application/json+chapters", needs="chapters"),
}


def list_talks(*, viewer: Viewer, page: int, per_page: int = 30) -> TalkList:
    """A page of the talks that this viewer may see, the newest first; a page beyond the last is the last."""
    talks = Talk.objects.visible_to(viewer)
    total = talks.count()
    pages = max(1, -(-total // per_page))
    page = min(max(1, page), pages)
    rows = _talk_rows(talks.newest_first()[(page - 1) * per_page : page * per_page])
    return TalkList(rows=rows, page=page, pages=pages, total=total)


def browse_talks(*, viewer: Viewer, narrowing: Narrowing, page: int, per_page: int = 30) -> TalkIndex:
    """A page of the talks that this viewer may see and that fit the narrowing, the newest first.

    Five queries, however many talks there are. The choices are counted here, not by the database, which has no common
    way to look into a list of topics: a thousand talks take milliseconds.
    """
    visible = Talk.objects.visible_to(viewer)
    facts = _load_facts(visible)
    fitting = [key for key, values in facts.items() if _fits(values, narrowing)]
    pages = max(1, -(-len(fitting) // per_page))
    page = min(max(1, page), pages)
    keys = fitting[(page - 1) * per_page : page * per_page]
    rows = _talk_rows(visible.filter(pk__in=keys).newest_first())
    return TalkIndex(
        talks=TalkList(rows=rows, page=page, pages=pages, total=len(fitting)),
        speakers=_make_facet("speaker", facts.values(), narrowing, by_title=True),
        topics=_make_facet("topic", facts.values(), narrowing, by_title=True),
        years=_make_facet("year", facts.values(), narrowing),
        events=_make_facet("event", facts.values(), narrowing),
    )


def list_episodes(*, viewer: Viewer, narrowing: Narrowing, limit: int) -> tuple[Episode, ...]:
    """The newest published talks that fit the narrowing; seven queries."""
    published = Talk.objects.visible_to(viewer).exclude(published_at=None)
    keys = [key for key, values in _load_facts(published).items() if _fits(values, narrowing)][:limit]
    chaptered = set(Chapter.objects.filter(transcript__talk__in=keys).values_list("transcript", flat=True).distinct())
    talks = _with_parts_of_rows(published.filter(pk__in=keys).newest_first()).prefetch_related("recordings")
    episodes = []
    for talk in talks:
        transcript = next(iter(talk.transcripts.all()), None)
        has_chapters = transcript is not None and transcript.pk in chaptered
        player = next(filter(None, map(find_player, talk.recordings.all())), None)
        if talk.published_at is not None:
            downloads = _list_downloads(transcript, has_chapters=has_chapters)
            episodes.append(Episode(_talk_row(talk), talk.published_at, player, downloads))
    return tuple(episodes)


def list_addresses(viewer: Viewer) -> Addresses:
    """Every talk that this viewer may see, and the people and series in them; two queries."""
    talks = Talk.objects.visible_to(viewer)
    slugs, events = [], {}
    for slug, event in talks.newest_first().values_list("slug", "event"):
        slugs.append(slug)
        events[event] = True
    people = TalkSpeaker.objects.filter(talk__in=talks, person__isnull=False).order_by("person__slug")
    return Addresses(
        talks=tuple(slugs),
        people=tuple(people.values_list("person__slug", flat=True).distinct()),
        events=tuple(event for event in events if event),
    )


def list_talks_of(viewer: Viewer, person_slug: str) -> tuple[TalkRow, ...]:
    """The talks in which this person speaks or hosts, as far as the viewer may see them, the newest first."""
    own = TalkSpeaker.objects.filter(person__slug=person_slug).values("talk")
    return _talk_rows(Talk.objects.visible_to(viewer).filter(pk__in=own).newest_first())


def get_talk_for(viewer: Viewer, slug: str) -> Talk:
    """The talk with this slug. Raises `Talk.DoesNotExist`, also where this viewer may not see it."""
    return Talk.objects.visible_to(viewer).get(slug=slug)


def get_talk_page_for(viewer: Viewer, slug: str) -> TalkPage:
    """The page of the talk with this slug; a talk that waits for its captions has no paragraphs.

    Raises `Talk.DoesNotExist`, also where this viewer may not see it.
    """
    talk = get_talk_for(viewer, slug)
    people = [_speaker_link(credit) for credit in talk.speakers.select_related("person")]
    transcript = talk.transcripts.first()
    rows = list(transcript.paragraphs.select_related("turn__person").defer("times")) if transcript else []
    recordings = list(talk.recordings.all())
    anchors = _make_anchors(rows)
    beginnings = _place_chapters(list(transcript.chapters.all()) if transcript else [], rows, anchors)
    return TalkPage(
        slug=talk.slug,
        title=talk.title,
        date=talk.date,
        event=talk.event,
        description=talk.description,
        language=talk.language or (transcript.language if transcript else ""),
        topics=tuple(talk.topics),
        speakers=tuple(person for person in people if person.role == "speaker"),
        hosts=tuple(person for person in people if person.role == "host"),
        recordings=tuple(recording.url for recording in recordings),
        player=next(filter(None, map(find_player, recordings)), None),
        duration_ms=transcript.duration_ms if transcript else None,
        words=transcript.word_count if transcript else 0,
        precision=transcript.precision if transcript else "none",
        chapters=tuple(chapter for chapter, _ in beginnings),
        paragraphs=_paragraph_views(rows, anchors, beginnings, transcript.loops if transcript else []),
        downloads=_list_downloads(transcript, has_chapters=bool(beginnings)),
        report=transcript.report if transcript else {},
    )


def get_download_for(viewer: Viewer, slug: str, kind: str) -> DownloadFile:
    """The talk as a file of this kind: vtt, srt, md, txt, json, podcast-json or chapters.

    Raises `Talk.DoesNotExist` where this viewer may not see the talk, or it is not to be had as this kind.
    """
    talk = get_talk_for(viewer, slug)
    transcript = talk.transcripts.first()
    offered = _list_downloads(transcript, has_chapters=bool(transcript and transcript.chapters.exists()))
    if transcript is None or kind not in {download.kind for download in offered}:
        raise Talk.DoesNotExist(f"{slug} is not to be had as {kind!r}")
    chosen = _KINDS[kind]
    if kind == "md":
        text = adapters.write_folder(load_folder(talk))["talk.md"]
    else:
        text = adapters.render(load_transcript(transcript), kind=kind)
    return DownloadFile(name=talk.slug + chosen.suffix, content_type=chosen.content_type, body=text.encode())


_YOUTUBE = re.compile(
    r"https?://(?:(?:www\.|m\.)?youtube(?:-nocookie)?\.com/(?:watch\?(?:[^#]*&)?v=|live/|embed/|shorts/)|youtu\.be/)"
    r"([\w-]{11})(?![\w-])",
    re.ASCII,
)
_VIMEO = re.compile(
    r"https?://(?:www\.)?(?:player\.)?vimeo\.com/(?:video/)?(\d{1,12})(?:/([0-9a-f]{1,20}))?(?=[/?#]|$)"
)
_HOST = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)*(?::\d{1,5})?")


def find_player(recording: Recording) -> Player | None:
    """How this recording is played on a page; None where it can only be linked to."""
    if match := _YOUTUBE.match(recording.url):
        origin = "https://www.youtube-nocookie.com"  # the player that sets no cookie before somebody plays
        return Player("embed", f"{origin}/embed/{match[1]}?autoplay=1&playsinline=1&rel=0&start=", origin)
    if match := _VIMEO.match(recording.url):
        origin = "https://player.vimeo.com"
        unlisted = f"&h={match[2]}" if match[2] else ""
        return Player("embed", f"{origin}/video/{match[1]}?dnt=1&autoplay=1{unlisted}#t=", origin)
    if recording.kind == Recording.Kind.PAGE:
        return None
    address = urlsplit(recording.url)
    # The host goes into the page's content policy, where anything but a plain name could say more than a name.
    if not _HOST.fullmatch(address.netloc.lower()):
        return None
    kind: Literal["audio", "video"] = "audio" if recording.kind == Recording.Kind.AUDIO else "video"
    return Player(kind, recording.url, f"{address.scheme}://{address.netloc.lower()}")


def export_talks() -> Iterator[ExportedTalk]:
    """Every talk as the files of its folder, by slug; one talk in memory at a time."""
    for talk in Talk.objects.order_by("slug").iterator(chunk_size=100):
        files = adapters.write_folder(load_folder(talk))
        yield ExportedTalk(slug=talk.slug, is_published=talk.published_at is not None, files=files)


def count_talks() -> int:
    """How many talks there are, published or not."""
    return Talk.objects.count()


def load_folder(talk: Talk) -> adapters.TalkFolder:
    """The talk folder of this talk; seven queries, however long the talk is."""
    transcript = talk.transcripts.first()
    recording = talk.recordings.first()
    return adapters.folder_of(
        talk,
        credits_=talk.speakers.all(),
        recording=recording.url if recording else None,
        transcript=load_transcript(transcript) if transcript else None,
        report=transcript.report if transcript else {},
    )


def load_transcript(transcript: Transcript) -> adapters.Transcript:
    """The value that these rows hold; four queries."""
    return adapters.transcript_of(
        transcript,
        turns=transcript.turns.all(),
        paragraphs=transcript.paragraphs.all(),
        chapters=transcript.chapters.all(),
        corrections=transcript.corrections.all(),
    )


_Facts = dict[str, dict[str, str]]
"""Of one talk, what it can be found by: the name of a facet, then values and their titles."""


def _load_facts(talks: TalkQuerySet) -> dict[int, _Facts]:
    facts: dict[int, _Facts] = {}
    for key, date, event, topics in talks.newest_first().values_list("pk", "date", "event", "topics"):
        facts[key] = {
            "speaker": {},
            "topic": {topic: topic for topic in topics},
            "year": {str(date.year): str(date.year)} if date else {},
            "event": {event: event} if event else {},
        }
    credited = TalkSpeaker.objects.filter(talk__in=talks, role=TalkSpeaker.Role.SPEAKER, person__isnull=False)
    for key, slug, name in credited.values_list("talk", "person__slug", "person__name"):
        facts[key]["speaker"][slug] = name
    return facts


def _fits(values: _Facts, narrowing: Narrowing, *, but: str = "") -> bool:
    wishes = {name: getattr(narrowing, name) for name in values if name != but}
    return all(not wish or wish in values[name] for name, wish in wishes.items())


def _make_facet(name: str, facts: Iterable[_Facts], narrowing: Narrowing, *, by_title: bool = False) -> Facet:
    """The choices of talks that fit all other wishes, in the order of the talks or of their titles."""
    wish = getattr(narrowing, name)
    titles = {wish: wish} if wish else {}
    counts = Counter(dict.fromkeys(titles, 0))  # what is chosen stays in sight where it leaves nothing
    for values in facts:
        titles |= values[name]
        if _fits(values, narrowing, but=name):
            counts.update(values[name].keys())
    choices = [Choice(value, titles[value], count, value == wish) for value, count in counts.items()]
    if by_title:
        choices.sort(key=lambda choice: choice.title.casefold())
    return Facet(name, titles.get(wish, ""), tuple(choices))


def _talk_rows(talks: TalkQuerySet) -> tuple[TalkRow, ...]:
    return tuple(_talk_row(talk) for talk in _with_parts_of_rows(talks))


def _with_parts_of_rows(talks: TalkQuerySet) -> TalkQuerySet:
    light = Transcript.objects.only("talk", "position", "duration_ms", "word_count", "language", "precision")
    return talks.prefetch_related(
        Prefetch("speakers", TalkSpeaker.objects.select_related("person")), Prefetch("transcripts", light)
    )


def _talk_row(talk: Talk) -> TalkRow:
    transcript = next(iter(talk.transcripts.all()), None)
    people = [_speaker_link(credit) for credit in talk.speakers.all()]
    return TalkRow(
        slug=talk.slug,
        title=talk.title,
        date=talk.date,
        event=talk.event,
        description=talk.description,
        speakers=tuple(sorted(people, key=lambda person: person.role, reverse=True)),  # speakers, then hosts
        duration_ms=transcript.duration_ms if transcript else None,
        words=transcript.word_count if transcript else 0,
        language=talk.language or (transcript.language if transcript else ""),
        topics=tuple(talk.topics),
    )


def _speaker_link(credit: TalkSpeaker) -> SpeakerLink:
    return SpeakerLink(credit.name, credit.person.slug if credit.person else None, credit.role)


def _make_anchors(rows: Iterable[Paragraph]) -> list[str]:
    anchors = []
    used: dict[int, int] = {}
    for number, row in enumerate(rows, start=1):
        if row.start_ms is None:
            anchors.append(f"p={number}")
            continue
        second = row.start_ms // 1000
        used[second] = used.get(second, 0) + 1
        anchors.append(f"t={second}" if used[second] == 1 else f"t={second}.{used[second]}")
    return anchors


def _place_chapters(
    chapters: list[Chapter], rows: list[Paragraph], anchors: list[str]
) -> list[tuple[ChapterLink, int | None]]:
    """Each chapter with the paragraph that begins it, the nearest after the chapter before; None where none is left.

    Nearest, because a chapter's time is often a second off its first word, on either side.
    """
    placed: list[tuple[ChapterLink, int | None]] = []
    free = 0
    for chapter in chapters:
        index = _nearest(chapter, rows, free)
        anchor = anchors[index if index is not None else -1] if anchors else "p=1"
        placed.append((ChapterLink(chapter.title, chapter.start_ms, anchor), index))
        free = free if index is None else index + 1
    return placed


def _nearest(chapter: Chapter, rows: list[Paragraph], free: int) -> int | None:
    if chapter.start_ms is not None:
        distances = [
            (abs(row.start_ms - chapter.start_ms), index)
            for index, row in enumerate(rows[free:], start=free)
            if row.start_ms is not None
        ]
    else:
        distances = [
            (abs(row.first_word - (chapter.first_word or 0)), index)
            for index, row in enumerate(rows[free:], start=free)
        ]
    return min(distances)[1] if distances else None


def _paragraph_views(
    rows: list[Paragraph], anchors: list[str], beginnings: list[tuple[ChapterLink, int | None]], loops: list[list[int]]
) -> tuple[ParagraphView, ...]:
    chapter_at = {index: chapter for chapter, index in beginnings}
    views = []
    number = 0
    for turn, group in groupby(rows, key=lambda row: row.turn):
        speaker = None
        if turn and turn.speaker_name:
            speaker = SpeakerLink(turn.speaker_name, turn.person.slug if turn.person else None, "speaker")
        for place, row in enumerate(group):
            last = row.first_word + row.text.count(" ")
            views.append(
                ParagraphView(
                    key=row.pk,
                    anchor=anchors[number],
                    start_ms=row.start_ms,
                    text=row.text,
                    speaker=speaker,
                    begins_turn=turn is not None and place == 0,
                    chapter=chapter_at.get(number),
                    loops=any(loop[0] <= last and loop[1] >= row.first_word for loop in loops),
                )
            )
            number += 1
    return tuple(views)


def _list_downloads(transcript: Transcript | None, *, has_chapters: bool) -> tuple[Download, ...]:
    if transcript is None:
        return ()
    held = {"", *(["times"] if transcript.precision != "none" else []), *(["chapters"] if has_chapters else [])}
    return tuple(Download(kind, about.title) for kind, about in _KINDS.items() if about.needs in held)


_AROUND = 40
"""Words of the paragraphs before and after the one that is corrected: enough to know what it is about."""


@dataclass(frozen=True, slots=True)
class ParagraphToCorrect:
    """A paragraph as its edit page shows it.

    ``speakers`` are the names to choose from for its turn, empty where it has none; ``before`` and ``after`` are the
    words around it; ``address`` is its place on the talk page. ``may_correct`` is False where the viewer can only
    suggest.
    """

    key: int
    slug: str
    title: str
    language: str
    text: str
    version: int
    start_ms: int | None
    speaker: str
    speakers: tuple[str, ...]
    before: str
    after: str
    address: str
    may_correct: bool


@dataclass(frozen=True, slots=True)
class RevisionView:
    """One edit in the history of a talk.

    ``differences`` are pairs of ``same``, ``deleted`` or ``inserted`` and words, with long unchanged stretches cut
    short. ``author`` is the account that made the edit, ``given_name`` whom a suggestion came from.
    """

    key: int
    kind: str
    made_at: datetime.datetime
    author: str
    given_name: str
    start_ms: int | None
    differences: tuple[tuple[str, str], ...]
    speaker_before: str
    speaker_after: str
    is_undone: bool


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """The edits of a talk, the newest first; ``page`` and ``pages`` count from 1.

    ``may_correct`` and ``may_decide`` say whether the viewer may undo edits, and decide what others suggest.
    """

    slug: str
    title: str
    language: str
    revisions: tuple[RevisionView, ...]
    page: int
    pages: int
    may_correct: bool
    may_decide: bool


@dataclass(frozen=True, slots=True)
class SuggestionView:
    """A suggestion that waits for an editor; ``is_overtaken`` where the paragraph was edited since."""

    key: int
    paragraph: int
    slug: str
    title: str
    language: str
    start_ms: int | None
    given_name: str
    made_at: datetime.datetime
    differences: tuple[tuple[str, str], ...]
    is_overtaken: bool


def get_paragraph_to_correct_for(viewer: Viewer, slug: str, key: int) -> ParagraphToCorrect:
    """The paragraph with this key.

    Raises `Talk.DoesNotExist` or `Paragraph.DoesNotExist`, also where this viewer may not see the talk.
    """
    talk = get_talk_for(viewer, slug)
    row = Paragraph.with_deleted.select_related("transcript", "turn").get(pk=key, transcript__talk=talk)
    around = Paragraph.objects.filter(transcript=row.transcript_id)
    before = around.filter(position__lt=row.position).order_by("-position").first()
    after = around.filter(position__gt=row.position).order_by("position").first()
    return ParagraphToCorrect(
        key=row.pk,
        slug=talk.slug,
        title=talk.title,
        language=talk.language or row.transcript.language,
        text=row.text,
        version=row.version,
        start_ms=row.start_ms,
        speaker=row.turn.speaker_name if row.turn else "",
        speakers=_list_speakers(talk, row) if row.turn else (),
        before=_shorten(before.text, first=0, last=_AROUND) if before else "",
        after=_shorten(after.text, first=_AROUND, last=0) if after else "",
        address=f"{reverse('talk', args=[talk.slug])}#{_find_anchor(row)}",
        may_correct=can_correct(viewer, talk),
    )


def get_history_for(viewer: Viewer, slug: str, *, page: int, per_page: int = 50) -> HistoryPage:
    """The edits of the talk with this slug; a page beyond the last is the last.

    Raises `Talk.DoesNotExist`, also where this viewer may not see it.
    """
    talk = get_talk_for(viewer, slug)
    rows = Revision.objects.filter(paragraph__transcript__talk=talk).order_by("-pk")
    pages = max(1, -(-rows.count() // per_page))
    page = min(max(1, page), pages)
    rows = rows.select_related("account__person", "paragraph__transcript").prefetch_related("undone_by")
    return HistoryPage(
        slug=talk.slug,
        title=talk.title,
        language=talk.language,
        revisions=tuple(map(_revision_view, rows[(page - 1) * per_page : page * per_page])),
        page=page,
        pages=pages,
        may_correct=can_correct(viewer, talk),
        may_decide=can_decide_suggestions(viewer),
    )


def list_suggestions_for(viewer: Viewer, *, limit: int = 100) -> tuple[SuggestionView, ...]:
    """The suggestions that wait, the oldest first. Raises `Suggestion.DoesNotExist` for whoever may not decide them."""
    if not can_decide_suggestions(viewer):
        raise Suggestion.DoesNotExist(f"{viewer} may not decide suggestions")
    rows = Suggestion.objects.filter(state=Suggestion.State.OPEN).select_related("paragraph__transcript__talk")
    return tuple(map(_suggestion_view, rows[:limit]))


def get_revision_for(viewer: Viewer, slug: str, key: int) -> Revision:
    """The edit with this key, for whoever may undo it.

    Raises `Talk.DoesNotExist` or `Revision.DoesNotExist`.
    """
    talk = get_talk_for(viewer, slug)
    if not can_correct(viewer, talk):
        raise Revision.DoesNotExist(f"{viewer} may not undo edits of {slug}")
    return Revision.objects.get(pk=key, paragraph__transcript__talk=talk)


def get_suggestion_for(viewer: Viewer, key: int) -> Suggestion:
    """The suggestion with this key, with its talk, for whoever may decide it. Raises `Suggestion.DoesNotExist`."""
    if not can_decide_suggestions(viewer):
        raise Suggestion.DoesNotExist(f"{viewer} may not decide suggestions")
    return Suggestion.objects.select_related("paragraph__transcript__talk").get(pk=key)


def _list_speakers(talk: Talk, row: Paragraph) -> tuple[str, ...]:
    """Nobody known, whom the talk credits, and every name that stands above a turn."""
    names = ["", *talk.speakers.values_list("name", flat=True)]
    names += (
        Turn.objects.filter(transcript=row.transcript_id).order_by("position").values_list("speaker_name", flat=True)
    )
    return tuple(dict.fromkeys(names))


def _find_anchor(row: Paragraph) -> str:
    """The anchor of a paragraph on the talk page; where it has lost its words, that of the one before it."""
    rows = list(
        Paragraph.objects.filter(transcript=row.transcript_id).only("start_ms", "position").order_by("position")
    )
    place = sum(other.position <= row.position for other in rows)
    return _make_anchors(rows)[max(place, 1) - 1] if rows else "transcript"


def _revision_view(row: Revision) -> RevisionView:
    return RevisionView(
        key=row.pk,
        kind=row.kind,
        made_at=row.made_at,
        author=name_of(row.account),
        given_name=row.given_name,
        start_ms=row.paragraph.start_ms,
        differences=_show_differences(row.before, row.after),
        speaker_before=row.speaker_before,
        speaker_after=row.speaker_after,
        is_undone=bool(row.undone_by.all()),
    )


def _suggestion_view(row: Suggestion) -> SuggestionView:
    paragraph, seen = row.paragraph, row.paragraph.text
    if row.version < paragraph.version:
        seen = paragraph.revisions.get(version=row.version + 1).before
    talk = paragraph.transcript.talk
    return SuggestionView(
        key=row.pk,
        paragraph=paragraph.pk,
        slug=talk.slug,
        title=talk.title,
        language=talk.language or paragraph.transcript.language,
        start_ms=paragraph.start_ms,
        given_name=row.given_name,
        made_at=row.made_at,
        differences=_show_differences(seen, row.text),
        is_overtaken=row.version < paragraph.version,
    )


def _show_differences(before: str, after: str, *, around: int = 8) -> tuple[tuple[str, str], ...]:
    """What differs between two texts, with as many unchanged words around it as help to find the place."""
    pieces = adapters.find_differences(before, after)
    end = len(pieces) - 1
    return tuple(
        (kind, _shorten(text, first=around if number else 0, last=around if number < end else 0))
        if kind == "same"
        else (kind, text)
        for number, (kind, text) in enumerate(pieces)
    )


def _shorten(text: str, *, first: int, last: int) -> str:
    """The first and the last words of a text, as many of each; all of them where none would be left out."""
    words = text.split(" ")
    if len(words) <= first + last:
        return text
    return " ".join([*words[:first], "…", *words[len(words) - last :]])
