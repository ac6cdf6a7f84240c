"""Writes of the library."""

from __future__ import annotations

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
    "Overtaken",
    "SpeakerChoice",
    "TalkChange",
    "TooManySuggestions",
    "Undecidable",
    "accept_suggestion",
    "correct_paragraph",
    "import_talk_folder",
    "publish_caption_file",
    "publish_captions",
    "receive_captions",
    "reject_suggestion",
    "suggest_correction",
    "undo_revision",
]
