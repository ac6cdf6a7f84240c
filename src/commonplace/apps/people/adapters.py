"""Persons as plain files: front matter in YAML, then the biography in Markdown."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, field
from typing import Any

import nh3
import yaml
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from markdown_it import MarkdownIt
from PIL import Image, ImageOps

from commonplace.engines.transcripts.syntax.unique_keys import load_yaml

_FRONT_MATTER = re.compile(r"---\n(.*?)^---(?:\n|\Z)(.*)", re.DOTALL | re.MULTILINE)
_MARKDOWN = MarkdownIt("commonmark", {"html": False})
_TAGS = {"p", "a", "em", "strong", "ul", "ol", "li", "blockquote", "code", "pre", "br", "h2", "h3", "h4", "hr"}


PICTURE_SIZE = 400
"""Pixels of each side of a picture: enough for the sharpest screens at the size in which pages show it."""

LARGEST_PICTURE = 10 * 2**20
"""Bytes; a photograph of today's phones has about half of that."""

_MOST_PIXELS = 60_000_000
_JPEG_FORM = {"jfif", "jfif_version", "jfif_unit", "jfif_density", "dpi"}


class UnreadablePicture(Exception):
    """A file that is no picture of a kind we take, or too large."""


class UnreadablePerson(Exception):
    """A person's file that is wrong; the message says where, and what was expected."""


@dataclass(frozen=True, slots=True)
class Link:
    """A page about somebody elsewhere; ``url`` begins with http:// or https://."""

    title: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonDetails:
    """What is known of a person; ``biography`` is Markdown without white space around it.

    ``email`` is read, and never written: files are shown to others, and an address is not.
    """

    name: str
    other_names: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    biography: str = ""
    email: str = field(default="", compare=False)


def crop_picture(data: bytes) -> bytes:
    """The middle of a picture as a JPEG of 400 by 400 pixels, with nothing of the file it came in but what it shows.

    What has this form already is kept byte for byte. Takes JPEG, PNG and WebP of at most 10 MiB and 60 million pixels,
    in half a second at most. Raises `UnreadablePicture`.
    """
    if len(data) > LARGEST_PICTURE:
        raise UnreadablePicture(f"{len(data)} bytes")
    try:
        with Image.open(io.BytesIO(data), formats=["JPEG", "PNG", "WEBP"]) as image:
            if image.width * image.height > _MOST_PIXELS:
                raise UnreadablePicture(f"{image.width} by {image.height} pixels")
            is_ready = image.format == "JPEG" and image.size == (PICTURE_SIZE, PICTURE_SIZE) and image.mode == "RGB"
            is_ready = is_ready and set(image.info) <= _JPEG_FORM and data.endswith(b"\xff\xd9")
            image.draft("RGB", (2 * PICTURE_SIZE, 2 * PICTURE_SIZE))
            image.load()
            if is_ready:
                return data
            upright = ImageOps.exif_transpose(image).convert("RGBA")
    except (OSError, SyntaxError, ValueError, EOFError, Image.DecompressionBombError) as error:
        raise UnreadablePicture(str(error)) from error
    square = ImageOps.fit(upright, (PICTURE_SIZE, PICTURE_SIZE), Image.Resampling.LANCZOS)
    canvas = Image.new("RGB", square.size, "white")
    canvas.paste(square, mask=square.getchannel("A"))
    out = io.BytesIO()
    canvas.save(out, "JPEG", quality=85)
    return out.getvalue()


def fold_spaces(name: str) -> str:
    """A name on one line with single spaces: Japanese's wide space and a line's end part words as a space does."""
    return " ".join(name.split())


def render_markdown(text: str) -> str:
    """Markdown as HTML that can do no harm: no scripts, no styles, no pictures; links only to the web and to mail."""
    return nh3.clean(
        _MARKDOWN.render(text),
        tags=_TAGS,
        attributes={"a": {"href", "title"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener nofollow",
    )


def write_person(person: PersonDetails) -> str:
    """The file of a person; the same value always gives the same text."""
    front: dict[str, Any] = {"name": person.name}
    if person.other_names:
        front["other_names"] = list(person.other_names)
    if person.links:
        front["links"] = [{"title": link.title, "url": link.url} for link in person.links]
    head = yaml.safe_dump(front, allow_unicode=True, sort_keys=False, width=10**6)
    return f"---\n{head}---\n" + (f"\n{person.biography}\n" if person.biography else "")


def read_person(text: str, *, file: str) -> PersonDetails:
    """The person in this file.

    ``file`` is its name for errors. Raises `UnreadablePerson` with line and column where something is wrong.
    """
    match = _FRONT_MATTER.match(text.replace("\r\n", "\n").removeprefix("\ufeff"))
    if match is None:
        raise UnreadablePerson(f"{file}:1:1: no front matter\n  expected: a line ---, then name: …, then a line ---")
    try:
        front = load_yaml(match.group(1))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f"{file}:{mark.line + 2}:{mark.column + 1}" if mark else f"{file}:2:1"
        problem = getattr(error, "problem", None) or "this is no YAML"
        raise UnreadablePerson(f"{place}: {problem}\n  expected: YAML such as name: Ada Okafor") from error
    except (ValueError, RecursionError) as error:  # PyYAML lets them through: 2026-02-30, or brackets 1,000 deep
        raise UnreadablePerson(f"{file}:2:1: {error}\n  expected: texts, such as name: Ada Okafor") from error
    if not isinstance(front, dict):
        raise UnreadablePerson(f"{file}:2:1: the front matter is no list of keys\n  expected: name: Ada Okafor")
    return PersonDetails(
        name=_read_text(front.get("name"), "name", file),
        other_names=tuple(_read_text(name, "other_names", file) for name in _read_list(front, "other_names", file)),
        links=tuple(_read_link(link, file) for link in _read_list(front, "links", file)),
        biography=match.group(2).strip(),
        email=_read_email(front.get("email"), file),
    )


def _read_email(value: object, file: str) -> str:
    if value is None:
        return ""
    email = _read_text(value, "email", file).lower()
    try:
        validate_email(email)
    except ValidationError as error:
        raise UnreadablePerson(f"{file}: email is {value!r}\n  expected: an address such as ada@example.org") from error
    return email


def _read_text(value: object, key: str, file: str) -> str:
    # PostgreSQL keeps no NUL, and no database half a surrogate pair.
    if not isinstance(value, str) or not value.strip() or re.search(r"[\x00\ud800-\udfff]", value):
        raise UnreadablePerson(f"{file}: {key} is {value!r}\n  expected: text, such as Ada Okafor")
    return fold_spaces(value)


def _read_list(front: dict[Any, Any], key: str, file: str) -> list[object]:
    value = front.get(key)
    if value is None:
        return []
    if not isinstance(value, list):
        raise UnreadablePerson(
            f"{file}: {key} is {value!r}\n  expected: a list, each entry on a line that begins with -"
        )
    return value


def _read_link(value: object, file: str) -> Link:
    if not isinstance(value, dict):
        raise UnreadablePerson(f"{file}: a link is {value!r}\n  expected: title: … and url: https://…")
    link = Link(
        title=_read_text(value.get("title"), "a link's title", file), url=_read_text(value.get("url"), "url", file)
    )
    if not link.url.startswith(("https://", "http://")):
        raise UnreadablePerson(f"{file}: a link leads to {link.url}\n  expected: an address that begins with https://")
    return link
