"""The addresses of the library; slugs are words of any script, so they are taken as text."""

from __future__ import annotations

from django.urls import path

from . import feeds
from .views import attachments, corrections, publishing, redactions, series, speakers, talks, transcripts, uploads

urlpatterns = [
    path("", talks.show_talks, name="talks"),
    path("feed.xml", feeds.show_rss, name="rss"),
    path("feed.json", feeds.show_json_feed, name="json-feed"),
    path("all/waiting/", publishing.show_waiting, name="waiting"),
    path("all/suggestions/", corrections.show_suggestions, name="suggestions"),
    path("all/suggestions/<int:key>/accept", corrections.accept_suggestion, name="accept-suggestion"),
    path("all/suggestions/<int:key>/reject", corrections.reject_suggestion, name="reject-suggestion"),
    path("upload/", uploads.hand_in, name="upload"),
    path("upload/list", uploads.show_list, name="uploads"),
    path("upload/<int:key>/", uploads.describe_upload, name="describe-upload"),
    path("upload/<int:key>/progress", uploads.show_progress, name="upload-progress"),
    path("upload/<int:key>/replace", uploads.replace_upload, name="replace-upload"),
    path("upload/<int:key>/cancel", uploads.cancel_upload, name="cancel-upload"),
    path("upload/<int:key>/again", uploads.try_upload_again, name="try-upload-again"),
    path("upload/<int:key>/discard", uploads.discard_upload, name="discard-upload"),
    path("all/redactions/", redactions.show_requests, name="redactions"),
    path("all/redactions/<int:key>/accept", redactions.accept_redaction, name="accept-redaction"),
    path("all/redactions/<int:key>/reject", redactions.reject_redaction, name="reject-redaction"),
    path("<str:slug>/paragraphs/<int:key>/take-out/", redactions.ask_for_redaction, name="ask-for-redaction"),
    path("series/<str:slug>/", series.show_series, name="series"),
    path("<str:slug>/", talks.show_talk, name="talk"),
    path("<str:slug>/paragraphs/<int:key>/", corrections.correct_paragraph, name="correct"),
    path("<str:slug>/attachments/", attachments.edit_attachments, name="attachments"),
    path("<str:slug>/attachments/<int:key>", attachments.download_attachment, name="attachment"),
    path("<str:slug>/attachments/<int:key>/remove", attachments.remove_attachment, name="remove-attachment"),
    path("<str:slug>/publish", publishing.publish_talk, name="publish"),
    path("<str:slug>/withdraw", publishing.withdraw_talk, name="withdraw"),
    path("<str:slug>/speakers/", speakers.rename_speaker, name="speakers"),
    path("<str:slug>/history/", corrections.show_history, name="history"),
    path("<str:slug>/history/<int:key>/undo", corrections.undo_revision, name="undo"),
    path("<str:slug>/transcripts/", transcripts.edit_transcripts, name="transcripts"),
    path("<str:slug>/transcripts/remove", transcripts.remove_transcript, name="remove-transcript"),
    path("<str:slug>/download/<str:kind>", talks.download_talk, name="download"),
]
