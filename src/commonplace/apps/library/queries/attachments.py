"""What belongs to a talk beside its words."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO
from urllib.parse import urlsplit

from django.db.models import Sum

from ..models import Attachment, CaptionFile, Talk
from ..permissions import can_correct
from .catalogue import get_talk_for

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser, AnonymousUser

    Viewer = AbstractUser | AnonymousUser


@dataclass(frozen=True, slots=True)
class AttachmentView:
    """An attachment as pages show it: a file with its ``suffix`` and size in bytes, or an address with its ``host``."""

    key: int
    kind: str
    title: str
    suffix: str
    size: int
    url: str
    host: str


@dataclass(frozen=True, slots=True)
class AttachmentsToEdit:
    """The attachments of a talk, for those who may change them; ``talk`` is what actions want to know."""

    talk: int
    slug: str
    title: str
    attachments: tuple[AttachmentView, ...]


@dataclass(frozen=True, slots=True)
class AttachmentFile:
    """A file to send; whoever asked for it closes it."""

    name: str
    content_type: str
    sha256: str
    file: BinaryIO


@dataclass(frozen=True, slots=True)
class FolderAttachments:
    """The attachments in a talk folder: the text of their list, and the files beside it by their names."""

    has_any: bool
    listing: str
    files: dict[str, Path]


def list_attachments(talk: Talk) -> tuple[AttachmentView, ...]:
    """The attachments of a talk in their order; one query."""
    return tuple(map(_view, talk.attachments.all()))


def get_attachments_to_edit_for(viewer: Viewer, slug: str) -> AttachmentsToEdit:
    """The attachments of the talk with this slug, for its speakers and for editors. Raises `Talk.DoesNotExist`."""
    talk = get_talk_for(viewer, slug)
    if not can_correct(viewer, talk):
        raise Talk.DoesNotExist(f"{viewer} may not change the attachments of {slug}")
    return AttachmentsToEdit(talk.pk, talk.slug, talk.title, list_attachments(talk))


def open_attachment_for(viewer: Viewer, slug: str, key: int) -> AttachmentFile:
    """An attached file, opened.

    Raises `Talk.DoesNotExist` and `Attachment.DoesNotExist`, also where this viewer may not see the talk, and
    `FileNotFoundError` where the file is missing from the disk.
    """
    row = get_talk_for(viewer, slug).attachments.exclude(file="").get(pk=key)
    return AttachmentFile(row.name, row.content_type, row.sha256, row.file.open("rb").file)


def export_attachments(slug: str) -> FolderAttachments:
    """The attachments of the talk with this slug as its folder holds them; one query.

    The same attachments always give the same text.
    """
    rows = list(Attachment.objects.filter(talk__slug=slug).order_by("position"))
    entries = [
        {"kind": row.kind, "title": row.title}
        | ({"file": row.name, "sha256": row.sha256} if row.name else {"url": row.url})
        for row in rows
    ]
    listing = json.dumps({"version": 1, "attachments": entries}, ensure_ascii=False, indent=1) + "\n"
    return FolderAttachments(bool(rows), listing, {row.name: Path(row.file.path) for row in rows if row.name})


def measure_media() -> dict[str, int]:
    """The bytes that files of the library take, by what they are: ``captions`` and ``attachments``; two queries."""
    captions = CaptionFile.objects.aggregate(total=Sum("size"))["total"] or 0
    attachments = Attachment.objects.aggregate(total=Sum("size"))["total"] or 0
    return {"captions": captions, "attachments": attachments}


def _view(row: Attachment) -> AttachmentView:
    return AttachmentView(
        key=row.pk,
        kind=row.kind,
        title=row.title,
        suffix=row.name.rpartition(".")[2],
        size=row.size,
        url=row.url,
        host=urlsplit(row.url).hostname or "" if row.url else "",
    )
