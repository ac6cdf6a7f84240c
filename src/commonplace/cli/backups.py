"""`commonplace backup` and `recover`: the whole site as one file, while it runs."""

from __future__ import annotations

from pathlib import Path

import click

from .site import open_site

__all__ = ["backup_command", "recover_command"]

WRONG = 2


@click.command("backup")
@click.argument("file", metavar="FILE.tar", type=click.Path(dir_okay=False, path_type=Path))
def backup_command(file: Path) -> None:
    """Write the whole site into one file.

    The database as of one moment, the media and the secret key; the site may run meanwhile. Whoever has the file can
    act as anybody on the site: keep it as you keep the server. PostgreSQL needs pg_dump on this machine.
    """
    open_site(prepare=True)
    from django.utils import timezone

    from commonplace.site.backups import BackupError, write_backup

    try:
        manifest = write_backup(file, now=timezone.now())
    except (BackupError, OSError) as error:
        click.echo(str(error), err=True)
        raise SystemExit(WRONG) from None
    click.echo(f"{file}: {manifest['talks']} talks, {file.stat().st_size:,} bytes")


@click.command("recover")
@click.argument("file", metavar="FILE.tar", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--replace", is_flag=True, help="Replace what this site holds.")
def recover_command(file: Path, *, replace: bool) -> None:
    """Put the site into the state of a backup.

    The file is read and checked whole before anything is touched. The site may run meanwhile; restart it afterwards, so
    that it takes the backup's secret key.
    """
    open_site()
    from commonplace.site.backups import BackupError, restore_backup

    try:
        manifest = restore_backup(file, replace=replace)
    except (BackupError, OSError) as error:
        click.echo(str(error), err=True)
        raise SystemExit(WRONG) from None
    click.echo(f"Restored {manifest['talks']} talks as of {manifest['made_at']}. Restart the site.")
