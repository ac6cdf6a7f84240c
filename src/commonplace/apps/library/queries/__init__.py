"""Reads of the library, as frozen values."""

from __future__ import annotations

from .catalogue import (
    Addresses,
    Choice,
    Facet,
    Narrowing,
    SpeakerLink,
    TalkIndex,
    TalkList,
    TalkRow,
    browse_talks,
    count_talks,
    get_talk_for,
    list_addresses,
    list_talks,
    list_talks_of,
)
from .corrections import (
    HistoryPage,
    ParagraphToCorrect,
    RevisionView,
    SuggestionView,
    count_suggestions_for,
    get_history_for,
    get_paragraph_to_correct_for,
    get_revision_for,
    get_suggestion_for,
    list_suggestions_for,
)
from .downloads import Download, DownloadFile, get_download_for
from .episodes import Episode, list_episodes
from .folders import ExportedTalk, export_talks, load_folder, load_transcript
from .players import Player, find_player
from .talk_page import ChapterLink, ParagraphView, TalkPage, get_talk_page_for

__all__ = [
    "Addresses",
    "ChapterLink",
    "Choice",
    "Download",
    "DownloadFile",
    "Episode",
    "ExportedTalk",
    "Facet",
    "HistoryPage",
    "Narrowing",
    "ParagraphToCorrect",
    "ParagraphView",
    "Player",
    "RevisionView",
    "SpeakerLink",
    "SuggestionView",
    "TalkIndex",
    "TalkList",
    "TalkPage",
    "TalkRow",
    "browse_talks",
    "count_suggestions_for",
    "count_talks",
    "export_talks",
    "find_player",
    "get_download_for",
    "get_history_for",
    "get_paragraph_to_correct_for",
    "get_revision_for",
    "get_suggestion_for",
    "get_talk_for",
    "get_talk_page_for",
    "list_addresses",
    "list_episodes",
    "list_suggestions_for",
    "list_talks",
    "list_talks_of",
    "load_folder",
    "load_transcript",
]
