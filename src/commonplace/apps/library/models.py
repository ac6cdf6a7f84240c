"""Rows of the library: a talk, where it was recorded, and what was said.

Text that comes from outside has no length: a limit that PostgreSQL keeps and SQLite does not would refuse a talk on
one of them only.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from commonplace.apps.people.permissions import can_edit_talks

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser, AnonymousUser

SLUG_LENGTH = 80
"""Characters; at three bytes each, as Japanese takes, they still fit a file name's 255 bytes."""


class TalkQuerySet(models.QuerySet["Talk"]):
    """Talks, narrowed by who is looking."""

    def visible_to(self, viewer: AbstractUser | AnonymousUser) -> TalkQuerySet:
        """The published talks; all talks for editors and staff; and their own for those who speak in one."""
        if can_edit_talks(viewer) or (getattr(viewer, "is_staff", False) and viewer.is_active):
            return self
        visible = Q(published_at__isnull=False)
        person = getattr(viewer, "person_id", None)
        if person is not None:
            visible |= Q(pk__in=TalkSpeaker.objects.filter(person=person).values("talk"))
        return self.filter(visible)

    def newest_first(self) -> TalkQuerySet:
        """The latest day first, talks without a day last."""
        return self.order_by(F("date").desc(nulls_last=True), "slug")


class Talk(models.Model):
    """A session that was recorded; visitors see it once ``published_at`` is set."""

    slug = models.SlugField(max_length=SLUG_LENGTH, unique=True, allow_unicode=True)
    title = models.TextField()
    date = models.DateField(null=True, blank=True)
    event = models.TextField(blank=True)
    description = models.TextField(blank=True)
    language = models.TextField(blank=True)
    topics = models.JSONField(default=list, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()

    objects = TalkQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["-date", "slug"], name="talk_newest_first")]
        constraints = [
            models.CheckConstraint(condition=~Q(slug=""), name="talk_has_slug"),
            models.CheckConstraint(condition=~Q(title=""), name="talk_has_title"),
        ]

    def __str__(self) -> str:
        return self.title


class TalkSpeaker(models.Model):
    """Who spoke in a talk, or hosted it; ``name`` is how this talk credits them.

    ``person`` is empty where several people bear the name: a name without a link beats the wrong person.
    """

    class Role(models.TextChoices):
        """What somebody did in a talk."""

        SPEAKER = "speaker"
        HOST = "host"

    talk = models.ForeignKey(Talk, on_delete=models.CASCADE, related_name="speakers")
    # Whoever spoke here is part of what was said: a person goes only after their talks.
    person = models.ForeignKey(
        "people.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="appearances"
    )
    name = models.TextField()
    role = models.CharField(max_length=7, choices=Role)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["role", "position"]
        constraints = [
            models.UniqueConstraint(fields=["talk", "role", "position"], name="talk_speaker_position"),
            models.UniqueConstraint(fields=["talk", "role", "person"], name="talk_speaker_once_a_role"),
            models.CheckConstraint(condition=Q(role__in=["speaker", "host"]), name="talk_speaker_role"),
            models.CheckConstraint(condition=~Q(name=""), name="talk_speaker_has_name"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.role})"


class Recording(models.Model):
    """The audio or video of a talk, which lies elsewhere."""

    class Kind(models.TextChoices):
        """What the address leads to."""

        AUDIO = "audio"
        VIDEO = "video"
        PAGE = "page"

    talk = models.ForeignKey(Talk, on_delete=models.CASCADE, related_name="recordings")
    url = models.URLField(max_length=2000)
    kind = models.CharField(max_length=5, choices=Kind)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["talk", "position"], name="recording_position"),
            models.CheckConstraint(condition=Q(kind__in=["audio", "video", "page"]), name="recording_kind"),
            # Pages link to it, so an address that runs a script must not even be stored.
            models.CheckConstraint(
                condition=Q(url__startswith="https://") | Q(url__startswith="http://"), name="recording_is_on_the_web"
            ),
        ]

    def __str__(self) -> str:
        return self.url


class Attachment(models.Model):
    """What belongs to a talk beside its words: slides, notes or something else, as a file here or an address elsewhere.

    ``name`` is the file's in a talk folder, of harmless letters only; ``content_type`` was decided by what the file
    holds, whatever it was called. Both are empty for an address, and so is ``sha256``.
    """

    class Kind(models.TextChoices):
        """What it is to whoever listened."""

        SLIDES = "slides", _("slides")
        NOTES = "notes", _("notes")
        OTHER = "other", _("other")

    talk = models.ForeignKey(Talk, on_delete=models.CASCADE, related_name="attachments")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=6, choices=Kind)
    title = models.TextField()
    file = models.FileField(upload_to="attachments/", max_length=255, blank=True)
    url = models.URLField(max_length=2000, blank=True)
    name = models.TextField(blank=True)
    size = models.PositiveBigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    content_type = models.TextField(blank=True)
    # What belongs to the talk stays when an account goes.
    added_by = models.ForeignKey("people.Account", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["talk", "position"], name="attachment_position"),
            models.UniqueConstraint(fields=["talk", "name"], condition=~Q(name=""), name="attachment_name_once_a_talk"),
            models.UniqueConstraint(
                fields=["talk", "sha256"], condition=~Q(sha256=""), name="attachment_file_once_a_talk"
            ),
            models.UniqueConstraint(fields=["talk", "url"], condition=~Q(url=""), name="attachment_url_once_a_talk"),
            models.CheckConstraint(condition=Q(kind__in=["slides", "notes", "other"]), name="attachment_kind"),
            models.CheckConstraint(condition=~Q(title=""), name="attachment_has_title"),
            models.CheckConstraint(
                condition=Q(url="", sha256__regex=r"^[0-9a-f]{64}$") & ~Q(file="") & ~Q(name="") & ~Q(content_type="")
                | Q(file="", name="", sha256="", content_type="", size=0)
                & (Q(url__startswith="https://") | Q(url__startswith="http://")),
                name="attachment_is_a_file_or_an_address",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class CaptionFile(models.Model):
    """Captions as they were handed in, byte for byte; ``problem`` says why they could not be read."""

    talk = models.ForeignKey(Talk, on_delete=models.CASCADE, related_name="caption_files")
    name = models.TextField()
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    format = models.TextField(blank=True)
    file = models.FileField(upload_to="captions/", max_length=255)
    problem = models.TextField(blank=True)
    received_at = models.DateTimeField()

    class Meta:
        ordering = ["received_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["talk", "sha256"], name="caption_file_once_a_talk"),
            models.CheckConstraint(condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="caption_file_sha256"),
        ]

    def __str__(self) -> str:
        return self.name


class Transcript(models.Model):
    """What was said in a talk: words with times, in paragraphs of turns.

    ``loops`` is a list of ``[first word, last word, repeats]``; ``word_count`` counts the words of its paragraphs.
    ``redactions`` is a list of ``[word, start_ms, end_ms]``: a passage was taken out before this word, which may be the
    end; null for unknown times.
    ``report_json`` says what reading the captions changed: as text, because PostgreSQL's own JSON forgets the order of
    keys, and a talk folder would not come out as it went in.
    """

    class Precision(models.TextChoices):
        """What the times are known to."""

        WORD = "word"
        CUE = "cue"
        TURN = "turn"
        HEADING = "heading"
        NONE = "none"

    talk = models.ForeignKey(Talk, on_delete=models.CASCADE, related_name="transcripts")
    position = models.PositiveSmallIntegerField(default=0)
    language = models.TextField(blank=True)
    title = models.TextField(blank=True)
    duration_ms = models.PositiveBigIntegerField(null=True, blank=True)
    word_count = models.PositiveIntegerField(default=0)
    precision = models.CharField(max_length=7, choices=Precision, default=Precision.NONE)
    source_format = models.TextField(blank=True)
    source_file = models.TextField(blank=True)
    source_sha256 = models.TextField(blank=True)
    report_json = models.TextField(default="{}")
    loops = models.JSONField(default=list, blank=True)
    redactions = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["talk", "position"], name="transcript_position"),
            models.UniqueConstraint(
                fields=["talk", "language"], condition=~Q(language=""), name="transcript_once_a_language"
            ),
            # The talk says in which language it was held; whatever stands beside that has to say its own.
            models.CheckConstraint(condition=Q(position=0) | ~Q(language=""), name="transcript_beside_has_language"),
            models.CheckConstraint(
                condition=Q(precision__in=["word", "cue", "turn", "heading", "none"]), name="transcript_precision"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.talk_id}: {self.word_count} words"

    @property
    def report(self) -> dict[str, Any]:
        """What reading the captions changed."""
        report: dict[str, Any] = json.loads(self.report_json)
        return report


class Turn(models.Model):
    """What one speaker says without interruption; ``speaker_name`` is empty where nobody knows who it is."""

    transcript = models.ForeignKey(Transcript, on_delete=models.CASCADE, related_name="turns")
    position = models.PositiveIntegerField()
    speaker_name = models.TextField(blank=True)
    # The words stay when a person goes; the name in them is erased by who erases the person.
    person = models.ForeignKey("people.Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="turns")
    confidence = models.FloatField(null=True, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["transcript", "position"], name="turn_position"),
            models.CheckConstraint(
                condition=Q(confidence__isnull=True) | Q(confidence__range=(0, 1)), name="turn_confidence"
            ),
        ]

    def __str__(self) -> str:
        return self.speaker_name or f"turn {self.position}"


class SaidManager(models.Manager["Paragraph"]):
    """Paragraphs that have words; those that lost all of theirs to a correction are left out."""

    def get_queryset(self) -> models.QuerySet[Paragraph]:
        """All paragraphs with words."""
        return super().get_queryset().exclude(text="")


class Paragraph(models.Model):
    """Some sentences of one turn, the unit that is read, linked to and edited.

    ``text`` is its words joined by one space, and ``times`` their times in milliseconds as one flat list ``[start,
    end, start, end, …]`` with null for an unknown time (empty where none is known). ``first_word`` counts from the
    transcript's first word. ``begins_paragraph`` is False where the row begins only because a turn does, or because
    the page needs it to: whoever made the transcript saw no paragraph there. ``version`` counts edits; whoever edits
    names the one they saw.

    A paragraph whose every word was deleted stays as a row without text, so that the deletion can be undone and its
    history read; ``objects`` leaves it out, ``with_deleted`` does not.
    """

    transcript = models.ForeignKey(Transcript, on_delete=models.CASCADE, related_name="paragraphs")
    turn = models.ForeignKey(Turn, null=True, blank=True, on_delete=models.CASCADE, related_name="paragraphs")
    position = models.PositiveIntegerField()
    first_word = models.PositiveIntegerField()
    text = models.TextField()
    times = models.JSONField(default=list, blank=True)
    start_ms = models.PositiveBigIntegerField(null=True, blank=True)
    end_ms = models.PositiveBigIntegerField(null=True, blank=True)
    begins_paragraph = models.BooleanField(default=True)
    version = models.PositiveIntegerField(default=0)

    objects = SaidManager()
    with_deleted = models.Manager["Paragraph"]()

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["transcript", "position"], name="paragraph_position")]

    def __str__(self) -> str:
        return self.text[:60]


class Chapter(models.Model):
    """A part of a talk under one heading; in a transcript without times it begins at a word."""

    transcript = models.ForeignKey(Transcript, on_delete=models.CASCADE, related_name="chapters")
    position = models.PositiveSmallIntegerField()
    start_ms = models.PositiveBigIntegerField(null=True, blank=True)
    first_word = models.PositiveIntegerField(null=True, blank=True)
    title = models.TextField(blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["transcript", "position"], name="chapter_position")]

    def __str__(self) -> str:
        return self.title


class Correction(models.Model):
    """Words that stand where the recogniser had written ``before``; kept so that it can be undone."""

    transcript = models.ForeignKey(Transcript, on_delete=models.CASCADE, related_name="corrections")
    position = models.PositiveIntegerField()
    first_word = models.PositiveIntegerField()
    last_word = models.PositiveIntegerField()
    before = models.TextField(blank=True)
    after = models.TextField(blank=True)
    confidence = models.FloatField(null=True, blank=True)
    evidence = models.TextField(blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["transcript", "position"], name="correction_position"),
            models.CheckConstraint(condition=Q(first_word__lte=F("last_word")), name="correction_words_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.before} → {self.after}"


class Revision(models.Model):
    """One edit of a paragraph: what stood there before, what stands there after, who did it and when.

    A redaction tells no text: what stood there is gone, and so are the revisions before it.

    ``version`` is the paragraph's after the edit; that there is one revision for each is how the database keeps two
    editors from overwriting each other. ``before_times`` has the form of the paragraph's ``times``. The speakers are
    those of the paragraph's turn, empty where unknown. ``given_name`` is how somebody without an account signed a
    suggestion that became this revision. ``turns`` are the positions of all turns that a renaming named, and its undo.
    """

    class Kind(models.TextChoices):
        """How the edit came about."""

        EDIT = "edit"
        UNDO = "undo"
        SUGGESTION = "suggestion"
        REDACTION = "redaction"
        RENAMING = "renaming"

    paragraph = models.ForeignKey(Paragraph, on_delete=models.CASCADE, related_name="revisions")
    version = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=Kind)
    before = models.TextField(blank=True)
    before_times = models.JSONField(default=list, blank=True)
    after = models.TextField(blank=True)
    speaker_before = models.TextField(blank=True)
    speaker_after = models.TextField(blank=True)
    turns = models.JSONField(default=list, blank=True)
    # What was changed stays when an account goes; who changed it is then unknown.
    account = models.ForeignKey("people.Account", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    given_name = models.TextField(blank=True)
    undoes = models.ForeignKey("self", null=True, blank=True, on_delete=models.CASCADE, related_name="undone_by")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["paragraph", "version"], name="revision_version"),
            models.CheckConstraint(
                condition=Q(kind__in=["edit", "undo", "suggestion", "redaction", "renaming"]), name="revision_kind"
            ),
            models.CheckConstraint(condition=Q(version__gte=1), name="revision_version_counts_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.version} of paragraph {self.paragraph_id}"


class Suggestion(models.Model):
    """A text that somebody proposes for a paragraph; an editor accepts or rejects it.

    ``version`` is the paragraph's that they saw. ``sender`` tells one sender from another for a day, so that nobody
    floods the list; it is no address, and is emptied once the suggestion is decided.
    """

    class State(models.TextChoices):
        """What became of it."""

        OPEN = "open"
        ACCEPTED = "accepted"
        REJECTED = "rejected"

    paragraph = models.ForeignKey(Paragraph, on_delete=models.CASCADE, related_name="suggestions")
    version = models.PositiveIntegerField()
    text = models.TextField(blank=True)
    given_name = models.TextField(blank=True)
    sender = models.CharField(max_length=64, blank=True)
    made_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    decided_by = models.ForeignKey("people.Account", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["made_at", "pk"]
        indexes = [models.Index(fields=["state", "made_at"], name="suggestion_by_state")]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=["open", "accepted", "rejected"]), name="suggestion_state"),
            models.CheckConstraint(condition=Q(state="open") | Q(sender=""), name="suggestion_decided_has_no_sender"),
        ]

    def __str__(self) -> str:
        return f"{self.state} suggestion for paragraph {self.paragraph_id}"


class RedactionRequest(models.Model):
    """Somebody's wish that a passage be taken out of a transcript; the row goes when an editor decides.

    The words count from the transcript's first, both ends included; they are empty where the transcript was read anew
    and the passage was not found in it. Whoever asks has an ``account`` or gives an ``email``, and is answered in the
    ``language`` of the page on which they asked. ``sender`` tells one sender from another for a day.
    """

    talk = models.ForeignKey(Talk, on_delete=models.CASCADE, related_name="redaction_requests")
    transcript = models.ForeignKey(
        Transcript, null=True, blank=True, on_delete=models.SET_NULL, related_name="redaction_requests"
    )
    first_word = models.PositiveIntegerField(null=True, blank=True)
    last_word = models.PositiveIntegerField(null=True, blank=True)
    start_ms = models.PositiveBigIntegerField(null=True, blank=True)
    end_ms = models.PositiveBigIntegerField(null=True, blank=True)
    reason = models.TextField(blank=True)
    account = models.ForeignKey("people.Account", null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    email = models.EmailField(blank=True, max_length=254)
    language = models.CharField(max_length=35, default="en")
    sender = models.CharField(max_length=64, blank=True)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["made_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(first_word=None, last_word=None) | Q(first_word__lte=F("last_word")),
                name="redaction_request_words_in_order",
            ),
            models.CheckConstraint(condition=~Q(account=None, email=""), name="redaction_request_has_a_sender"),
        ]

    def __str__(self) -> str:
        return f"passage of {self.talk_id}"


class Upload(models.Model):
    """Captions that somebody hands in in the browser, from the moment they arrive until their talk is published.

    ``key`` is made where the form is: the same content sent again with the same key is the same upload. ``reading`` is
    what the reader found, or why it could not read; ``details`` what its owner has typed of the talk. ``job`` reads or
    publishes it; ``attempt`` counts such jobs, so that one that was cancelled finds out; ``step`` is how far it has
    come, and ``failure`` why the last one gave up. After ``expires_at`` the row goes, with its file.
    """

    class State(models.TextChoices):
        """How far it has come."""

        RECEIVED = "received"
        UNREADABLE = "unreadable"
        RECOGNISED = "recognised"
        PUBLISHING = "publishing"
        PUBLISHED = "published"

    owner = models.ForeignKey("people.Account", on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=64)
    name = models.TextField()
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    is_pasted = models.BooleanField(default=False)
    # A published upload has given its file to the talk.
    file = models.FileField(upload_to="captions/", max_length=255, blank=True)
    state = models.CharField(max_length=10, choices=State)
    reading = models.JSONField(default=dict, blank=True)
    details = models.JSONField(default=dict, blank=True)
    job = models.UUIDField(null=True, blank=True)
    attempt = models.PositiveIntegerField(default=0)
    step = models.TextField(blank=True)
    failure = models.TextField(blank=True)
    talk = models.OneToOneField(Talk, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    received_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        ordering = ["-received_at", "-pk"]
        indexes = [models.Index(fields=["owner", "-received_at"], name="upload_newest_first")]
        constraints = [
            models.UniqueConstraint(fields=["owner", "key", "sha256"], name="upload_once_a_key"),
            models.CheckConstraint(condition=Q(key__regex=r"^[A-Za-z0-9-]{8,64}$"), name="upload_key"),
            models.CheckConstraint(condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="upload_sha256"),
            models.CheckConstraint(condition=~Q(name=""), name="upload_has_name"),
            models.CheckConstraint(
                condition=Q(state__in=["received", "unreadable", "recognised", "publishing"], talk=None) & ~Q(file="")
                | Q(state="published", talk__isnull=False, file=""),
                name="upload_is_captions_or_a_talk",
            ),
            models.CheckConstraint(
                condition=~Q(state="publishing") | Q(job__isnull=False), name="upload_being_published_has_job"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.state}"
