"""The library: talks, their recordings and their transcripts."""

from django.apps import AppConfig


class LibraryConfig(AppConfig):
    """The app of talks and transcripts."""

    name = "commonplace.apps.library"
    label = "library"
