"""Twenty people edit one talk at once for two minutes: no edit is lost, none overwrites another silently.

`python -m benchmarks.editing [EDITORS [SECONDS]]`. Each editor is a process with its own connection, and edits as the
page does: reads a paragraph, thinks for a moment, saves with the version that was read; whoever is overtaken looks at
what stands there now and tries again. `DATABASE_URL` names a database without talks; without it, SQLite in a temporary
folder. Exits 1 where a word was lost, doubled or miscounted.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import sys
import tempfile
import time
from typing import NamedTuple

import django
from django.db import OperationalError, connection
from django.utils import timezone

EDITORS = 20
SECONDS = 120.0
THINKING_SECONDS = 0.05


class Deeds(NamedTuple):
    """What one editor did: the words they saved, how often they were overtaken or refused, the longest they waited."""

    saved: list[str]
    overtaken: int
    refused: int
    slowest_seconds: float


def edit(number: int, seconds: float) -> Deeds:
    """Insert words of one's own into paragraphs drawn by chance, for as long."""
    from commonplace.apps.library import actions
    from commonplace.apps.library.models import Paragraph
    from commonplace.apps.people.models import Account

    chance = random.Random(number)
    member = Account.objects.get(username=f"editor-{number}")
    saved: list[str] = []
    overtaken, refused, slowest = 0, 0, 0.0
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        row = chance.choice(list(Paragraph.objects.order_by("position")))
        mark = f"editor-{number}.{len(saved) + 1}"
        while True:
            words = row.text.split(" ")
            place = chance.randrange(len(words) + 1)
            time.sleep(chance.uniform(0, THINKING_SECONDS))
            text = " ".join([*words[:place], mark, *words[place:]])
            begun = time.monotonic()
            try:
                actions.correct_paragraph(
                    paragraph=row.pk, version=row.version, text=text, by=member, now=timezone.now()
                )
            except actions.Overtaken:
                overtaken += 1
                row.refresh_from_db()
            except OperationalError:  # SQLite lets one write at a time, and gives up on whoever waits for 20 seconds
                refused += 1
                row.refresh_from_db()
            else:
                break
            finally:
                slowest = max(slowest, time.monotonic() - begun)
        saved.append(mark)
    return Deeds(saved, overtaken, refused, slowest)


def make_talk(editors: int) -> None:
    """One talk of some paragraphs, and its editors."""
    from commonplace.apps.library import actions
    from commonplace.apps.library.adapters import TalkDetails
    from commonplace.apps.people.models import Account

    for number in range(editors):
        Account.objects.create(username=f"editor-{number}", role="editor")
    cues = [
        f"00:{minute:02}:{second:02}.000 --> 00:{minute:02}:{second + 9:02}.000\n<v Mei Tanaka>Tides go out and in."
        for minute in range(20)
        for second in range(0, 50, 10)
    ]
    captions = "WEBVTT\n\n" + "\n\n".join(cues) + "\n"
    details = TalkDetails(title="Tides")
    actions.publish_captions(data=captions.encode(), name="tides.vtt", details=details, now=timezone.now())


def edit_at_once(editors: int, seconds: float) -> bool:
    """Print what as many processes did to the one talk of the database, and whether all of it stands there."""
    from commonplace.apps.library import queries
    from commonplace.apps.library.models import Revision, Transcript

    before = Transcript.objects.get().word_count
    connection.close()  # a connection must not be shared by processes
    with multiprocessing.get_context("fork").Pool(editors) as pool:
        deeds = pool.starmap(edit, [(number, seconds) for number in range(editors)], chunksize=1)
    saved = [mark for one in deeds for mark in one.saved]
    transcript = Transcript.objects.get()
    said = queries.load_transcript(transcript).words.texts
    standing = [word for word in said if word.startswith("editor-")]
    print(f"{editors} editors for {seconds:g} s on one talk ({connection.vendor})")
    print(f"edits saved: {len(saved)}, {len(saved) / seconds:.1f} a second; revisions kept: {Revision.objects.count()}")
    print(f"told that somebody changed the same words: {sum(one.overtaken for one in deeds)}")
    print(f"told that the database is busy, and saved when they tried again: {sum(one.refused for one in deeds)}")
    print(f"longest wait for a save: {max(one.slowest_seconds for one in deeds):.2f} s")
    print(f"edits lost: {len(set(saved) - set(standing))}; standing twice: {len(standing) - len(set(standing))}")
    counted = before + len(saved) == len(said) == transcript.word_count
    return counted and sorted(saved) == sorted(standing) and Revision.objects.count() == len(saved)


def main() -> None:
    """Print all figures."""
    editors = int(sys.argv[1]) if len(sys.argv) > 1 else EDITORS
    seconds = float(sys.argv[2]) if len(sys.argv) > 2 else SECONDS
    with tempfile.TemporaryDirectory() as home:
        os.environ["COMMONPLACE_HOME"] = home
        os.environ["DJANGO_SETTINGS_MODULE"] = "commonplace.site.settings"
        django.setup()
        from commonplace.site.database import migrate_database

        migrate_database()
        make_talk(editors)
        sys.exit(0 if edit_at_once(editors, seconds) else 1)


if __name__ == "__main__":
    main()
