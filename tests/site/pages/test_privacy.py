"""What the site keeps of people, for all to read."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.factories import make_account

pytestmark = pytest.mark.django_db


def test_visitors_are_led_to_what_they_can_do():
    page = Client().get("/privacy/").content.decode()
    assert "Is this you?" in page
    assert 'href="/account/sign-in/"' in page


def test_whoever_is_signed_in_is_led_to_what_is_theirs():
    client = Client()
    client.force_login(make_account())
    assert 'href="/account/data/"' in client.get("/privacy/").content.decode()
    assert client.post("/privacy/").status_code == 405
