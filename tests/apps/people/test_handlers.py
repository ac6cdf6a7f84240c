from datetime import timedelta

import pytest
from django.utils import timezone

from commonplace.apps.people import handlers
from commonplace.apps.people.models import Invitation

pytestmark = pytest.mark.django_db


def test_tidying_twice_lets_go_of_what_is_old_and_of_nothing_else():
    now = timezone.now()
    for age in (timedelta(days=31), timedelta(days=29)):
        Invitation.objects.create(role="member", created_at=now - age, expires_at=now - age)
    for _ in range(2):
        handlers.tidy()
        assert Invitation.objects.count() == 1
