import sqlite3
from contextlib import closing

import pytest
from django.db import OperationalError
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import path

from commonplace.site.middleware import content_security_policy
from commonplace.site.urls import urlpatterns as pages


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


def write_while_another_does(request, place):
    """Meet a lock that somebody else holds on a real database."""
    with closing(sqlite3.connect(place, timeout=0)) as mine, closing(sqlite3.connect(place)) as theirs:
        theirs.execute("BEGIN IMMEDIATE")
        try:
            mine.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            raise OperationalError(*error.args) from error  # as Django's own wrapper does


def ask_what_is_not_there(request):
    raise OperationalError("no such table: harbours")


urlpatterns = [path("busy/<path:place>", write_while_another_does), path("broken/", ask_what_is_not_there), *pages]


@pytest.mark.django_db
@pytest.mark.urls(__name__)
def test_a_busy_database_asks_to_try_again(client, tmp_path):
    answer = client.post(f"/busy/{tmp_path}/database.sqlite3")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert "send it again" in answer.content.decode()


@pytest.mark.urls(__name__)
def test_any_other_error_of_the_database_stays_one(client):
    with pytest.raises(OperationalError, match="harbours"):
        client.get("/broken/")
