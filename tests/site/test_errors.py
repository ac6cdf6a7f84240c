from __future__ import annotations

import pytest
from django.template.loader import get_template
from django.test import Client


@pytest.mark.django_db
def test_an_unknown_address_leads_back_to_the_talks(client: Client):
    response = client.get("/nothing/here/")
    assert response.status_code == 404
    assert 'href="/talks/"' in response.content.decode()


@pytest.mark.parametrize("status", [400, 403, 404, 500])
def test_an_error_page_needs_nothing_to_be_shown(status: int):
    # A broken site shows its error page without request, database or context processors.
    page = get_template(f"{status}.html").render()
    assert f">{status}<" in page
    assert "<h1>" in page
