"""Slides, notes and other things come to a talk, and go."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from django.core.exceptions import PermissionDenied
from django.core.files import File
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_noop

from commonplace.apps.people import actions as people

from ..adapters import UnreadableCaptions
from ..models import Attachment, Talk
from ..permissions import can_correct
from .attachment_types import LARGEST_FILE, AttachmentType, make_file_name, recognise_type

if TYPE_CHECKING:
    from commonplace.apps.people.models import Account

MOST_ATTACHMENTS = 30
"""Of one talk."""

_LONGEST_TITLE = 200
_FOLDER = "attachments/"
_STRAY_AFTER = timedelta(days=1)


class UnfitAttachment(Exception):
    """A file that cannot be attached; ``problem`` is one of empty, large, kind and many."""

    def __init__(self, problem: str, message: str) -> None:
        super().__init__(message)
        self.problem = problem


@dataclass(frozen=True, slots=True)
class _Listed:
    """An attachment as a talk folder lists it: the name of a file beside the list, or an address."""

    kind: str
    title: str
    name: str
    url: str


def attach_file(
    *, talk: int, kind: str, title: str, file: BinaryIO, name: str, by: Account, now: datetime
) -> Attachment:
    """Keep a file with the talk of this key; the same content again is the attachment that is there.

    An empty ``title`` is made of ``name``. Raises `PermissionDenied` for anybody but editors and the talk's speakers,
    and `UnfitAttachment` for what is too large, of another kind than presentations, pictures and text, or too many.
    """
    recognised, size, sha256 = _examine(file, name)
    with transaction.atomic():
        row = _lock_talk(talk, by)
        known = row.attachments.filter(sha256=sha256).first()
        if known:
            return known
        attachment = _add_file(row, file, recognised, size=size, sha256=sha256, kind=kind, name=name, title=title)
        attachment.added_by, attachment.added_at = by, now
        _save(attachment)
        _record(gettext_noop("attached a file"), attachment, by=by, now=now)
    return attachment


@transaction.atomic
def attach_link(*, talk: int, kind: str, title: str, url: str, by: Account, now: datetime) -> Attachment:
    """Note an address on the web beside the talk of this key; the same address again is the one that is there.

    Raises `PermissionDenied` and `UnfitAttachment`.
    """
    row = _lock_talk(talk, by)
    known = row.attachments.filter(url=url).first()
    if known:
        return known
    attachment = Attachment(talk=row, kind=kind, title=_clean_title(title, url), url=url)
    attachment.position, attachment.added_by, attachment.added_at = _next_position(row), by, now
    attachment.save()
    _record(gettext_noop("attached a link"), attachment, by=by, now=now)
    return attachment


@transaction.atomic
def remove_attachment(*, talk: int, key: int, by: Account, now: datetime) -> None:
    """Take an attachment off the talk of this key, and its file off the disk.

    Raises `PermissionDenied`, and `Attachment.DoesNotExist` where the talk has no such attachment.
    """
    row = _lock_talk(talk, by, is_adding=False)
    attachment = row.attachments.get(pk=key)
    _record(gettext_noop("took an attachment away"), attachment, by=by, now=now)
    _delete(attachment)


def delete_stray_attachments(*, now: datetime) -> int:
    """Delete files that no attachment has known for a day, and say how many.

    A talk that is deleted leaves them behind, and so does a process killed between writing a file and its row.
    """
    storage = Attachment._meta.get_field("file").storage
    if not storage.exists(_FOLDER):
        return 0
    names = {f"{_FOLDER}{name}" for name in storage.listdir(_FOLDER)[1]}
    names -= set(Attachment.objects.exclude(file="").values_list("file", flat=True))
    stray = [name for name in names if storage.get_modified_time(name) < now - _STRAY_AFTER]
    for name in stray:
        storage.delete(name)
    return len(stray)


def import_attachments(
    *, slug: str, listing: str, files: Mapping[str, Path], now: datetime, dry_run: bool = False
) -> bool:
    """Give a talk the attachments that its folder lists, and no others; returns whether anything is different.

    ``listing`` is the folder's ``attachments.json``, ``files`` the path of each file by its name. With ``dry_run``
    nothing is written. Raises `UnreadableCaptions` where the list or a file is wrong, before anything is changed.
    """
    where = f"{slug}/attachments.json"
    wanted = _read_listing(listing, where)
    talk = Talk.objects.filter(slug=slug).first()
    examined = {one.name: _examine_listed(files.get(one.name), one.name, slug) for one in wanted if one.name}
    standing = list(talk.attachments.all()) if talk else []
    identities = [(one.kind, one.title, one.url, examined[one.name][2] if one.name else "") for one in wanted]
    if [(row.kind, row.title, row.url, row.sha256) for row in standing] == identities:
        return False
    if len(set(identities)) < len(identities) or len({sha256 or url for *_, url, sha256 in identities}) < len(wanted):
        raise _wrong(where, "one attachment is listed twice", "each once")
    if talk and not dry_run:
        with transaction.atomic():
            _replace_all(talk, wanted, files=files, examined=examined, now=now)
    return True


def _replace_all(
    talk: Talk,
    wanted: Iterable[_Listed],
    *,
    files: Mapping[str, Path],
    examined: Mapping[str, tuple[AttachmentType, int, str]],
    now: datetime,
) -> None:
    for attachment in Talk.objects.select_for_update().get(pk=talk.pk).attachments.all():
        _delete(attachment)
    for position, one in enumerate(wanted):
        if one.url:
            Attachment.objects.create(
                talk=talk, position=position, kind=one.kind, title=one.title, url=one.url, added_at=now
            )
            continue
        recognised, size, sha256 = examined[one.name]
        with files[one.name].open("rb") as file:
            attachment = _add_file(
                talk, file, recognised, size=size, sha256=sha256, kind=one.kind, name=one.name, title=one.title
            )
            attachment.added_at = now
            _save(attachment)


def _read_listing(listing: str, where: str) -> list[_Listed]:
    try:
        value: Any = json.loads(listing)
    except (ValueError, RecursionError) as error:
        raise _wrong(where, f"this is no JSON: {error}", "JSON as `commonplace export` writes it") from error
    entries = value.get("attachments") if isinstance(value, dict) else None
    if not isinstance(entries, list) or not isinstance(value, dict) or value.get("version") != 1:
        raise _wrong(where, "this is no list of attachments", 'version 1, with a list under "attachments"')
    if len(entries) > MOST_ATTACHMENTS:
        raise _wrong(where, f"{len(entries)} attachments", f"at most {MOST_ATTACHMENTS}")
    return [_read_entry(entry, where) for entry in entries]


def _read_entry(entry: object, where: str) -> _Listed:
    fields = entry if isinstance(entry, dict) else {}
    texts = {key: fields.get(key, "") for key in ("kind", "title", "file", "url")}
    if not all(isinstance(text, str) and text.isprintable() for text in texts.values()):
        raise _wrong(where, f"an attachment is {str(entry)[:72]}", "kind, title, and file or url, each a text")
    is_web = texts["url"].startswith(("https://", "http://")) and len(texts["url"]) <= 2000
    if texts["kind"] not in Attachment.Kind.values or not texts["title"].strip() or not (texts["file"] or is_web):
        raise _wrong(where, f"an attachment is {str(entry)[:72]}", f"kind: one of {', '.join(Attachment.Kind.values)}")
    return _Listed(texts["kind"], texts["title"], texts["file"], "" if texts["file"] else texts["url"])


def _examine_listed(path: Path | None, name: str, slug: str) -> tuple[AttachmentType, int, str]:
    where = f"{slug}/attachments/{name}"
    if path is None:
        raise _wrong(where, "attachments.json names this file, and it is not here", "a plain file")
    try:
        with path.open("rb") as file:
            examined = _examine(file, name)
    except UnfitAttachment as unfit:
        raise _wrong(where, str(unfit), "a presentation, a picture or a text of at most 50 MiB") from unfit
    except OSError as error:
        raise _wrong(where, error.strerror or str(error), "a plain file that you may read") from error
    if make_file_name(name, examined[0]) != name:
        raise _wrong(where, "the name does not fit what the file is", make_file_name(name, examined[0]))
    return examined


def _wrong(file: str, problem: str, expected: str) -> UnreadableCaptions:
    return UnreadableCaptions(problem, file=file, expected=expected)


def _examine(file: BinaryIO, name: str) -> tuple[AttachmentType, int, str]:
    """What a file is, its size in bytes, and its SHA-256; the file is left at its beginning."""
    digest, size = hashlib.sha256(), 0
    file.seek(0)
    while block := file.read(2**20):
        digest.update(block)
        size += len(block)
        if size > LARGEST_FILE:
            raise UnfitAttachment("large", f"the file has more than {LARGEST_FILE:,} bytes")
    if not size:
        raise UnfitAttachment("empty", "the file is empty")
    recognised = recognise_type(file, name=name)
    if recognised is None:
        raise UnfitAttachment("kind", "the file is no presentation, picture or text that may be attached")
    return recognised, size, digest.hexdigest()


def _lock_talk(key: int, by: Account, *, is_adding: bool = True) -> Talk:
    talk = Talk.objects.select_for_update().get(pk=key)
    if not can_correct(by, talk):
        raise PermissionDenied("only editors and those who speak in a talk may do this")
    if is_adding and talk.attachments.count() >= MOST_ATTACHMENTS:
        raise UnfitAttachment("many", f"the talk has {MOST_ATTACHMENTS} attachments already")
    return talk


def _add_file(
    talk: Talk,
    file: BinaryIO,
    recognised: AttachmentType,
    *,
    size: int,
    sha256: str,
    kind: str,
    name: str,
    title: str,
) -> Attachment:
    file.seek(0)
    return Attachment(
        talk=talk,
        position=_next_position(talk),
        kind=kind,
        title=_clean_title(title, name.replace("\\", "/").rpartition("/")[2].rpartition(".")[0]),
        file=File(file, name=sha256 + recognised.suffix),
        name=_find_free_name(talk, make_file_name(name, recognised)),
        size=size,
        sha256=sha256,
        content_type=recognised.content_type,
    )


def _save(attachment: Attachment) -> None:
    """Write file and row; where the row is refused, the file does not stay behind."""
    content = attachment.file.file
    attachment.file.save(content.name, content, save=False)
    try:
        with transaction.atomic():
            attachment.save()
    except Exception:  # whatever it was: it is raised again once the file is gone
        attachment.file.storage.delete(str(attachment.file.name))
        raise


def _delete(attachment: Attachment) -> None:
    storage, name = attachment.file.storage, attachment.file.name
    attachment.delete()
    if name:
        transaction.on_commit(lambda: storage.delete(name))


def _next_position(talk: Talk) -> int:
    last = talk.attachments.aggregate(last=Max("position"))["last"]
    return 0 if last is None else int(last) + 1


def _find_free_name(talk: Talk, name: str) -> str:
    taken = set(talk.attachments.exclude(name="").values_list("name", flat=True))
    stem, dot, suffix = name.rpartition(".")
    candidate, number = name, 2
    while candidate in taken:
        candidate, number = f"{stem}-{number}{dot}{suffix}", number + 1
    return candidate


def _clean_title(title: str, otherwise: str) -> str:
    """The title on one line without what cannot be seen; where there is none, what else it can be called."""
    lines = (" ".join("".join(c if c.isprintable() else " " for c in text).split()) for text in (title, otherwise))
    return (next(filter(None, lines), "") or "attachment")[:_LONGEST_TITLE]


def _record(what: str, attachment: Attachment, *, by: Account, now: datetime) -> None:
    people.record_act(by=by, what=what, target=attachment.talk.title, after=attachment.title, now=now)
