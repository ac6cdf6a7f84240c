"""Writes of the library."""

from __future__ import annotations

from .attachments import (
    MOST_ATTACHMENTS,
    UnfitAttachment,
    attach_file,
    attach_link,
    delete_stray_attachments,
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
from .folders import HistoryAtStake, TalkChange, import_talk_folder
from .personal_data import RETENTION, forget_drafts, take_person_out_of_talks
from .publishing import publish_caption_file, publish_captions, receive_captions
from .redactions import PassageUnknown, TooManyRequests, accept_redaction, ask_for_redaction, reject_redaction
from .speakers import SpeakerUnknown, rename_speaker
from .transcripts import LanguageTaken, add_transcript, remove_transcript
from .uploads import (
    LARGEST_BYTES,
    TooManyUploads,
    UploadMoved,
    cancel_publishing,
    discard_upload,
    publish_upload,
    read_upload,
    receive_upload,
    replace_upload,
    save_details,
    start_publishing,
    try_again,
)
from .visibility import publish_talk, withdraw_talk

__all__ = [
    "LARGEST_BYTES",
    "MOST_ATTACHMENTS",
    "RETENTION",
    "HistoryAtStake",
    "LanguageTaken",
    "Overtaken",
    "PassageUnknown",
    "SpeakerChoice",
    "SpeakerUnknown",
    "TalkChange",
    "TooManyRequests",
    "TooManySuggestions",
    "TooManyUploads",
    "Undecidable",
    "UnfitAttachment",
    "UploadMoved",
    "accept_redaction",
    "accept_suggestion",
    "add_transcript",
    "ask_for_redaction",
    "attach_file",
    "attach_link",
    "cancel_publishing",
    "correct_paragraph",
    "delete_stray_attachments",
    "discard_upload",
    "forget_drafts",
    "import_attachments",
    "import_talk_folder",
    "publish_caption_file",
    "publish_captions",
    "publish_talk",
    "publish_upload",
    "read_upload",
    "receive_captions",
    "receive_upload",
    "reject_redaction",
    "reject_suggestion",
    "remove_attachment",
    "remove_transcript",
    "rename_speaker",
    "replace_upload",
    "save_details",
    "start_publishing",
    "suggest_correction",
    "take_person_out_of_talks",
    "try_again",
    "undo_revision",
    "withdraw_talk",
]
