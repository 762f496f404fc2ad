"""The report on paper: its page printed to PDF by an installed browser, with nothing fetched."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from discourse.errors import ReportError, WorkspaceError

__all__ = ["BROWSERS", "browser", "printed"]

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge", "microsoft-edge")
SWITCHES = (
    "--headless", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--disable-extensions", "--no-pdf-header-footer", "--generate-pdf-document-outline",
)  # fmt: skip
SECONDS = 180


def browser() -> str:
    """Return the path of an installed Chromium.

    Raises
    ------
    ReportError : there is none.
    """
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        raise ReportError(
            f"A PDF is printed by Chromium, and none of {', '.join(BROWSERS)} is installed (Debian, Ubuntu: apt install chromium)."
        )
    return found


def printed(page: Path, program: str) -> bytes:
    """Return a page as PDF, A4, by its print styles.

    Parameters
    ----------
    page : an HTML file that needs no other.
    program : the path of a Chromium.

    Raises
    ------
    WorkspaceError : it did not print the page.
    """
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder, "page.pdf")
        root = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []  # as root Chromium does not start otherwise
        command = [program, *SWITCHES, *root, f"--user-data-dir={folder}/profile", f"--print-to-pdf={made}", page.resolve().as_uri()]
        try:
            done = subprocess.run(command, capture_output=True, timeout=SECONDS, check=False)  # noqa: S603
        except (OSError, subprocess.TimeoutExpired) as error:
            raise WorkspaceError(f"{program} did not print {page}: {error}") from error
        if not made.is_file():
            why = done.stderr.decode(errors="replace").strip().splitlines()[-1:] or [f"status {done.returncode}"]
            raise WorkspaceError(f"{program} did not print {page}: {why[0]}")
        return made.read_bytes()
