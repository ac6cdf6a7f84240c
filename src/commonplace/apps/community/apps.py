"""Community: what the community says of itself, in pages that its organisers write."""

from django.apps import AppConfig


class CommunityConfig(AppConfig):
    """The app of the pages about the community, and of what organisers do for the whole of it."""

    name = "commonplace.apps.community"
    label = "community"
