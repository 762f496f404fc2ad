"""Watched: a command run as a child process, with its seconds and the memory of it and of all that it starts, taken every fifth of a second."""

import resource
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from typing import NamedTuple

import psutil

EVERY = 0.2
LINES = 15


class Cost(NamedTuple):
    """What a command took.

    Attributes
    ----------
    wall, cpu : seconds; `cpu` is of the processor, of all processes together.
    memory : MB at most, of all processes together; what several share is counted once (PSS), or not at all where the system does not tell (USS).
    main, child : MB at most of the command's own process, and of the largest of those that it started (0 where it started none).
    """

    wall: float
    cpu: float
    memory: float
    main: float
    child: float


def watched(*arguments):
    """Run `discourse` with arguments and return its `Cost`; end the program where it fails."""
    with tempfile.TemporaryFile() as said:
        before, started = used_by_children(), time.perf_counter()
        command = [sys.executable, "-m", "discourse", *map(str, arguments)]
        running = psutil.Popen(command, stdin=subprocess.DEVNULL, stdout=said, stderr=subprocess.STDOUT)
        memory = main = child = 0.0
        while running.poll() is None:
            own, others = _megabytes(running), [_megabytes(one) for one in _started_by(running)]
            memory, main, child = max(memory, own + sum(others)), max(main, own), max(child, *others, 0.0)
            with suppress(psutil.TimeoutExpired):
                running.wait(EVERY)
        wall = time.perf_counter() - started
        if running.returncode:
            said.seek(0)
            last = "\n".join(said.read().decode(errors="replace").splitlines()[-LINES:])
            raise SystemExit(f"discourse {' '.join(map(str, arguments))} ended with {running.returncode}:\n{last}")
    return Cost(wall, used_by_children() - before, memory, main, child)


def used_by_children():
    """Return the processor seconds of all children that have ended, and of theirs."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _started_by(process):
    try:
        return process.children(recursive=True)
    except psutil.NoSuchProcess:
        return []


def _megabytes(process):
    """Return the memory of one process: its own, and its part of what it shares; 0 of one that has ended."""
    try:
        used = process.memory_full_info()
    except (psutil.NoSuchProcess, psutil.AccessDenied, psutil.ZombieProcess):
        return 0.0
    return getattr(used, "pss", used.uss) / 1e6
