import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonplace.apps.people.adapters import (
    Link,
    PersonDetails,
    UnreadablePerson,
    read_person,
    render_markdown,
    write_person,
)

words = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=20)
lines = st.lists(words, min_size=1, max_size=3).map(" ".join)
links = st.builds(Link, title=lines, url=lines.map("https://example.org/{}".format))
people = st.builds(
    PersonDetails,
    name=lines,
    other_names=st.lists(lines, max_size=3).map(tuple),
    links=st.lists(links, max_size=3).map(tuple),
    biography=st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n")).map(str.strip),
)


@given(people)
def test_a_written_person_reads_back_as_it_was(person):
    assert read_person(write_person(person), file="people/x.md") == person


@pytest.mark.parametrize("name", ["田中\u3000芽衣", "Mei\u00a0Tanaka", '"Mei\\nTanaka"'])
def test_whatever_spaces_part_a_name_it_stands_on_one_line(name):
    assert read_person(f"---\nname: {name}\n---\n", file="people/x.md").name in {"田中 芽衣", "Mei Tanaka"}


@given(people)
def test_a_person_is_written_the_same_way_each_time(person):
    text = write_person(person)
    assert write_person(read_person(text, file="people/x.md")) == text


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "people/x.md:1:1: no front matter"),
        ("---\nname: [\n---\n", "people/x.md:3:1: "),
        ("---\n- Ada\n---\n", "people/x.md:2:1: the front matter is no list of keys"),
        ("---\nname: 2026-02-30\n---\n", "people/x.md:2:1: day is out of range"),
        ("---\nname: '" + "[" * 3000 + "\n---\n", "people/x.md:"),
        ("---\nname: " + "[" * 3000 + "\n---\n", "people/x.md:2:1: "),
        ('---\nname: "Ada\\0"\n---\n', "name is 'Ada\\x00'"),
        ("---\nother_names: [Ada]\n---\n", "name is None"),
        ("---\nname: Ada\nother_names: Addy\n---\n", "other_names is 'Addy'"),
        ("---\nname: Ada\nlinks: [{title: Home, url: 'javascript:alert(1)'}]\n---\n", "a link leads to javascript:"),
    ],
)
def test_a_wrong_file_is_refused_with_what_is_wrong(text, problem):
    with pytest.raises(UnreadablePerson) as refused:
        read_person(text, file="people/x.md")
    assert problem in str(refused.value)


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "[here](javascript:alert(1))",
        "![picture](https://example.org/x.png)",
        '<a href="https://example.org" onclick="alert(1)">here</a>',
        '<p style="position: fixed">here</p>',
    ],
)
def test_markdown_becomes_html_that_can_do_no_harm(text):
    html = render_markdown(text)
    assert not any(f"<{tag}" in html for tag in ("script", "img", "style"))
    assert 'href="javascript' not in html
    assert "<a href" not in html or "onclick=" not in html


def test_markdown_keeps_emphasis_and_links():
    html = render_markdown("*boats* and [more](https://example.org)")
    assert "<em>boats</em>" in html
    assert 'href="https://example.org"' in html
