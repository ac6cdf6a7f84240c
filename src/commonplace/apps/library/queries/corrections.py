"""What editors see of a paragraph, its history and its suggestions."""

from __future__ import annotations

import datetime
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.http import urlencode

from commonplace.apps.people.queries import name_of

from .. import adapters
from ..models import (
    Paragraph,
    Revision,
    Suggestion,
    Talk,
    Transcript,
    Turn,
)
from ..permissions import can_correct, can_decide_suggestions

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser, AnonymousUser

    Viewer = AbstractUser | AnonymousUser

from .catalogue import get_talk_for
from .languages import spoken_in
from .talk_page import ParagraphView, get_talk_page_for, make_anchors

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
class Corrected:
    """What an edit changed on the page of its talk.

    ``paragraphs`` stand where those with the keys of ``replaced`` stood: one, or where a speaker or a whole paragraph
    came or went, its turn and its neighbours. ``revision`` is the edit, None where nothing changed; ``is_undo`` whether
    it took another one back.
    """

    slug: str
    key: int
    language: str
    replaced: tuple[int, ...]
    paragraphs: tuple[ParagraphView, ...]
    revision: int | None
    is_undo: bool


@dataclass(frozen=True, slots=True)
class RevisionView:
    """One edit in the history of a talk.

    ``differences`` are pairs of ``same``, ``deleted`` or ``inserted`` and words, with long unchanged stretches cut
    short. ``author`` is the account that made the edit, ``given_name`` whom a suggestion came from; ``turns`` counts
    those that a renaming named.
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
    language: str
    turns: int


@dataclass(frozen=True, slots=True)
class SpeakersPage:
    """The names in the transcripts of a talk, each with the number of its turns; ``known`` are names to choose from."""

    key: int
    slug: str
    title: str
    names: tuple[tuple[str, int], ...]
    known: tuple[str, ...]


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
        language=spoken_in(talk, row.transcript),
        text=row.text,
        version=row.version,
        start_ms=row.start_ms,
        speaker=row.turn.speaker_name if row.turn else "",
        speakers=_list_speakers(talk, row) if row.turn else (),
        before=_shorten(before.text, first=0, last=_AROUND) if before else "",
        after=_shorten(after.text, first=_AROUND, last=0) if after else "",
        address=f"{_address_of(talk, row.transcript)}#{_find_anchor(row)}",
        may_correct=can_correct(viewer, talk),
    )


def get_corrected_for(viewer: Viewer, slug: str, key: int, *, revision: Revision | None) -> Corrected:
    """What this edit of a paragraph changed on the page; about as long as showing the page.

    Raises `Talk.DoesNotExist` or `Paragraph.DoesNotExist`, also where this viewer may not see the talk.
    """
    row = Paragraph.with_deleted.select_related("transcript").get(pk=key, transcript__talk__slug=slug)
    page = get_talk_page_for(viewer, slug, language=row.transcript.language if row.transcript.position else "")
    replaced = {key}
    if revision and (revision.speaker_before != revision.speaker_after or not (revision.before and revision.after)):
        rows = Paragraph.with_deleted.filter(transcript=row.transcript_id)
        around = list(rows.filter(turn=row.turn_id).values_list("pk", "position")) if row.turn_id else []
        positions = [position for _, position in [*around, (key, row.position)]]
        replaced |= {other for other, _ in around}
        # The neighbours too: a heading or a name may have gone over to them.
        for beside in (
            rows.filter(position__lt=min(positions)).exclude(text="").order_by("-position"),
            rows.filter(position__gt=max(positions)).exclude(text="").order_by("position"),
        ):
            replaced |= set(beside.values_list("pk", flat=True)[:1])
    return Corrected(
        slug=slug,
        key=key,
        language=page.spoken,
        replaced=tuple(sorted(replaced)),
        paragraphs=tuple(paragraph for paragraph in page.paragraphs if paragraph.key in replaced),
        revision=revision.pk if revision else None,
        is_undo=revision is not None and revision.kind == Revision.Kind.UNDO,
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
        revisions=tuple(_revision_view(row, talk) for row in rows[(page - 1) * per_page : page * per_page]),
        page=page,
        pages=pages,
        may_correct=can_correct(viewer, talk),
        may_decide=can_decide_suggestions(viewer),
    )


def get_speakers_for(viewer: Viewer, slug: str) -> SpeakersPage:
    """The names in a talk's transcripts, in the order in which they first speak.

    Raises `Talk.DoesNotExist`, also for whoever may not correct it.
    """
    talk = get_talk_for(viewer, slug)
    if not can_correct(viewer, talk):
        raise Talk.DoesNotExist(f"{viewer} may not rename the speakers of {slug}")
    turns = Turn.objects.filter(transcript__talk=talk).exclude(speaker_name="")
    named = Counter(turns.order_by("transcript__position", "position").values_list("speaker_name", flat=True))
    credited = talk.speakers.values_list("name", flat=True)
    return SpeakersPage(
        key=talk.pk,
        slug=talk.slug,
        title=talk.title,
        names=tuple(named.items()),
        known=tuple(dict.fromkeys([*credited, *named])),
    )


def list_suggestions_for(viewer: Viewer, *, limit: int = 100) -> tuple[SuggestionView, ...]:
    """The suggestions that wait, the oldest first. Raises `Suggestion.DoesNotExist` for whoever may not decide them."""
    if not can_decide_suggestions(viewer):
        raise Suggestion.DoesNotExist(f"{viewer} may not decide suggestions")
    rows = Suggestion.objects.filter(state=Suggestion.State.OPEN).select_related("paragraph__transcript__talk")[:limit]
    overtaken = [row.paragraph_id for row in rows if row.version < row.paragraph.version]
    edits = Revision.objects.filter(paragraph__in=overtaken).values_list("paragraph", "version", "before")
    seen = {(paragraph, version): before for paragraph, version, before in edits}
    return tuple(_suggestion_view(row, seen.get((row.paragraph_id, row.version + 1))) for row in rows)


def count_suggestions_for(viewer: Viewer) -> int | None:
    """How many suggestions wait for this viewer; None for whoever may not decide them."""
    if not can_decide_suggestions(viewer):
        return None
    return Suggestion.objects.filter(state=Suggestion.State.OPEN).count()


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


def _address_of(talk: Talk, transcript: Transcript) -> str:
    """The address of the talk in the language of this transcript."""
    query = f"?{urlencode({'in': transcript.language})}" if transcript.position else ""
    return reverse("talk", args=[talk.slug]) + query


def _find_anchor(row: Paragraph) -> str:
    """The anchor of a paragraph on the talk page; where it has lost its words, that of the one before it."""
    rows = list(
        Paragraph.objects.filter(transcript=row.transcript_id).only("start_ms", "position").order_by("position")
    )
    place = sum(other.position <= row.position for other in rows)
    return make_anchors(rows)[max(place, 1) - 1] if rows else "transcript"


def _revision_view(row: Revision, talk: Talk) -> RevisionView:
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
        language=spoken_in(talk, row.paragraph.transcript),
        turns=len(row.turns),
    )


def _suggestion_view(row: Suggestion, seen: str | None) -> SuggestionView:
    """The suggestion; ``seen`` is the text that its author saw, where another stands there now."""
    paragraph = row.paragraph
    talk = paragraph.transcript.talk
    return SuggestionView(
        key=row.pk,
        paragraph=paragraph.pk,
        slug=talk.slug,
        title=talk.title,
        language=spoken_in(talk, paragraph.transcript),
        start_ms=paragraph.start_ms,
        given_name=row.given_name,
        made_at=row.made_at,
        differences=_show_differences(paragraph.text if seen is None else seen, row.text),
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
