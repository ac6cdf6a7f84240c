"""Makes an event with one talk in pretalx, released in its schedule, and prints the path of the talk's page.

Run by `benchmarks.conference_tools` with the Python that pretalx is installed for; standard input holds a JSON object
with ``title``, ``speakers``, ``abstract`` and ``description``.
"""

from __future__ import annotations

import datetime
import json
import os
import sys

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "pretalx.settings"
django.setup()

from django_scopes import scope, scopes_disabled  # noqa: E402  # these need Django to be set up
from pretalx.event.models import Event, Organiser  # noqa: E402  # as above
from pretalx.person.models import SpeakerProfile, User  # noqa: E402  # as above
from pretalx.schedule.models import Room, TalkSlot  # noqa: E402  # as above
from pretalx.submission.models import Submission  # noqa: E402  # as above

talk = json.load(sys.stdin)
day = datetime.date(2026, 5, 4)
organiser = Organiser.objects.create(name="Harbour ML", slug="harbour")
with scopes_disabled():
    event = Event.objects.create(
        name="Harbour ML",
        slug="harbour",
        organiser=organiser,
        is_public=True,
        date_from=day,
        date_to=day,
        timezone="UTC",
        email="ada@harbour.example",
        locale="en",
        locale_array="en",
    )
with scope(event=event):
    submission = Submission.objects.create(
        event=event,
        title=talk["title"],
        submission_type=event.submission_types.first(),
        abstract=talk["abstract"],
        description=talk["description"],
        content_locale="en",
    )
    for number, name in enumerate(talk["speakers"]):
        user = User.objects.create_user(name=name, email=f"speaker-{number}@harbour.example")
        SpeakerProfile.objects.create(user=user, event=event)
        submission.speakers.add(user)
    submission.accept()
    submission.confirm()
    room = Room.objects.create(event=event, name="Pier", position=1)
    slot = TalkSlot.objects.get(submission=submission, schedule=event.wip_schedule)
    slot.room, slot.start = room, event.datetime_from + datetime.timedelta(hours=10)
    slot.end = slot.start + datetime.timedelta(hours=1)
    slot.save()
    event.release_schedule("1", notify_speakers=False)
print(f"/{event.slug}/talk/{submission.code}/")
