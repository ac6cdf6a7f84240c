import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonplace.apps.library.actions import attachment_types as types
from tests.apps.library import attachments as samples


def recognise(data, name="talk.pdf"):
    return types.recognise_type(io.BytesIO(data), name=name)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (samples.PDF, types.PDF),
        (samples.PNG, types.PNG),
        (samples.JPEG, types.JPEG),
        (samples.PPTX, types.PPTX),
        (samples.ODP, types.ODP),
        (samples.NOTEBOOK, types.NOTEBOOK),
        (b"# Notes\n", types.TEXT),
        ("字幕".encode(), types.TEXT),
        (b'{"cells": 1}', types.TEXT),
    ],
)
def test_a_file_is_what_it_holds_whatever_it_is_called(data, expected):
    assert recognise(data) == expected
    assert recognise(data, "page.html") == expected


def test_the_name_tells_markdown_from_text_which_hold_the_same():
    assert recognise(b"# Notes\n", "NOTES.MD") == types.MARKDOWN


@pytest.mark.parametrize(
    "data",
    [
        b"",
        samples.HTML,
        samples.SVG,
        b"\xef\xbb\xbf  " + samples.HTML,
        samples.PPTM,
        samples.EXECUTABLE,
        samples.make_archive("a.exe"),
        samples.make_archive("x", mimetype="application/vnd.oasis.opendocument.text"),
        b"text\x00with a nul",
        "caf\xe9".encode("latin-1"),
        b"PK\x03\x04",
        b"{" * 100_000 + b"\x00",
        b"x" * (5 * 2**20 + 1),
    ],
    ids=lambda data: data[:24],
)
def test_what_might_run_or_is_unknown_is_nothing_that_may_be_attached(data):
    assert recognise(data) is None


def test_brackets_ten_thousands_deep_are_text_and_no_notebook():
    assert recognise(b'{"cells":' + b"[" * 100_000) == types.TEXT


@given(st.binary(max_size=200), st.text(max_size=40))
def test_any_bytes_are_recognised_or_not_and_the_file_is_left_at_its_beginning(data, name):
    file = io.BytesIO(data)
    found = types.recognise_type(file, name=name)
    assert found is None or found in types.ATTACHMENT_TYPES.values()
    assert file.read() == data


@given(st.text(max_size=300), st.sampled_from(list(types.ATTACHMENT_TYPES.values())))
def test_any_name_becomes_a_harmless_one_and_stays_it(name, kind):
    made = types.make_file_name(name, kind)
    assert made.endswith(kind.suffix)
    assert len(made) <= 80
    assert not set(made) & set("/\\\"'\r\n\0 ;<>%:")
    assert not made.startswith((".", "-"))
    assert types.make_file_name(made, kind) == made


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Forty questions (final).PDF", "forty-questions-final.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\talks\\boats.pptx", "boats.pdf"),
        ('a"; filename="evil.html', "a-filenameevil.pdf"),
        ("スライド.pdf", "スライド.pdf"),
        ("\r\nSet-Cookie: x", "set-cookie-x.pdf"),
        ("...", "attachment.pdf"),
    ],
)
def test_a_name_keeps_what_people_can_read_of_it(name, expected):
    assert types.make_file_name(name, types.PDF) == expected
