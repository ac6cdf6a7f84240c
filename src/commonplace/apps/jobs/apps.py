"""Jobs: work that is done after the answer, in the worker."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """The durable queue that every app may use; it knows none of them."""

    name = "commonplace.apps.jobs"
    label = "jobs"
