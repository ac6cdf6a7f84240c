"""The `commonplace` command: one lazy group, so that help answers before anything heavy is imported."""

from __future__ import annotations

from importlib import import_module

import click

from commonplace import __version__

COMMANDS = {
    "read": ("captions", "Read captions of any format into Transcript JSON."),
    "restore": ("captions", "Give bare captions punctuation, capitals, paragraphs and turns."),
    "publish": ("captions", "Turn captions into a talk folder: a page, captions, chapters, a report."),
    "compare": ("comparisons", "Compare recognisers' captions with a transcript that people have corrected."),
    "import": ("talks", "Bring talk folders and people into the site's database."),
    "export": ("talks", "Write the site's talks and people as plain folders."),
    "serve": ("site", "Serve the site."),
    "worker": ("site", "Do the site's background work."),
    "demo": ("site", "Serve a sample community."),
    "invite": ("people", "Make a link that gives its holder an account."),
    "backup": ("backups", "Write the whole site into one file."),
    "recover": ("backups", "Put the site into the state of a backup."),
    "doctor": ("site", "Check that this installation is healthy."),
}
"""Each command's module here, and its line in the overview; a test compares the lines with the help texts."""


class Commands(click.Group):
    """A group whose commands are imported when they are called; the overview needs none of them."""

    def list_commands(self, context: click.Context) -> list[str]:
        """The names in the order of `COMMANDS`: captions first, then the site."""
        return list(COMMANDS)

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        """The command of this name, imported now."""
        if name not in COMMANDS:
            return None
        module = import_module(f"commonplace.cli.{COMMANDS[name][0]}")
        command: click.Command = getattr(module, f"{name}_command")
        return command

    def format_commands(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the overview from `COMMANDS` alone."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, summary) for name, (_, summary) in COMMANDS.items()])


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "--version", prog_name="commonplace")
def cli() -> None:
    """Captions in, talk page out; and the site around it.

    Exit status: 0 done, 1 done in part (the report says what), 2 wrong input or usage.
    """


def main() -> None:
    """Run the command line."""
    cli(prog_name="commonplace")


if __name__ == "__main__":
    main()
