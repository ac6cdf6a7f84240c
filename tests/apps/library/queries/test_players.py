import pytest

from commonplace.apps.library import queries
from commonplace.apps.library.models import Recording

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.mark.parametrize(
    "url",
    [
        "https://www.youtube.com/watch?v=abcdefghijk",
        "https://m.youtube.com/watch?app=desktop&v=abcdefghijk&t=90s",
        "https://youtu.be/abcdefghijk?si=xyz",
        "https://www.youtube.com/live/abcdefghijk",
        "https://www.youtube-nocookie.com/embed/abcdefghijk",
    ],
)
def test_youtube_is_played_by_the_player_that_sets_no_cookie(url):
    player = queries.find_player(Recording(url=url, kind="page"))
    assert (
        player.url
        == "https://www.youtube-nocookie.com/embed/abcdefghijk?autoplay=1&playsinline=1&rel=0&enablejsapi=1&start="
    )
    assert player.host == "www.youtube-nocookie.com"


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("https://vimeo.com/1234", "1234?dnt=1&autoplay=1"),
        ("https://vimeo.com/1234/0abc9", "1234?dnt=1&autoplay=1&h=0abc9"),
        ("https://player.vimeo.com/video/1234?h=x", "1234?dnt=1&autoplay=1"),
    ],
)
def test_vimeo_is_played_without_tracking(url, path):
    assert queries.find_player(Recording(url=url, kind="page")).url == f"https://player.vimeo.com/video/{path}#t="


@pytest.mark.parametrize("kind", ["audio", "video"])
def test_a_file_is_played_from_where_it_lies(kind):
    url = "https://Recordings.example:8443/boats?part=1"
    assert queries.find_player(Recording(url=url, kind=kind)) == queries.Player(
        kind, url, "https://recordings.example:8443"
    )


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("https://recordings.example/boats", "page"),
        ("https://youtu.be/short", "page"),
        ("https://vimeo.com/channels/boats", "page"),
        ("https://notyoutube.com/watch?v=abcdefghijk", "page"),
        ("https://youtu.be.example/abcdefghijk", "page"),
        ("https://someone@recordings.example/a.mp3", "audio"),
        ("https://a.example;script-src https://b.example/a.mp3", "audio"),
        ("https://a.example *.mp3", "audio"),
        ("https://[::1]/a.mp3", "audio"),
    ],
)
def test_what_no_player_is_known_for_is_only_linked_to(url, kind):
    assert queries.find_player(Recording(url=url, kind=kind)) is None
