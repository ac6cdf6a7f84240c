"""Talks and people as plain files on disk: finding and reading them, and writing them without harm.

The layout of an export::

    FOLDER/commonplace.json          what the last export wrote, with the SHA-256 of each file
    FOLDER/people/<slug>.md          and <slug>.jpg, where somebody has a picture
    FOLDER/pages/<page>.<language>.md      what the community says of itself
    FOLDER/talks/<slug>/             talk folders of published talks, with slides and notes in attachments/
    FOLDER/drafts/<slug>/            talk folders of talks that visitors cannot see yet

A file is overwritten only if it still is what the last export wrote; nothing is ever deleted.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from django.utils.text import slugify

from commonplace.engines.transcripts import is_part_of_talk

MANIFEST = "commonplace.json"
MOST_BYTES = 64 * 2**20
"""Bytes of one file; a word-timed transcript of twelve hours has 8 million."""

_SLUG_LENGTH = 80


ATTACHMENTS = "attachments"
"""The folder in a talk folder that holds its files, and the name of their list beside it."""

Content = str | Path
"""A text to write, or a file to copy."""


class WrongFolder(Exception):
    """A folder that is not what the command needs; the message says what was expected."""


class WrongFile(Exception):
    """A file that cannot be read or written; the message begins with its path."""


@dataclass(frozen=True, slots=True)
class FoundTalk:
    """A talk folder on disk."""

    path: Path
    slug: str
    is_published: bool


@dataclass(frozen=True, slots=True)
class Found:
    """The talk folders, people's files and pages below one folder, by name."""

    talks: tuple[FoundTalk, ...]
    people: tuple[Path, ...]
    pages: tuple[Path, ...] = ()


def find_folders(root: Path) -> Found:
    """What can be imported from this folder: an export, a folder of talk folders, or one talk folder.

    Symbolic links are not followed. Raises `WrongFolder` where nothing is found.
    """
    if _looks_like_talk(root.resolve()):
        return Found(talks=(_found_talk(root.resolve()),), people=())
    talks = [_found_talk(path) for path in (*_list_talks(root / "talks"), *_list_talks(root / "drafts"))]
    people, pages = (
        tuple(path for path in _list_entries(root / folder) if path.suffix == ".md") for folder in ("people", "pages")
    )
    if not (talks or people or pages):
        talks = [_found_talk(path) for path in _list_talks(root.resolve())]
    if not (talks or people or pages):
        raise WrongFolder(
            f"{root}: nothing to import is here\n  expected: talks/<name>/transcript.json, people/<name>.md, "
            "or talk folders as `commonplace publish` makes them"
        )
    return Found(talks=tuple(talks), people=people, pages=pages)


def make_slug(name: str) -> str:
    """The address that a file or folder of this name gets; the name of an exported one is its address already."""
    return slugify(name, allow_unicode=True)[:_SLUG_LENGTH]


def read_talk_files(folder: Path) -> dict[str, str]:
    """The files that a talk is read from, by name, as editors on Windows may have saved them. Raises `WrongFile`."""
    texts = {path.name: read_text(path) for path in _list_entries(folder) if is_part_of_talk(path.name)}
    return {name: text.removeprefix("\ufeff").replace("\r\n", "\n") for name, text in texts.items()}


def read_text(path: Path) -> str:
    """A plain file of at most 64 MiB in UTF-8. Raises `WrongFile`, also for a symbolic link or a pipe."""
    with _open_plain(path) as file:
        data = file.read()
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = error.start - data.rfind(b"\n", 0, error.start)
        raise WrongFile(
            f"{path}:{line}:{column}: byte 0x{data[error.start]:02x} is no UTF-8\n  Save the file as UTF-8."
        ) from error


def read_picture(person: Path) -> bytes | None:
    """The picture that lies beside a person's file; None where there is none. Raises `WrongFile`."""
    path = person.with_suffix(".jpg")
    if not os.path.lexists(path):
        return None
    with _open_plain(path) as file:
        return file.read()


def find_attachments(folder: Path) -> dict[str, Path]:
    """The plain files in the folder of attachments of a talk folder, by name; symbolic links are not followed."""
    paths = _list_entries(folder / ATTACHMENTS)
    return {path.name: path for path in paths if path.is_file() and not path.is_symlink()}


def _open_plain(path: Path) -> BinaryIO:
    try:
        # Not following links, and not waiting for the other end of a pipe.
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError as error:
        problem = "a symbolic link, which is not followed" if path.is_symlink() else error.strerror
        raise WrongFile(f"{path}: {problem}\n  expected: a plain file that you may read") from error
    status = os.fstat(descriptor)
    if not stat.S_ISREG(status.st_mode):
        os.close(descriptor)
        raise WrongFile(f"{path}: this is no plain file\n  expected: a plain file in UTF-8")
    if status.st_size > MOST_BYTES:
        os.close(descriptor)
        raise WrongFile(f"{path}: {status.st_size:,} bytes\n  expected: at most {MOST_BYTES:,}")
    return os.fdopen(descriptor, "rb")


def _looks_like_talk(path: Path) -> bool:
    return any(is_part_of_talk(entry.name) for entry in _list_entries(path))


def _list_entries(folder: Path) -> Iterator[Path]:
    if folder.is_dir() and not folder.is_symlink():
        yield from sorted(path for path in folder.iterdir() if not path.name.startswith("."))


def _list_talks(folder: Path) -> Iterator[Path]:
    in_export = folder.name in {"talks", "drafts"}
    for path in _list_entries(folder):
        # In an export every folder is a talk, and one without its files is reported; elsewhere it is none of ours.
        if path.is_dir() and not path.is_symlink() and (in_export or _looks_like_talk(path)):
            yield path


def _found_talk(path: Path) -> FoundTalk:
    # Whichever folder the import was given: what lies in drafts is nothing for visitors yet.
    return FoundTalk(path=path, slug=make_slug(path.name), is_published=path.parent.name != "drafts")


@dataclass(slots=True)
class ExportFolder:
    """A folder that exports are written to, with what the last one wrote."""

    root: Path
    written: dict[str, str] = field(default_factory=dict)
    """The SHA-256 of each file by its path."""

    @classmethod
    def open(cls, root: Path) -> ExportFolder:
        """The folder as it stands. Raises `WrongFolder` where something lies in it that no export made."""
        if not os.path.lexists(root):
            return cls(root)
        if not root.is_dir():
            raise WrongFolder(f"{root}: this is no folder")
        if os.path.lexists(root / MANIFEST):
            return cls(root, _read_manifest(root / MANIFEST))
        foreign = next(_list_entries(root), None)
        if foreign is not None:
            raise WrongFolder(
                f"{root}: {foreign.name} lies here, and no export made it\n  expected: an empty folder, a new one, "
                f"or one with the {MANIFEST} of an earlier export"
            )
        return cls(root)

    def compare(self, files: Mapping[str, Content]) -> dict[str, str]:
        """For each path that would be written, ``new`` or ``changed``; what is the same already is left out.

        Raises `WrongFile` for a file that is not ours to overwrite.
        """
        states = {}
        for path, content in files.items():
            target = self._locate(path)
            if not os.path.lexists(target):
                states[path] = "new"
                continue
            standing = _hash(target)
            if standing == _hash(content):
                continue
            if standing != self.written.get(path):
                raise WrongFile(
                    f"{target}: changed since the last export, so it is left as it is\n"
                    "  Import it first, or move it away, and export again."
                )
            states[path] = "changed"
        return states

    def write(self, files: Mapping[str, Content]) -> None:
        """Write these files, each at once or not at all."""
        for path, content in files.items():
            target = self._locate(path)
            target.parent.mkdir(parents=True, exist_ok=True)
            _replace(target, content)

    def note(self, files: Mapping[str, Content]) -> None:
        """Remember that these files are ours."""
        self.written |= {path: _hash(content) for path, content in files.items()}

    def save_manifest(self) -> None:
        """Write down what is ours, for the next export."""
        self.root.mkdir(parents=True, exist_ok=True)
        manifest = {"version": 1, "files": dict(sorted(self.written.items()))}
        _replace(self.root / MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1) + "\n")

    def _locate(self, path: str) -> Path:
        target = self.root
        for part in path.split("/"):
            if part in {"", ".", ".."} or target.is_symlink():
                raise WrongFile(f"{target}/{part}: an export does not leave its folder")
            target = target / part
        return target


def _read_manifest(path: Path) -> dict[str, str]:
    try:
        manifest = json.loads(read_text(path))
        files = manifest["files"]
        if manifest["version"] != 1 or not all(isinstance(sha256, str) for sha256 in files.values()):
            raise WrongFolder(f"{path}: a later version of Commonplace wrote this\n  expected: version 1")
    except (WrongFile, ValueError, KeyError, TypeError, AttributeError) as error:
        raise WrongFolder(f"{path}: this is no list of exported files: {error}") from error
    return dict(files)


def _hash(content: Content) -> str:
    if isinstance(content, str):
        return hashlib.sha256(content.encode()).hexdigest()
    digest = hashlib.sha256()
    with _open_plain(content) as file:
        while block := file.read(2**20):
            digest.update(block)
    return digest.hexdigest()


def _replace(target: Path, content: Content) -> None:
    draft = target.with_name(f".{target.name}.{os.getpid()}")
    with draft.open("wb") as file:
        if isinstance(content, str):
            file.write(content.encode())
        else:
            with _open_plain(content) as source:
                shutil.copyfileobj(source, file)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(target)
