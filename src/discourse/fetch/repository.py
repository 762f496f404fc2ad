"""Blogs whose posts are published as a git repository: cloned, and later brought up to date; git keeps every version."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

from discourse.errors import FetchError

__all__ = ["clone"]

FOLDER = "repository"


def clone(url: str, folder: Path, *, posts: str = "") -> dict[str, Any]:
    """Clone a repository into `repository` below a folder, or pull what is new; return `folder` (of the posts in it) and `commit`.

    Raises
    ------
    FetchError : git is missing, or cannot reach or update the repository.
    """
    if shutil.which("git") is None:
        raise FetchError(f"The posts are published as a git repository, and git is not installed; install it, or download {url} yourself.")
    place = folder / FOLDER
    if place.exists():
        _git("-C", str(place), "pull", "--quiet", "--ff-only")
    else:
        folder.mkdir(parents=True, exist_ok=True)
        _git("clone", "--quiet", "--", url, str(place))
    return {"folder": str(place / posts), "commit": _git("-C", str(place), "rev-parse", "HEAD")}


def _git(*arguments: str) -> str:
    quiet = {**os.environ, "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"}
    done = subprocess.run(["git", *arguments], capture_output=True, text=True, check=False, env=quiet)  # noqa: S603, S607
    if done.returncode:
        said = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
        raise FetchError(f"git {arguments[0] if arguments[0] != '-C' else arguments[2]} failed ({said}); what was fetched before is kept.")
    return done.stdout.strip()
