"""Persons as plain files: front matter in YAML, then the biography in Markdown."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import nh3
import yaml
from markdown_it import MarkdownIt

_FRONT_MATTER = re.compile(r"---\n(.*?)^---(?:\n|\Z)(.*)", re.DOTALL | re.MULTILINE)
_MARKDOWN = MarkdownIt("commonmark", {"html": False})
_TAGS = {"p", "a", "em", "strong", "ul", "ol", "li", "blockquote", "code", "pre", "br", "h2", "h3", "h4", "hr"}


class UnreadablePerson(Exception):
    """A person's file that is wrong; the message says where, and what was expected."""


@dataclass(frozen=True, slots=True)
class Link:
    """A page about somebody elsewhere; ``url`` begins with http:// or https://."""

    title: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonDetails:
    """What is known of a person; ``biography`` is Markdown without white space around it."""

    name: str
    other_names: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    biography: str = ""


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
        front = yaml.safe_load(match.group(1))
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
    )


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
