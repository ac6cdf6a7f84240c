"""`commonplace import` and `commonplace export`: the site's talks, people and pages as plain folders."""

from __future__ import annotations

from pathlib import Path

import click

from .site import open_site


@click.command("import")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Say what would happen, and write nothing.")
@click.option("--replace-history", is_flag=True, help="Take other words also where the site's were corrected by hand.")
@click.pass_context
def import_command(context: click.Context, folder: Path, *, dry_run: bool, replace_history: bool) -> None:
    """Bring talk folders and people into the site's database.

    FOLDER is an export (talks/, drafts/, people/, pages/), a folder of talk folders, or one talk folder. What is there
    already, by the name of its folder or file, is brought up to date; doing it twice changes nothing. A broken folder
    is reported and left out; the others go in.
    """
    open_site(prepare=True)
    from . import transfers  # its imports need the site to be open

    context.exit(transfers.import_folder(folder, dry_run=dry_run, replace_history=replace_history))


@click.command("export")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Say what would be written, and write nothing.")
@click.pass_context
def export_command(context: click.Context, folder: Path, *, dry_run: bool) -> None:
    """Write the site's talks and people as plain folders.

    FOLDER is new, empty, or holds an earlier export. A file is overwritten only if it still is as an export left it;
    nothing is deleted. What `commonplace import` reads back gives the same files again, byte for byte.
    """
    open_site()
    from . import transfers  # its imports need the site to be open

    context.exit(transfers.export_folder(folder, dry_run=dry_run))
