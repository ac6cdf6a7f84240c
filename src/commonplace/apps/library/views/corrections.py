"""Pages on which transcripts are corrected, corrections undone, and suggestions decided."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, cast

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from .. import actions, queries
from ..forms import CorrectionForm, SuggestionForm

if TYPE_CHECKING:
    from commonplace.apps.people.models import Account

    from ..models import Revision


def _is_in_place(request: HttpRequest) -> bool:
    """Whether the page of the talk asks, which takes a part of a page and puts it where the paragraph stands."""
    return request.headers.get("X-Requested-With") == "fetch"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def correct_paragraph(request: HttpRequest, slug: str, key: int) -> HttpResponse:
    """Edit a paragraph, or suggest a text for it; on a page of its own, or in place."""
    try:
        paragraph = queries.get_paragraph_to_correct_for(request.user, slug, key)
    except ObjectDoesNotExist as missing:
        if request.method != "POST":
            raise Http404(str(missing)) from missing
        # Somebody wrote this: what they wrote is shown to them once more, and nothing else.
        return render(request, "library/edit_gone.html", {"text": request.POST.get("text", "")}, status=404)
    return _edit(request, paragraph) if paragraph.may_correct else _suggest(request, paragraph)


def _edit(request: HttpRequest, paragraph: queries.ParagraphToCorrect) -> HttpResponse:
    initial = {
        "text": paragraph.text,
        "version": paragraph.version,
        "speaker": paragraph.speaker,
        "speaker_seen": paragraph.speaker,
    }
    form = CorrectionForm(request.POST or None, speakers=paragraph.speakers, initial=initial)
    if not form.is_valid():
        return _show_form(request, paragraph, form)
    values = form.cleaned_data
    speaker = actions.SpeakerChoice(seen=values["speaker_seen"], chosen=values["speaker"])
    try:
        revision = actions.correct_paragraph(
            paragraph=paragraph.key,
            version=values["version"],
            text=values["text"],
            speaker=speaker if paragraph.speakers else None,
            suggestion=values["suggestion"],
            by=cast("Account", request.user),  # only an account may correct
            now=timezone.now(),
        )
    except actions.Overtaken as overtaken:
        return _show_dispute(request, paragraph, overtaken, speaker=values["speaker"], suggestion=values["suggestion"])
    except actions.Undecidable:
        form.add_error(None, _("Somebody else has decided this suggestion already; your text was not saved."))
        return _show_form(request, paragraph, form, status=409)
    except ValueError:
        form.add_error(None, _("This paragraph has changed its shape. Copy your text, and open the paragraph anew."))
        return _show_form(request, paragraph, form, status=409)
    if _is_in_place(request):
        return _show_corrected(request, paragraph, revision)
    return redirect(paragraph.address)


def _show_corrected(
    request: HttpRequest, paragraph: queries.ParagraphToCorrect, revision: Revision | None
) -> HttpResponse:
    corrected = queries.get_corrected_for(request.user, paragraph.slug, paragraph.key, revision=revision)
    return render(request, "library/_corrected.html", {"corrected": corrected, "talk": corrected})


def _suggest(request: HttpRequest, paragraph: queries.ParagraphToCorrect) -> HttpResponse:
    initial = {"text": paragraph.text, "version": paragraph.version}
    form = SuggestionForm(request.POST or None, current=paragraph.text, initial=initial)
    if not form.is_valid():
        return _show_form(request, paragraph, form)
    if "speaker_seen" in request.POST:  # of the form that those who may correct see
        form.add_error(
            None,
            _(
                "Nothing was saved, because you are no longer signed in. Sign in in another tab and save again; "
                "or send your text to an editor."
            ),
        )
        return _show_form(request, paragraph, form, status=403)
    now = timezone.now()
    try:
        actions.suggest_correction(
            paragraph=paragraph.key,
            version=form.cleaned_data["version"],
            text=form.cleaned_data["text"],
            given_name=form.cleaned_data["given_name"],
            sender=name_sender(request, now),
            now=now,
        )
    except actions.TooManySuggestions:
        form.add_error(None, _("Many suggestions wait already. Keep your text, and try again in an hour."))
        return _show_form(request, paragraph, form, status=429)
    except ValueError:
        form.add_error(None, _("This paragraph has changed its shape. Copy your text, and open the paragraph anew."))
        return _show_form(request, paragraph, form, status=409)
    template = "library/_suggestion_received.html" if _is_in_place(request) else "library/suggestion_received.html"
    return render(request, template, {"paragraph": paragraph, "place": "talks"})


def name_sender(request: HttpRequest, now: datetime.datetime) -> str:
    """A word for the sender that says nothing about them: keyed, and another one each day."""
    address = request.META.get("REMOTE_ADDR", "")
    if settings.SECURE_PROXY_SSL_HEADER:
        # Behind the proxy every request comes from the proxy, which appends whom it speaks for.
        address = request.headers.get("X-Forwarded-For", address).rpartition(",")[2].strip()
    return salted_hmac(f"suggestion {now.date()}", address, algorithm="sha256").hexdigest()


def _show_form(
    request: HttpRequest,
    paragraph: queries.ParagraphToCorrect,
    form: CorrectionForm | SuggestionForm,
    *,
    status: int | None = None,
) -> HttpResponse:
    status = status or (400 if form.is_bound else 200)
    context = {"paragraph": paragraph, "form": form}
    return _render_form(request, context, status=status)


def _render_form(request: HttpRequest, context: Mapping[str, object], *, status: int) -> HttpResponse:
    template = "library/_correction.html" if _is_in_place(request) else "library/edit.html"
    return render(request, template, {**context, "place": "talks"}, status=status)


def _show_dispute(
    request: HttpRequest,
    paragraph: queries.ParagraphToCorrect,
    overtaken: actions.Overtaken,
    *,
    speaker: str | None = None,
    suggestion: int | None = None,
) -> HttpResponse:
    """Both texts, and a form that holds them merged: whoever saves it now has seen the other one."""
    standing = overtaken.speaker if overtaken.speaker is not None else paragraph.speaker
    initial = {
        "text": " ".join(overtaken.merge.words.texts),
        "version": overtaken.version,
        "speaker": paragraph.speaker if speaker is None else speaker,
        "speaker_seen": standing,
        "suggestion": suggestion,
    }
    context = {
        "paragraph": paragraph,
        "form": CorrectionForm(speakers=paragraph.speakers, initial=initial),
        "overtaken": overtaken,
    }
    return _render_form(request, context, status=409)


@require_safe
def show_history(request: HttpRequest, slug: str) -> HttpResponse:
    """Every edit of a talk, as readable differences."""
    number = request.GET.get("page", "1")
    if not (number.isascii() and number.isdigit() and len(number) < 10):
        raise Http404(f"{number[:20]!r} is not the number of a page")
    try:
        history = queries.get_history_for(request.user, slug, page=int(number))
    except ObjectDoesNotExist as missing:
        raise Http404(str(missing)) from missing
    return render(request, "library/history.html", {"history": history, "place": "talks"})


@require_POST
def undo_revision(request: HttpRequest, slug: str, key: int) -> HttpResponse:
    """Take one edit back."""
    try:
        revision = queries.get_revision_for(request.user, slug, key)
        paragraph = queries.get_paragraph_to_correct_for(request.user, slug, revision.paragraph_id)
    except ObjectDoesNotExist as missing:
        raise Http404(str(missing)) from missing
    try:
        undone = actions.undo_revision(revision=key, by=cast("Account", request.user), now=timezone.now())
    except actions.Overtaken as overtaken:
        return _show_dispute(request, paragraph, overtaken)
    if _is_in_place(request):
        return _show_corrected(request, paragraph, undone)
    return redirect("history", slug)


@never_cache
@require_safe
def show_suggestions(request: HttpRequest) -> HttpResponse:
    """What people without an account suggest, for editors."""
    return _show_suggestions(request)


def _show_suggestions(request: HttpRequest, *, is_decided: bool = False) -> HttpResponse:
    try:
        suggestions = queries.list_suggestions_for(request.user)
    except ObjectDoesNotExist as missing:
        raise Http404(str(missing)) from missing
    context = {"suggestions": suggestions, "is_decided": is_decided, "place": "account"}
    return render(request, "library/suggestions.html", context, status=409 if is_decided else 200)


@require_POST
def accept_suggestion(request: HttpRequest, key: int) -> HttpResponse:
    """Put a suggested text in its place."""
    try:
        suggestion = queries.get_suggestion_for(request.user, key)
    except ObjectDoesNotExist as missing:
        raise Http404(str(missing)) from missing
    try:
        actions.accept_suggestion(suggestion=key, by=cast("Account", request.user), now=timezone.now())
    except actions.Overtaken as overtaken:
        slug = suggestion.paragraph.transcript.talk.slug
        paragraph = queries.get_paragraph_to_correct_for(request.user, slug, suggestion.paragraph_id)
        return _show_dispute(request, paragraph, overtaken, suggestion=key)
    except actions.Undecidable:
        return _show_suggestions(request, is_decided=True)
    return redirect("suggestions")


@require_POST
def reject_suggestion(request: HttpRequest, key: int) -> HttpResponse:
    """Take a suggestion off the list."""
    try:
        queries.get_suggestion_for(request.user, key)
    except ObjectDoesNotExist as missing:
        raise Http404(str(missing)) from missing
    try:
        actions.reject_suggestion(suggestion=key, by=cast("Account", request.user), now=timezone.now())
    except actions.Undecidable:
        return _show_suggestions(request, is_decided=True)
    return redirect("suggestions")
