"""Pages on which captions are handed in, described and published."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from functools import wraps
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ObjectDoesNotExist, RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers, get_conditional_response, patch_cache_control
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from .. import actions, queries
from ..forms import TalkForm, UploadForm

if TYPE_CHECKING:
    from commonplace.apps.people.models import Account

    View = Callable[..., HttpResponse]

_MEGABYTES = actions.LARGEST_BYTES // 2**20

_LARGEST_REQUEST = 2 * actions.LARGEST_BYTES
"""Bytes of several files together, where they come in one form."""

_DRAINED = 4 * actions.LARGEST_BYTES
"""Bytes of a body too large that are read and dropped: a browser shows no answer before it has sent everything."""


class MemberRequest(HttpRequest):
    """A request of somebody who has signed in."""

    user: Account


def _for_members(view: View) -> View:
    """Send visitors to the sign-in page, and show them what they typed; hide what belongs to somebody else."""

    @wraps(view)
    def show_or_hide(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return _send_to_sign_in(request)
        try:
            response = view(request, *args, **kwargs)
        except ObjectDoesNotExist as missing:
            raise Http404(str(missing)) from missing
        if not response.has_header("Cache-Control"):
            add_never_cache_headers(response)
        return response

    return show_or_hide


def _list_typed(request: HttpRequest) -> list[str]:
    hidden = {"csrfmiddlewaretoken", "key", "deed"}
    return [value for name, values in request.POST.lists() if name not in hidden for value in values if value.strip()]


def _send_to_sign_in(request: HttpRequest) -> HttpResponse:
    if typed := _list_typed(request):
        return render(request, "library/upload_signed_out.html", {"typed": typed, "place": "talks"}, status=403)
    return redirect_to_login(request.path)


def _refuse_early(view: View) -> View:
    """Answer a request that is too large before its body is looked at, its token included."""
    protected = csrf_protect(view)

    @wraps(view)
    def measure_first(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if int(request.META.get("CONTENT_LENGTH") or 0) > _LARGEST_REQUEST:
            _drain(request)
            return _refuse(request, _describe_limit())
        try:
            return protected(request, *args, **kwargs)
        except RequestDataTooBig:
            return _refuse(request, _("The pasted text is longer than a form may be: save it as a file and choose it."))
        except (TooManyFilesSent, TooManyFieldsSent):
            return _refuse(request, _("These are more files than one form may carry: hand in twenty at a time."))

    return csrf_exempt(measure_first)


def _drain(request: HttpRequest) -> None:
    left = _DRAINED
    while left > 0 and (chunk := request.read(2**16)):
        left -= len(chunk)


def _describe_limit() -> str:
    return _("This is more than %(limit)d MB: hand in the captions, not the recording.") % {"limit": _MEGABYTES}


def _refuse(request: HttpRequest, problem: str) -> HttpResponse:
    """A page, or a line for the script, that needs nothing of the request's body."""
    if _wants_json(request):
        return JsonResponse({"problem": problem}, status=413)
    return render(request, "library/upload_refused.html", {"problem": problem, "place": "talks"}, status=413)


def _wants_json(request: HttpRequest) -> bool:
    return "application/json" in request.headers.get("Accept", "")


@_refuse_early
@require_http_methods(["GET", "HEAD", "POST"])
@_for_members
def hand_in(request: MemberRequest) -> HttpResponse:
    """Hand in captions, and see what was handed in before."""
    if request.method != "POST":
        return _show_uploads(request, _blank_form())
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return _answer_problems(request, form, status=400)
    received: list[int] = []
    status = HTTPStatus.OK
    for name, data, is_pasted in _read_contents(form):
        try:
            row = actions.receive_upload(
                data=data,
                name=name,
                key=form.cleaned_data["key"],
                is_pasted=is_pasted,
                by=request.user,
                now=timezone.now(),
            )
        except actions.TooManyUploads:
            form.add_error(None, _say_wait(name))
            status = HTTPStatus.TOO_MANY_REQUESTS
        except ValueError:
            form.add_error(None, f"{name}: {_describe_limit()}")
            status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
        else:
            received.append(row.pk)
    if not form.is_valid():
        return _answer_problems(request, form, status=status)
    address = reverse("describe-upload", args=received) if len(received) == 1 else reverse("upload")
    if _wants_json(request):
        upload = queries.get_upload_for(request.user, received[0], now=timezone.now())
        return JsonResponse({"address": address, "stage": upload.stage})
    return redirect(address)


def _read_contents(form: UploadForm) -> Iterator[tuple[str, bytes, bool]]:
    """Name, content, and whether it was pasted, of all that a form hands in; each is read when it is its turn."""
    files: list[UploadedFile[bytes]] = form.cleaned_data["captions"]
    for file in files:
        yield file.name or "", file.read(), False
    if form.cleaned_data["text"].strip():
        yield "pasted.txt", form.cleaned_data["text"].encode(), True


def _say_wait(name: str) -> str:
    return _("%(name)s: so much was handed in or waits here that no more is taken now. Publish or discard drafts.") % {
        "name": name
    }


def _blank_form() -> UploadForm:
    return UploadForm(initial={"key": get_random_string(32)})


def _answer_problems(request: MemberRequest, form: UploadForm, *, status: int) -> HttpResponse:
    if _wants_json(request):
        problems = [str(problem) for errors in form.errors.values() for problem in errors]
        return JsonResponse({"problem": " ".join(problems)}, status=status)
    return _show_uploads(request, form, status=status)


def _show_uploads(request: MemberRequest, form: UploadForm, *, status: int = 200) -> HttpResponse:
    context = {"form": form, "uploads": _list_uploads(request), "largest": _MEGABYTES, "place": "talks"}
    return render(request, "library/upload.html", context, status=status)


def _list_uploads(request: MemberRequest) -> queries.UploadList:
    number = request.GET.get("page", "1")
    if not (number.isascii() and number.isdigit() and len(number) < 10):
        raise Http404(f"{number[:20]!r} is not the number of a page")
    return queries.list_uploads_for(request.user, page=int(number))


@require_safe
@_for_members
def show_list(request: MemberRequest) -> HttpResponse:
    """The list of what was handed in, for the script that looks again while work is under way."""
    return _show_fragment(request, "library/_uploads.html", {"uploads": _list_uploads(request)})


@require_safe
@_for_members
def show_progress(request: MemberRequest, key: int) -> HttpResponse:
    """How far an upload is, for the script that looks again."""
    upload = queries.get_upload_for(request.user, key, now=timezone.now())
    context = {"upload": upload, "next": _find_next(request, upload)}
    return _show_fragment(request, "library/_progress.html", context)


def _find_next(request: MemberRequest, upload: queries.UploadView) -> queries.UploadView | None:
    return queries.find_next_draft_for(request.user) if upload.stage == "published" else None


def _show_fragment(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """A part of a page; a browser that has it already is told so (RFC 9110, 13.1.2)."""
    response = render(request, template, context)
    patch_cache_control(response, private=True, no_cache=True)
    tag = hashlib.sha256(response.content).hexdigest()[:32]
    response.headers["ETag"] = f'"{tag}"'
    return get_conditional_response(request, etag=response.headers["ETag"], response=response) or response


@require_http_methods(["GET", "HEAD", "POST"])
@_for_members
def describe_upload(request: MemberRequest, key: int) -> HttpResponse:
    """One upload: what was recognised, what is known of its talk, and how far it is."""
    upload = queries.get_upload_for(request.user, key, now=timezone.now())
    if request.method != "POST":
        return _show_upload(request, upload, TalkForm(initial=TalkForm.initial_of(upload.details)))
    is_publishing = request.POST.get("deed") == "publish"
    form = TalkForm(request.POST, is_publishing=is_publishing)
    if not form.is_valid():
        return _show_upload(request, upload, form, status=400)
    deed = actions.start_publishing if is_publishing else actions.save_details
    try:
        deed(upload=key, details=form.details, by=request.user, now=timezone.now())
    except actions.UploadMoved:
        problem = _("It is not a draft any more, so what you typed just now was not kept. It stands below.")
        return _show_upload(request, upload, form, status=409, problem=problem)
    return redirect("describe-upload", key) if is_publishing else redirect("upload")


def _show_upload(
    request: MemberRequest, upload: queries.UploadView, form: TalkForm, *, status: int = 200, problem: str = ""
) -> HttpResponse:
    pasted = queries.get_pasted_text_for(request.user, upload.key) if upload.stage == "unreadable" else ""
    context = {
        "upload": upload,
        "form": form,
        "known": queries.suggest_names(request.user) if upload.stage == "draft" else None,
        "twin": queries.find_twin_for(request.user, upload.key) if upload.stage == "draft" else None,
        "typed": _list_typed(request) if upload.stage != "draft" else [],
        "replacement": UploadForm(initial={"key": get_random_string(32), "text": pasted}),
        "next": _find_next(request, upload),
        "largest": _MEGABYTES,
        "problem": problem,
        "place": "talks",
    }
    return render(request, "library/upload_page.html", context, status=status)


@_refuse_early
@require_POST
@_for_members
def replace_upload(request: MemberRequest, key: int) -> HttpResponse:
    """Put another file or text in the place of one, and keep what was typed about the talk."""
    upload = queries.get_upload_for(request.user, key, now=timezone.now())
    form = UploadForm(request.POST, request.FILES)
    talk = TalkForm(initial=TalkForm.initial_of(upload.details))
    if not form.is_valid():
        problem = " ".join(str(error) for errors in form.errors.values() for error in errors)
        return _show_upload(request, upload, talk, status=400, problem=problem)
    name, data, is_pasted = next(_read_contents(form))
    try:
        actions.replace_upload(
            upload=key,
            data=data,
            name=name,
            key=form.cleaned_data["key"],
            is_pasted=is_pasted,
            by=request.user,
            now=timezone.now(),
        )
    except actions.UploadMoved:
        return redirect("describe-upload", key)
    except actions.TooManyUploads:
        return _show_upload(request, upload, talk, status=429, problem=_say_wait(name))
    except ValueError:
        return _show_upload(request, upload, talk, status=413, problem=f"{name}: {_describe_limit()}")
    return redirect("describe-upload", key)


@require_POST
@_for_members
def cancel_upload(request: MemberRequest, key: int) -> HttpResponse:
    """Stop publishing; the draft stays."""
    try:
        actions.cancel_publishing(upload=key, by=request.user)
    except actions.UploadMoved:
        upload = queries.get_upload_for(request.user, key, now=timezone.now())
        problem = _("It was too late to cancel: the talk is published.")
        return _show_upload(request, upload, TalkForm(), status=409, problem=problem)
    return redirect("describe-upload", key)


@require_POST
@_for_members
def try_upload_again(request: MemberRequest, key: int) -> HttpResponse:
    """Do the work of an upload anew, where it failed."""
    actions.try_again(upload=key, by=request.user)
    return redirect("describe-upload", key)


@require_POST
@_for_members
def discard_upload(request: MemberRequest, key: int) -> HttpResponse:
    """Let a draft go, and its file."""
    try:
        actions.discard_upload(upload=key, by=request.user)
    except actions.UploadMoved:
        return redirect("describe-upload", key)
    return redirect("upload")
