"""People: who is known here, with or without an account."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """The app of persons and their accounts."""

    name = "commonplace.apps.people"
    label = "people"
