"""Projection: from what a corpus took on one core to a million posts on many cores, by Amdahl's law, with what memory is needed.

Gene M. Amdahl (1967), Validity of the single processor approach to achieving large scale computing capabilities, AFIPS 30, 483-485.
"""

from typing import NamedTuple

POSTS = 1_000_000
CORES = (1, 2, 16, 128)
STEPS = ("load", "tag", "measure")
SHARED = {"load": "read", "tag": "tag"}  # which of the seconds measured apart workers share, of each step
GIGABYTE = 1000
FEWEST = 2000


class Split(NamedTuple):
    """Processor seconds a post: what any number of workers share, and what one process does alone."""

    shared: float
    alone: float


def splits(sizes):
    """Return step -> Split, from what a post more costs between the two largest sizes; what is not measured to be shared counts as done alone."""
    n, m = sorted(sizes)[-2:]
    found = {}
    for step in STEPS:
        whole = (sizes[m][step]["cpu"] - sizes[n][step]["cpu"]) / (m - n)
        shared = min(whole, sizes[m]["parallel"][SHARED[step]]) if step in SHARED else 0.0
        found[step] = Split(shared, whole - shared)
    return found


def hours_of(split, cores, *, n_posts=POSTS):
    """Return how long a step takes: what is done alone, and the rest divided by the cores (Amdahl).

    >>> hours_of(Split(shared=3.6, alone=0.36), 10, n_posts=1000)
    0.2
    """
    return n_posts * (split.alone + split.shared / cores) / 3600


def line_of(points, n_posts=POSTS):
    """Return what a straight line through two points of (posts, value) gives at a number of posts, not less than the last value.

    >>> line_of([(1000, 300.0), (2000, 400.0)], 10_000)
    1200.0
    """
    (n, low), (m, high) = points
    return max(high, high + (high - low) / (m - n) * (n_posts - m))


def memory(sizes, workers):
    """Return MB of the main process at a million posts in its largest step, and of one worker."""
    n, m = sorted(sizes)[-2:]
    main = line_of([(k, max(sizes[k][step]["main"] for step in STEPS)) for k in (n, m)])
    child = workers.get("two tag", {}).get("child", 0.0) or max(size["tag"]["memory"] for size in sizes.values())
    return main, child


def projected(sizes, workers):
    """Return lines of Markdown: what is shared and what is not, hours and memory on so many cores, and why.

    Parameters
    ----------
    sizes : number of posts -> what was measured; the two largest are what is projected from, and nothing from fewer than 2,000 posts.
    workers : what tagging took by one process and by two workers, and the number of `posts`; may be empty.
    """
    if len(sizes) < 2 or max(sizes) < FEWEST:
        return []
    (less, n_posts), found = sorted(sizes)[-2:], splits(sizes)
    main, child = memory(sizes, workers)
    whole = {cores: sum(hours_of(split, cores) for split in found.values()) for cores in CORES}
    alone = sum(split.alone for split in found.values()) * POSTS / 3600
    words = sizes[n_posts]["words"] / n_posts
    lines = [
        f"### One million posts ({words * POSTS / 1e6:,.0f} million words)", "",
        f"Projected from what a post more costs between {less:,} and {n_posts:,} posts, by Amdahl's law: hours = posts × (alone + shared / cores) / 3,600. *Shared* is what workers do post by post, "
        "measured apart, on one thread: reading a file and cleaning its post, and tagging a text. All else is taken to be done *alone*, by the one process that puts tables "
        "together: near-duplicates, dates of the whole blog, writing, counts, intervals. Processor seconds of one process.", "",
        "| step | shared, ms a post | alone, ms a post |", "|---|---|---|",
        *(f"| {step} | {1000 * split.shared:.2f} | {1000 * split.alone:.2f} |" for step, split in found.items()), "",
        "| cores | load, h | tag, h | measure, h | all, h | times one core | memory, GB |", "|---|---|---|---|---|---|---|",
    ]  # fmt: skip
    for cores in CORES:
        own = [hours_of(found[step], cores) for step in STEPS]
        needed = (main + (child * cores if cores > 1 else 0)) / GIGABYTE
        lines.append(
            f"| {cores} | {' | '.join(f'{one:.2f}' for one in own)} | {whole[cores]:.2f} | {whole[1] / whole[cores]:.1f} | {needed:.1f} |"
        )
    most = max(found, key=lambda step: found[step].alone)
    return [
        *lines, "",
        f"However many cores, it does not take less than the {alone:.2f} h that is done alone, {found[most].alone * POSTS / 3600:.2f} h of it in {most}: at most "
        f"{whole[1] / alone:.0f} times one core. The line holds as long as seconds and memory grow in proportion, which is what the plot is for. Memory is that of the main "
        f"process, drawn on as a straight line through the two largest sizes ({main / GIGABYTE:.1f} GB at a million posts), and {child:,.0f} MB for each worker, "
        "wherever it runs.", *_checked(found, workers), "",
    ]  # fmt: skip


def _checked(found, workers):
    """Return what the law gives for two workers beside what was measured."""
    if "two tag" not in workers:
        return []
    n_posts, one, two = workers["posts"], workers["one tag"], workers["two tag"]
    law = one["cpu"] / n_posts / (one["cpu"] / n_posts - found["tag"].shared / 2)
    return [
        f"For tagging {n_posts:,} posts by two workers it gives {law:.2f} times one process; measured was {one['wall'] / two['wall']:.2f}."
    ]
