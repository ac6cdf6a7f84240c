import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from commonplace.apps.people.adapters import (
    LARGEST_PICTURE,
    Link,
    PersonDetails,
    UnreadablePerson,
    UnreadablePicture,
    crop_picture,
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


def test_a_key_that_stands_twice_is_refused_with_its_line():
    with pytest.raises(UnreadablePerson, match=r"ada\.md:3:1: the key 'name' stands here again"):
        read_person("---\nname: Ada Okafor\nname: Mei Tanaka\n---\n", file="ada.md")


def encode(image: Image.Image, form: str = "JPEG", **values) -> bytes:
    out = io.BytesIO()
    image.save(out, form, **values)
    return out.getvalue()


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("size", [(1, 1), (1600, 900), (30, 2000)])
def test_a_picture_is_made_anew_in_one_size(form, size):
    with Image.open(io.BytesIO(crop_picture(encode(Image.new("RGB", size, "teal"), form)))) as image:
        assert (image.format, image.size, image.mode) == ("JPEG", (400, 400), "RGB")


def test_a_picture_loses_what_its_file_said_and_is_turned_upright():
    image = Image.new("RGB", (600, 600), "white")
    image.paste("black", (0, 0, 600, 300))
    exif = image.getexif()
    exif[0x0112], exif[0x010F] = 3, "Secret camera"  # upside down
    cropped = crop_picture(encode(image, exif=exif, comment=b"a secret place"))
    assert b"Secret" not in cropped
    assert b"secret" not in cropped
    with Image.open(io.BytesIO(cropped)) as upright:
        assert upright.getpixel((200, 20))[0] > 200
        assert upright.getpixel((200, 380))[0] < 50


def test_a_picture_made_before_comes_out_byte_for_byte():
    once = crop_picture(encode(Image.new("RGB", (900, 500), "teal")))
    assert crop_picture(once) == once
    assert crop_picture(once + b"<script>") != once + b"<script>"


def test_what_is_transparent_becomes_white():
    with Image.open(io.BytesIO(crop_picture(encode(Image.new("RGBA", (50, 50), (0, 0, 0, 0)), "PNG")))) as image:
        assert image.getpixel((200, 200)) == (255, 255, 255)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"GIF89a" + bytes(100),
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        encode(Image.new("RGB", (900, 900), "teal"))[:400],
        encode(Image.new("1", (9000, 9000)), "PNG"),
        encode(Image.new("RGB", (4, 4))) + bytes(LARGEST_PICTURE),
    ],
    ids=["nothing", "a kind not taken", "a drawing with a script", "cut off", "too many pixels", "too many bytes"],
)
def test_what_is_no_picture_is_refused(data):
    with pytest.raises(UnreadablePicture):
        crop_picture(data)


def test_an_address_is_read_and_never_written():
    person = read_person("---\nname: Mei Tanaka\nemail: Mei@Example.org\n---\n", file="people/mei.md")
    assert person.email == "mei@example.org"
    assert "@" not in write_person(person)
    with pytest.raises(UnreadablePerson, match="email"):
        read_person("---\nname: Mei\nemail: nowhere\n---\n", file="people/mei.md")
