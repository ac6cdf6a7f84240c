"""Pages of the library: get for this viewer, query, template."""

from __future__ import annotations

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from .. import queries


@require_safe
def show_talks(request: HttpRequest) -> HttpResponse:
    """All talks, or those of a speaker, topic, year or event; the newest first, a page at a time."""
    number = request.GET.get("page", "1")
    # Nine digits are more pages than any library has, and less than any database refuses to count.
    if not (number.isascii() and number.isdigit() and len(number) < 10):
        raise Http404(f"{number[:20]!r} is not the number of a page")
    wishes = {name: request.GET.get(name, "") for name in ("speaker", "topic", "year", "event")}
    index = queries.browse_talks(viewer=request.user, narrowing=queries.Narrowing(**wishes), page=int(number))
    return render(request, "library/talks.html", {"index": index, "talks": index.talks, "place": "talks"})


@require_safe
def show_talk(request: HttpRequest, slug: str) -> HttpResponse:
    """One talk: what was said, when and by whom; ``?in=ja`` in this language, ``?in=en,ja`` in both side by side."""
    language, _, beside = request.GET.get("in", "").partition(",")
    try:
        talk = queries.get_talk_page_for(request.user, slug, language=language, beside=beside)
    except ObjectDoesNotExist as missing:
        raise Http404(str(missing)) from missing
    response = render(request, "library/talk.html", {"talk": talk, "place": "talks"})
    if talk.player:
        # The middleware makes the whole policy of it; without a player, the page may load nothing from outside.
        directive = "frame-src" if talk.player.kind == "embed" else "media-src"
        response.headers["Content-Security-Policy"] = f"{directive} {talk.player.origin}"
    return response


@require_safe
def download_talk(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """One talk as a file."""
    try:
        file = queries.get_download_for(request.user, slug, kind, language=request.GET.get("in", ""))
    except ObjectDoesNotExist as missing:
        raise Http404(str(missing)) from missing
    disposition = content_disposition_header(as_attachment=True, filename=file.name)
    return HttpResponse(
        file.body, content_type=file.content_type, headers={"Content-Disposition": disposition or "attachment"}
    )
