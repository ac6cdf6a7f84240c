"""Hooks of gunicorn for the demo: its worker comes and goes with the server that this machine's user started."""

from __future__ import annotations

import subprocess
import sys

_workers: list[subprocess.Popen[bytes]] = []


def on_starting(server: object) -> None:
    """Start the worker, without which no code would be mailed."""
    _workers.append(subprocess.Popen([sys.executable, "-m", "commonplace", "worker", "--quiet"]))


def on_exit(server: object) -> None:
    """Let the worker finish the job in hand."""
    for worker in _workers:
        worker.terminate()
        worker.wait()
