"""Writes of the library."""

from __future__ import annotations

from .attachments import (
    MOST_ATTACHMENTS,
    UnfitAttachment,
    attach_file,
    attach_link,
    import_attachments,
    remove_attachment,
)
from .corrections import (
    Overtaken,
    SpeakerChoice,
    TooManySuggestions,
    Undecidable,
    accept_suggestion,
    correct_paragraph,
    reject_suggestion,
    suggest_correction,
    undo_revision,
)
from .folders import TalkChange, import_talk_folder
from .publishing import publish_caption_file, publish_captions, receive_captions

__all__ = [
    "MOST_ATTACHMENTS",
    "Overtaken",
    "SpeakerChoice",
    "TalkChange",
    "TooManySuggestions",
    "Undecidable",
    "UnfitAttachment",
    "accept_suggestion",
    "attach_file",
    "attach_link",
    "correct_paragraph",
    "import_attachments",
    "import_talk_folder",
    "publish_caption_file",
    "publish_captions",
    "receive_captions",
    "reject_suggestion",
    "remove_attachment",
    "suggest_correction",
    "undo_revision",
]
