"""Everything that a person reads is marked for translation, and said in Japanese too."""

from __future__ import annotations

import ast
import re
import shutil
from html.parser import HTMLParser
from pathlib import Path

import polib
import pytest
from django.template.base import Lexer, TokenType
from scripts import messages

from tests.repository.tree import SOURCE, parse, relative, source_modules, tracked_files

CATALOGUES = [SOURCE / "locale" / language / "LC_MESSAGES" / "django.po" for language in messages.LANGUAGES]
TEMPLATES = [path for path in tracked_files() if "templates" in path.parts and path.is_relative_to(SOURCE)]
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w+\}")
FILTER_TEXT = re.compile(r"""\|(?:default|default_if_none|yesno):"((?!Commonplace")[^"]*)""")
JAPANESE = "\u3001-\u30ff\u3400-\u9fff\uff01-\uff60"

Messages = dict[tuple[str | None, str], str]


def read_messages(catalogue: polib.POFile | polib.MOFile) -> Messages:
    """Every translated message of a catalogue, by its context and its English."""
    return {
        (entry.msgctxt, entry.msgid): "\0".join(entry.msgstr_plural.values()) or entry.msgstr for entry in catalogue
    }


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the source with its catalogues brought up to date."""
    copy = tmp_path_factory.mktemp("messages") / "commonplace"
    shutil.copytree(SOURCE, copy, ignore=shutil.ignore_patterns("__pycache__", "static", "demo", "engines", "cli"))
    messages.collect(copy)
    return copy


@pytest.mark.parametrize("path", CATALOGUES, ids=relative)
def test_every_message_is_translated(collected: Path, path: Path):
    fresh = polib.pofile(str(collected / path.relative_to(SOURCE)))
    untranslated = [entry.msgid for entry in fresh if not entry.translated()]
    assert untranslated == [], "run `make messages`, and translate what is empty or fuzzy"


@pytest.mark.parametrize("path", CATALOGUES, ids=relative)
def test_a_catalogue_holds_no_message_that_nothing_says(collected: Path, path: Path):
    fresh = polib.pofile(str(collected / path.relative_to(SOURCE)))
    assert set(read_messages(polib.pofile(str(path)))) - set(read_messages(fresh)) == set(), "run `make messages`"


@pytest.mark.parametrize("path", CATALOGUES, ids=relative)
def test_a_translation_fills_in_what_its_original_does(path: Path):
    wrong = []
    for entry in polib.pofile(str(path)):
        wanted = {frozenset(PLACEHOLDER.findall(text)) for text in (entry.msgid, entry.msgid_plural) if text}
        for text in entry.msgstr_plural.values() or [entry.msgstr]:
            if frozenset(PLACEHOLDER.findall(text)) not in wanted:
                wrong.append((entry.msgid, text))
    assert wrong == []


@pytest.mark.parametrize("path", CATALOGUES, ids=relative)
def test_what_is_compiled_is_what_is_written(path: Path):
    compiled = polib.mofile(str(path.with_suffix(".mo")))
    assert read_messages(compiled) == read_messages(polib.pofile(str(path))), "run `make messages`"


def test_japanese_is_punctuated_as_japanese():
    half_width = re.compile(f"[{JAPANESE}][,.!?:;(]|[)][{JAPANESE}]|[{JAPANESE}]\\.\\.\\.")
    translated = read_messages(polib.pofile(str(CATALOGUES[0])))
    assert [text for text in translated.values() if half_width.search(text)] == []


def test_japanese_calls_things_by_one_name():
    other_names = re.compile(
        "サインイン|メールアドレスアドレス|トランスクリプト|発表者|ユーザ(?!ー)|サーバ(?!ー)|下さい|出来"
    )
    translated = read_messages(polib.pofile(str(CATALOGUES[0])))
    assert [text for text in translated.values() if other_names.search(text)] == []


# What is no English: names, and words that are the same everywhere, as those of languages for themselves are.
SAME_EVERYWHERE = {"Commonplace", "RSS", "JSON Feed", "English", "Deutsch", "Español", "Français", "Português"}
READ_ALOUD = {"alt", "aria-label", "aria-description", "placeholder", "title", "label"}
"""Attributes of HTML that people read or hear."""


class BareText(HTMLParser):
    """Collects what people would read in this HTML."""

    def __init__(self) -> None:
        super().__init__()
        self.silent = 0
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        """Keep the attributes that are read."""
        self.silent += tag in {"script", "style", "code", "pre", "kbd"}
        for name, value in attributes:
            if name in READ_ALOUD or (name.startswith("data-") and " " in (value or "")):
                self.keep(value or "")

    def handle_endtag(self, tag: str) -> None:
        """Listen again."""
        self.silent -= tag in {"script", "style", "code", "pre", "kbd"}

    def handle_data(self, data: str) -> None:
        """Keep the text."""
        if not self.silent:
            self.keep(data)

    def keep(self, text: str) -> None:
        """Keep it where a word is in it."""
        if re.search("[A-Za-z]{2}", text) and text.strip(" ,·:()") not in SAME_EVERYWHERE:
            self.found.append(text.strip())


def find_bare_text(source: str) -> list[str]:
    """What people would read of a template that is in no tag for translation."""
    plain, is_translated, found = [], False, []
    for token in Lexer(source).tokenize():
        name = token.contents.split()[0] if token.token_type == TokenType.BLOCK else ""
        if name in {"blocktranslate", "endblocktranslate", "blocktrans", "endblocktrans"}:
            is_translated = name.startswith("block")
        elif token.token_type == TokenType.TEXT and not is_translated:
            plain.append(token.contents)
        elif token.token_type in {TokenType.VAR, TokenType.BLOCK} and not is_translated:
            # The text of a filter: `default:"Nobody"`, and everything that `pluralize` does.
            for text in re.findall(
                r"""\|(?:default|default_if_none|yesno|pluralize):?(?:"([^"]*)")?""", token.contents
            ):
                if "pluralize" in token.contents or (re.search("[A-Za-z]{2}", text) and text not in SAME_EVERYWHERE):
                    found.append(token.contents)
    parser = BareText()
    parser.feed("".join(plain))
    parser.close()
    return found + parser.found


@pytest.mark.parametrize("template", TEMPLATES, ids=relative)
def test_a_template_says_nothing_that_is_not_marked(template: Path):
    assert find_bare_text(template.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "source",
    [
        "<p>Talks</p>",
        "<p>{% translate 'Talks' %} of {{ name }}</p>",
        '<a aria-label="Talks" href="/"></a>',
        '<p data-copied="It is copied"></p>',
        '{{ name|default:"Nobody" }}',
        "{{ count }} talk{{ count|pluralize }}",
    ],
)
def test_bare_text_is_noticed(source: str):
    assert find_bare_text(source)


def find_bare_strings(module: Path) -> list[str]:
    """Texts of labels, helps, errors and messages that are in no call for translation."""
    found = []
    for call in (node for node in ast.walk(parse(module)) if isinstance(node, ast.Call)):
        named = [keyword.value for keyword in call.keywords if keyword.arg in {"label", "help_text", "empty_label"}]
        name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        owner = getattr(getattr(call.func, "value", None), "id", "")
        if name in {"ValidationError", "add_error"} or owner == "messages":
            named += call.args
        found += [
            node.value
            for node in named
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and " " in node.value
        ]
    return found


@pytest.mark.parametrize("module", [path for path in source_modules() if path.parent.name != "cli"], ids=relative)
def test_a_module_says_nothing_to_people_that_is_not_marked(module: Path):
    assert find_bare_strings(module) == []
