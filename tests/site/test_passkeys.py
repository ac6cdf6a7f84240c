import pytest
from allauth.core import context
from django.test import RequestFactory

from commonplace.site.passkeys import PasskeyAdapter
from tests.factories import make_account


@pytest.mark.django_db
def test_a_passkey_is_never_asked_for_on_top_of_a_code():
    assert PasskeyAdapter().is_mfa_enabled(make_account()) is False


def test_a_browser_shows_the_community_when_it_asks(settings):
    settings.COMMUNITY = "Harbour ML"
    with context.request_context(RequestFactory().get("/", headers={"host": "localhost:8000"})):
        entity = PasskeyAdapter().get_public_key_credential_rp_entity()
    assert entity == {"id": "localhost", "name": "Harbour ML"}
