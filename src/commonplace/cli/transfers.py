"""The work behind `commonplace import` and `commonplace export`; imported once the site is open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePath
from typing import TypeVar

import click
from django.db import DatabaseError, transaction
from django.utils import timezone
from rich.console import Console
from rich.progress import track

from commonplace.apps.community import actions as community_actions
from commonplace.apps.community import queries as community
from commonplace.apps.community.adapters import UnreadablePage
from commonplace.apps.library import actions as library_actions
from commonplace.apps.library import queries as library
from commonplace.apps.people import actions as people_actions
from commonplace.apps.people import queries as people
from commonplace.apps.people.adapters import UnreadablePerson, UnreadablePicture
from commonplace.engines.transcripts import InconsistentTranscript, UnreadableCaptions
from commonplace.site.database import list_missing_migrations

from .folders import (
    ATTACHMENTS,
    Content,
    ExportFolder,
    FoundTalk,
    WrongFile,
    WrongFolder,
    find_attachments,
    find_folders,
    make_slug,
    read_picture,
    read_talk_files,
    read_text,
)

T = TypeVar("T")


def import_folder(folder: Path, *, dry_run: bool, replace_history: bool = False) -> int:
    """Import what this folder holds, people before talks; returns the exit status.

    A dry run does the work of each talk and takes it back: what it says is what will happen.
    """
    try:
        found = find_folders(folder)
    except WrongFolder as error:
        return _refuse(str(error))
    except OSError as error:
        return _refuse(f"{error.filename}: {error.strerror}\n  Choose a folder that you may read.")
    outcome = _Outcome(dry_run=dry_run)
    for path in _track(found.people, "People", total=len(found.people)):
        _import_person(path, outcome)
    for path in found.pages:
        _import_page(path, outcome)
    seen: dict[str, Path] = {}
    for talk in _track(found.talks, "Talks", total=len(found.talks)):
        if talk.slug and talk.slug not in seen:
            seen[talk.slug] = talk.path
            _import_talk(talk, outcome, replace_history=replace_history)
        else:
            problem = f"{seen[talk.slug]} has the same address" if talk.slug else "its name makes no address"
            outcome.fail(f"{talk.path}: {problem}\n  Rename the folder.")
    return outcome.finish()


def export_folder(folder: Path, *, dry_run: bool) -> int:
    """Export all talks and people to this folder; returns the exit status."""
    outcome = _Outcome(dry_run=dry_run)
    try:
        if list_missing_migrations():
            return _refuse("The database is not ready.\n  Run `commonplace serve` or `commonplace import` once.")
        _export_everything(ExportFolder.open(folder), outcome)
    except WrongFolder as error:
        return _refuse(str(error))
    except OSError as error:
        return _refuse(f"{error.filename or folder}: {error.strerror}\n  Choose a folder that you may write to.")
    except DatabaseError as error:
        return _refuse(f"The database does not answer: {error}\n  `commonplace doctor` looks at each part.")
    return outcome.finish()


def _export_everything(target: ExportFolder, outcome: _Outcome) -> None:
    if not outcome.dry_run:
        target.save_manifest()  # the folder is ours from now on, also where this export does not reach its end
    try:
        pictures = people.export_pictures()
        for slug, text in people.export_people():
            files: dict[str, Content] = {f"people/{slug}.md": text}
            if slug in pictures:
                files[f"people/{slug}.jpg"] = pictures[slug]
            _export_files(target, f"people/{slug}", files, outcome)
        for name, text in community.export_pages():
            _export_files(target, f"pages/{name.removesuffix('.md')}", {f"pages/{name}": text}, outcome)
        for talk in _track(library.export_talks(), "Talks", total=library.count_talks()):
            subject = f"{'talks' if talk.is_published else 'drafts'}/{talk.slug}"
            files = {f"{subject}/{name}": text for name, text in talk.files.items()}
            _export_files(target, subject, files | _list_attachments(target, talk.slug, subject), outcome)
    finally:
        if not outcome.dry_run:
            target.save_manifest()


class _Outcome:
    """What happened to each talk and person: a line each, and a count at the end."""

    def __init__(self, *, dry_run: bool) -> None:
        self.dry_run = dry_run
        self.counts: Counter[str] = Counter()

    def note(self, kind: str, subject: str, details: Iterable[str] = ()) -> None:
        self.counts[kind] += 1
        if kind != "unchanged" or self.dry_run:
            listed = ", ".join(details)
            click.echo(f"{kind:<9} {subject}" + (f": {listed}" if listed else ""))

    def fail(self, problem: object) -> None:
        self.counts["broken"] += 1
        click.echo(str(problem), err=True)

    def finish(self) -> int:
        kinds = ["new", "changed", "unchanged"] + (["broken"] if self.counts["broken"] else [])
        counted = ", ".join(f"{self.counts[kind]} {kind}" for kind in kinds)
        click.echo(counted + ("; nothing was written (dry run)" if self.dry_run else ""))
        return 1 if self.counts["broken"] else 0


def _refuse(problem: str) -> int:
    click.echo(problem, err=True)
    return 2


def _track(items: Iterable[T], description: str, *, total: int) -> Iterable[T]:
    console = Console(stderr=True)
    return track(items, description, total=total, console=console, disable=not console.is_terminal, transient=True)


def _import_person(path: Path, outcome: _Outcome) -> None:
    slug = make_slug(path.stem)
    if not slug:
        outcome.fail(f"{path}: its name makes no address\n  Rename the file.")
        return
    try:
        with transaction.atomic():
            change = people_actions.import_person(text=read_text(path), slug=slug, now=timezone.now())
            is_other = _import_picture(path, slug, dry_run=outcome.dry_run)
            transaction.set_rollback(outcome.dry_run)
    except (WrongFile, UnreadablePerson) as error:
        outcome.fail(error)
    except UnreadablePicture:
        outcome.fail(
            f"{path.with_suffix('.jpg')}: this is no picture that we can read\n  expected: a JPEG, PNG or WebP"
        )
    except DatabaseError as error:
        outcome.fail(f"{path}: the database refuses it: {error}\n  `commonplace doctor` looks at each part.")
    else:
        kind = "changed" if is_other and change.kind == "unchanged" else change.kind
        fields = (*change.fields, "picture") if is_other and kind == "changed" else change.fields
        outcome.note(kind, f"people/{change.slug}", fields)


def _import_picture(path: Path, slug: str, *, dry_run: bool) -> bool:
    """Whether the person has another picture now; a file without one beside it leaves it as it is."""
    picture = read_picture(path)
    if picture is None:
        return False
    key = people.get_person(slug).pk
    return people_actions.set_picture(person=key, data=picture, by=None, now=timezone.now(), dry_run=dry_run)


def _import_page(path: Path, outcome: _Outcome) -> None:
    try:
        with transaction.atomic():
            change = community_actions.import_page(name=path.name, text=read_text(path), now=timezone.now())
            transaction.set_rollback(outcome.dry_run)
    except (WrongFile, UnreadablePage) as error:
        outcome.fail(error)
    except DatabaseError as error:
        outcome.fail(f"{path}: the database refuses it: {error}\n  `commonplace doctor` looks at each part.")
    else:
        outcome.note(change.kind, f"pages/{change.name.removesuffix('.md')}")


def _import_talk(talk: FoundTalk, outcome: _Outcome, *, replace_history: bool) -> None:
    try:
        files = read_talk_files(talk.path)
        with transaction.atomic():
            change = library_actions.import_talk_folder(
                files=files,
                slug=talk.slug,
                published=talk.is_published,
                now=timezone.now(),
                replace_history=replace_history,
            )
            is_other = _import_attachments(talk, dry_run=outcome.dry_run)
            transaction.set_rollback(outcome.dry_run)
    except UnreadableCaptions as error:
        # The reader knows the talk by its address; people know the folder that they named.
        first, *rest = PurePath(error.file).parts or ("",)
        error.file = str(talk.path.joinpath(*rest)) if first == talk.slug else error.file
        outcome.fail(error)
    except WrongFile as error:
        outcome.fail(error)
    except library_actions.HistoryAtStake as error:
        outcome.fail(
            f"{talk.path}: its words differ from those of the site, where they were edited {error.edits} times and "
            f"{error.suggestions} suggestions wait\n  Importing it would delete that history. Export the talk and "
            "compare; --replace-history takes the folder's words all the same."
        )
    except InconsistentTranscript as error:
        outcome.fail(f"{talk.path}: {error}")
    except (DatabaseError, OverflowError) as error:
        outcome.fail(f"{talk.path}: the database refuses it: {error}\n  `commonplace doctor` looks at each part.")
    else:
        kind = "changed" if is_other and change.kind == "unchanged" else change.kind
        fields = (*change.fields, ATTACHMENTS) if is_other and kind == "changed" else change.fields
        outcome.note(kind, f"talks/{change.slug}", fields)


def _import_attachments(talk: FoundTalk, *, dry_run: bool) -> bool:
    """Whether the talk has other attachments now; a folder without a list leaves them as they are."""
    listing = talk.path / f"{ATTACHMENTS}.json"
    if not listing.exists():
        return False
    return library_actions.import_attachments(
        slug=talk.slug,
        listing=read_text(listing),
        files=find_attachments(talk.path),
        now=timezone.now(),
        dry_run=dry_run,
    )


def _list_attachments(target: ExportFolder, slug: str, subject: str) -> dict[str, Content]:
    """The attachments of a talk as files of its folder; an empty list only where an earlier export wrote another."""
    attachments = library.export_attachments(slug)
    listing = f"{subject}/{ATTACHMENTS}.json"
    if not attachments.has_any and listing not in target.written:
        return {}
    files = {f"{subject}/{ATTACHMENTS}/{name}": path for name, path in attachments.files.items()}
    return {listing: attachments.listing, **files}


def _export_files(target: ExportFolder, subject: str, files: Mapping[str, Content], outcome: _Outcome) -> None:
    try:
        states = target.compare(files)
        if not outcome.dry_run:
            target.write({path: files[path] for path in states})
            target.note(files)
    except WrongFile as error:
        outcome.fail(error)
        return
    kind = "unchanged" if not states else "new" if "changed" not in states.values() else "changed"
    outcome.note(kind, subject, [Path(path).name for path in states] if kind == "changed" else [])
