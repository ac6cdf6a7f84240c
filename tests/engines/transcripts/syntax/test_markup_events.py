"""XML and HTML as events."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonplace.engines.transcripts.document import Document
from commonplace.engines.transcripts.errors import MalformedCaptions
from commonplace.engines.transcripts.syntax.markup_events import stream_html, stream_xml


def test_places_in_xml_are_characters_of_the_document_across_chunks():
    text = "\n <t>\n" + "".join(f'<s n="{number}">é港</s>\n' for number in range(6000)) + "</t>"
    starts = [event for event in stream_xml(Document(text), "t") if event.kind == "start" and event.name == "s"]
    assert len(starts) == 6000
    assert all(text.startswith(f'<s n="{event.attributes["n"]}"', event.offset) for event in starts)


@pytest.mark.parametrize(
    "text",
    [
        '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
        '<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>',
        "<a><b></a>",
        "<a>\ud800</a>",
        "<a>\x00</a>",
        "<a>",
        "",
    ],
)
def test_dangerous_and_broken_xml_is_refused_with_a_place(text: str):
    with pytest.raises(MalformedCaptions) as caught:
        list(stream_xml(Document(text), "an a"))
    assert caught.value.line is not None
    assert caught.value.expected == "an a"


def test_html_has_attributes_in_every_kind_of_quotes():
    (event,) = stream_html(Document("<P A=\"1\" b='2' C=3 d>"))
    assert (event.name, event.attributes) == ("p", {"a": "1", "b": "2", "c": "3", "d": ""})


def test_scripts_and_comments_are_no_text():
    events = list(stream_html(Document("<!DOCTYPE html><script>a < b</script><!-- c -->d &lt; e < f")))
    assert [event.text.strip() for event in events if event.kind == "comment"] == ["a < b", "c"]
    assert "".join(event.text for event in events if event.kind == "text") == "d < e < f"


@pytest.mark.parametrize("part", ["<a ", "<!--", "<a b='", "<", "&", "<script>", "<a>"])
def test_hostile_html_takes_linear_time(part: str):
    assert sum(1 for _ in stream_html(Document(part * 100_000))) <= 200_000


@given(st.text(st.sampled_from("<>/!-= \"'ab&;\n"), max_size=60))
def test_no_text_outside_of_tags_is_lost(text: str):
    events = list(stream_html(Document(text)))
    assert [event.offset for event in events] == sorted(event.offset for event in events)
    if "<" not in text and "&" not in text:
        assert "".join(event.text for event in events) == text
