import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from commonplace.site.middleware import content_security_policy


def test_every_answer_forbids_inline_scripts_and_outside_parts():
    response = content_security_policy(lambda request: HttpResponse())(RequestFactory().get("/"))
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert not any(word in policy for word in ("unsafe", "http:", "https:", "data:", "*"))


def ask(wish: str) -> str:
    response = HttpResponse(headers={"Content-Security-Policy": wish})
    answered = content_security_policy(lambda request: response)(RequestFactory().get("/"))
    return answered.headers["Content-Security-Policy"]


def test_a_page_may_name_the_one_host_of_its_player():
    plain = content_security_policy(lambda request: HttpResponse())(RequestFactory().get("/"))
    before = set(plain.headers["Content-Security-Policy"].split("; "))
    after = set(ask("frame-src https://player.vimeo.com").split("; "))
    assert after - before == {"frame-src https://player.vimeo.com"}
    assert before - after == {"frame-src 'none'"}


def test_a_file_of_somebody_else_may_do_nothing():
    assert ask("sandbox") == "default-src 'none'; sandbox"


@pytest.mark.parametrize(
    "wish",
    ["script-src https://a.example", "frame-src *", "frame-src https:", "media-src 'self' https://a.example", ""],
)
def test_a_page_may_wish_for_nothing_else(wish: str):
    with pytest.raises(ValueError, match="expected frame-src or media-src"):
        ask(wish)
