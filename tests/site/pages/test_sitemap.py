import pytest
from defusedxml import ElementTree
from django.test import Client

from tests.factories import add_language, make_account, make_talk

pytestmark = pytest.mark.django_db

NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


def read_addresses(client: Client) -> list[str]:
    root = ElementTree.fromstring(client.get("/sitemap.xml").content)
    return [element.text for element in root.findall("s:url/s:loc", NAMES)]


def test_the_sitemap_leads_to_every_public_page(client: Client):
    make_talk("検索", event="Boats & sails")
    addresses = read_addresses(client)
    assert len(addresses) == 8  # two lists, two pages of the community, the talk, two people, the series
    for address in addresses:
        assert address.isascii()
        assert client.get(address.removeprefix("http://testserver")).status_code == 200


def test_the_sitemap_tells_nobody_of_unpublished_talks(client: Client):
    make_talk("Secret", published=False, event="Secret", speakers=("Priya Raman",))
    client.force_login(make_account(is_staff=True))
    assert read_addresses(client) == [f"http://testserver{path}" for path in ("/", "/talks/", "/about/", "/conduct/")]


def test_the_sitemap_leads_to_every_language_of_a_talk(client: Client):
    add_language(make_talk("Boats", language="en"), "ja")
    addresses = read_addresses(client)
    assert [address for address in addresses if "boats" in address] == [
        "http://testserver/talks/boats/",
        "http://testserver/talks/boats/?in=ja",
    ]


@pytest.mark.parametrize("talks", [1, 3])
def test_the_sitemap_takes_the_same_queries_however_long_it_is(client: Client, django_assert_num_queries, talks: int):
    for number in range(talks):
        make_talk(f"Talk {number}")
    with django_assert_num_queries(3):
        client.get("/sitemap.xml")


def test_robots_are_told_where_the_sitemap_is(client: Client):
    lines = client.get("/robots.txt").content.decode().splitlines()
    assert "Sitemap: http://testserver/sitemap.xml" in lines
