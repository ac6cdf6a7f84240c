"""What talks keep of somebody goes: when they say so, and when its time is over."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from commonplace.apps.jobs.actions import RetentionRule

from ..models import CaptionFile, RedactionRequest, Revision, Suggestion, Talk, TalkSpeaker, Turn, Upload
from . import uploads

if TYPE_CHECKING:
    from commonplace.apps.people.models import Account, Person

_FILES = CaptionFile._meta.get_field("file")


@transaction.atomic
def forget_drafts(*, account: Account) -> None:
    """Let go of what an account has handed in and not published, with its files; talks it published stay."""
    drafts = Upload.objects.filter(owner=account)
    _delete_on_commit(row.file.name for row in drafts)
    drafts.delete()


@transaction.atomic
def take_person_out_of_talks(*, person: Person) -> None:
    """Name this person in no talk any more: not as speaker or host, not above what they said, not in its history.

    What they said stays, and so do titles, descriptions and the words themselves. The captions as they were handed in
    hold the name, so those of the person's talks go. Takes a few queries for each of the person's talks.
    """
    for talk in Talk.objects.filter(pk__in=_list_talks(person)):
        names = _list_names(talk, person)
        talk.speakers.filter(person=person).delete()
        Turn.objects.filter(transcript__talk=talk, person=person).update(speaker_name="", person=None, confidence=None)
        revisions = Revision.objects.filter(paragraph__transcript__talk=talk)
        revisions.filter(speaker_before__in=names).update(speaker_before="")
        revisions.filter(speaker_after__in=names).update(speaker_after="")
        captions = list(talk.caption_files.all())
        _delete_on_commit(row.file.name for row in captions)
        talk.caption_files.all().delete()
    folded = [name.lower() for name in (person.name, *person.other_names)]
    for model in (Revision, Suggestion):
        signed = model.objects.annotate(folded=Lower("given_name")).filter(folded__in=folded)
        model.objects.filter(pk__in=list(signed.values_list("pk", flat=True))).update(given_name="")


def _list_talks(person: Person) -> set[int]:
    credited = TalkSpeaker.objects.filter(person=person).values_list("talk", flat=True)
    speaking = Turn.objects.filter(person=person).order_by().values_list("transcript__talk", flat=True).distinct()
    return {*credited, *speaking}


def _list_names(talk: Talk, person: Person) -> list[str]:
    """Every way in which this talk names the person; the first word of their name too, unless somebody else's is."""
    credits_ = talk.speakers.filter(person=person).values_list("name", flat=True)
    labels = Turn.objects.filter(transcript__talk=talk, person=person).order_by().values_list("speaker_name", flat=True)
    names = {name for name in (person.name, *person.other_names, *credits_, *labels.distinct()) if name}
    others = talk.speakers.exclude(person=person).values_list("name", flat=True)
    return [*names, *({name.split()[0] for name in names} - {name.split()[0] for name in others})]


def _delete_on_commit(names: Iterable[str | None]) -> None:
    found = [name for name in names if name]
    transaction.on_commit(lambda: _delete_files(found))


def _delete_files(names: Iterable[str]) -> None:
    for name in names:
        if not CaptionFile.objects.filter(file=name).exists():
            _FILES.storage.delete(name)


def _forget_given_names(before: datetime) -> None:
    Suggestion.objects.filter(decided_at__lt=before).exclude(given_name="").update(given_name="")
    Revision.objects.filter(made_at__lt=before).exclude(given_name="").update(given_name="")


def _forget_rejected_suggestions(before: datetime) -> None:
    Suggestion.objects.filter(state=Suggestion.State.REJECTED, decided_at__lt=before).delete()


def _forget_senders(before: datetime) -> None:
    """Senders tell one from another for a day; afterwards they tell nothing, and go."""
    Suggestion.objects.filter(made_at__lt=before).exclude(sender="").update(sender="")
    RedactionRequest.objects.filter(made_at__lt=before).exclude(sender="").update(sender="")


def _forget_redaction_requests(before: datetime) -> None:
    RedactionRequest.objects.filter(made_at__lt=before).delete()


RETENTION = (
    *uploads.RETENTION,
    RetentionRule(_("The name that somebody signed a suggestion with"), timedelta(days=365), _forget_given_names),
    RetentionRule(_("A suggestion that was rejected"), timedelta(days=90), _forget_rejected_suggestions),
    RetentionRule(_("What tells senders of suggestions apart"), timedelta(days=1), _forget_senders),
    RetentionRule(
        _("A request to take a passage out, and the mail address with it"),
        timedelta(days=180),
        _forget_redaction_requests,
    ),
)
"""What talks keep of people besides what they said, and how long."""
