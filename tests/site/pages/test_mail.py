import pytest
from django.core.mail import EmailMessage
from django.test import Client

from commonplace.site.demo_mail import DemoMailBackend

HOSTILE = "<script>alert(1)</script>"


@pytest.fixture
def demo(settings, tmp_path):
    settings.HOME, settings.DEMO = tmp_path, True
    DemoMailBackend().send_messages([EmailMessage("A code", HOSTILE, "a@example.org", ["mei@example.org"])])


@pytest.mark.usefixtures("demo")
def test_the_demo_shows_its_mail_to_this_machine(client: Client):
    response = client.get("/mail/")
    page = response.content.decode()
    assert "A code" in page
    assert "mei@example.org" in page
    assert HOSTILE not in page
    assert "no-store" in response["Cache-Control"]


@pytest.mark.usefixtures("demo")
def test_outside_the_demo_there_is_no_such_page(client: Client, settings):
    settings.DEMO = False
    assert client.get("/mail/").status_code == 404


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize("address", ["192.0.2.7", "10.0.0.1", "2001:db8::1", ""])
def test_another_machine_finds_nothing(client: Client, address: str):
    assert client.get("/mail/", REMOTE_ADDR=address).status_code == 404


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize("header", ["X-Forwarded-For", "X-Forwarded-Host", "Forwarded", "Via"])
def test_whoever_comes_through_a_proxy_finds_nothing(client: Client, header: str):
    assert client.get("/mail/", headers={header: "127.0.0.1"}).status_code == 404


@pytest.mark.usefixtures("demo")
def test_mail_is_only_read(client: Client):
    assert client.post("/mail/").status_code == 405
