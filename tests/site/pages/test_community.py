from __future__ import annotations

import pytest
from django.test import Client


@pytest.mark.django_db
def test_every_page_says_whose_it_is(client: Client, settings):
    settings.COMMUNITY = "Harbour <ML>"
    for address in ("/", "/talks/", "/nowhere/"):
        page = client.get(address).content.decode()
        assert page.count("Harbour &lt;ML&gt;") >= 2
