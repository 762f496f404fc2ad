"""The section on scale: its table, its figure, and what the summary takes from it, all from `scale.json`."""

import math
import statistics
from pathlib import Path

import matplotlib as mpl
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter
from projection import STEPS, projected
from results import Row, keep

from discourse.chart.theme import ACCENT, GREY, INK

FIGURE = Path(__file__).with_name("scale.svg")
GREEN, ORANGE = "#009e73", "#d55e00"
MARKS = {"load": ("s", GREEN), "tag": ("D", ORANGE), "measure": ("^", GREY), "all": ("o", ACCENT)}
GIGABYTE = 1000


def total(size, kind="", *, of="wall"):
    """Return the seconds of load, tag and measure together; `kind` is "changed " or "same " for those after a change."""
    return sum(size[f"{kind}{step}"][of] for step in STEPS)


def both(size, kind=""):
    """Return the seconds of all three by the clock and of the processor, in words."""
    return f"{total(size, kind):,.1f} s (processor {total(size, kind, of='cpu'):,.1f} s)"


def most(size):
    """Return the largest memory of any step, MB, of all processes together."""
    return max(size[step]["memory"] for step in STEPS)


def whole(found):
    """Return number of posts -> what was measured, of the sizes that are measured to the end, the smallest first."""
    sizes = {int(name): size for name, size in found.items() if name.isdigit() and {"parallel", "same measure"} <= set(size)}
    return dict(sorted(sizes.items()))


def exponent(sizes, value):
    """Return k where a value grows as posts to the power of k, between the two largest sizes."""
    (n, small), (m, large) = list(sizes.items())[-2:]
    return math.log(value(large) / value(small)) / math.log(m / n)


def table(sizes):
    """Return lines of Markdown: one a size, all of it for the first time."""
    head = [
        "| posts | words | load, s | tag, s | measure, s | all, s | words/s | processor s | memory, GB |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    return head + [
        f"| {n_posts:,} | {size['words']:,} | {_steps(size)} | {size['words'] / total(size):,.0f} | {total(size, of='cpu'):,.1f} | {most(size) / GIGABYTE:.2f} |"
        for n_posts, size in sizes.items()
    ]


def table_of_changes(sizes):
    """Return lines of Markdown: one a size and a kind of change, all of it once more."""
    lines = [
        "| posts | changed | load, s | tag, s | measure, s | all, s | of the first time | processor s | of the first time |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for n_posts, size in sizes.items():
        for kind, n in (("changed ", size["changed"]), ("same ", 0)):
            shares = [f"{total(size, kind, of=of) / total(size, of=of):.1%}" for of in ("wall", "cpu")]
            lines.append(f"| {n_posts:,} | {n:,} | {_steps(size, kind)} | {shares[0]} | {total(size, kind, of='cpu'):,.1f} | {shares[1]} |")
    return lines


def _steps(size, kind=""):
    return " | ".join(f"{seconds:,.1f}" for seconds in [*(size[f"{kind}{step}"]["wall"] for step in STEPS), total(size, kind)])


def draw(sizes, file=FIGURE):
    """Draw seconds and memory against posts, both axes logarithmic, with the line of exact proportion through the largest size."""
    mpl.rcParams.update({"svg.hashsalt": "scale", "svg.fonttype": "none"})
    figure = Figure(figsize=(11, 4.4), layout="constrained")
    left, right = figure.subplots(1, 2)
    posts = list(sizes)
    seconds = {step: [size[step]["wall"] for size in sizes.values()] for step in STEPS} | {"all": [total(size) for size in sizes.values()]}
    for name, values in seconds.items():
        mark, colour = MARKS[name]
        left.plot(posts, values, f"{mark}-", color=colour, label=name, linewidth=1.4)
    for kind, line in (("changed ", "--"), ("same ", ":")):
        label = "all again, 1 in 100 changed" if kind == "changed " else "all again, nothing changed"
        left.plot(
            posts, [total(size, kind) for size in sizes.values()], f"o{line}", color=ACCENT, label=label, linewidth=1.2, fillstyle="none"
        )
    for step in STEPS:
        mark, colour = MARKS[step]
        right.plot(posts, [size[step]["memory"] / GIGABYTE for size in sizes.values()], f"{mark}-", color=colour, label=step, linewidth=1.4)
    for axes, last in ((left, seconds["all"][-1]), (right, most(sizes[posts[-1]]) / GIGABYTE)):
        axes.plot(posts, [last * n / posts[-1] for n in posts], color=INK, linewidth=0.8, linestyle=(0, (1, 3)), label="exact proportion")
        axes.set(xscale="log", yscale="log", xlabel="posts", xticks=posts, xticklabels=[f"{n:,}" for n in posts])
        axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}"))
        axes.minorticks_off()
        axes.grid(color=GREY, alpha=0.2, linewidth=0.6)
        axes.spines[["top", "right"]].set_visible(False)
        axes.legend(frameon=False, fontsize=8)
    left.set(title="Seconds", ylabel="seconds")
    right.set(title="Memory of all processes together, at most", ylabel="GB")
    figure.savefig(file, metadata={"Date": None, "Creator": None})


def over(start, name, *, of="wall"):
    """Return the seconds that something takes over bare Python."""
    return start[name][of] - start["bare"][of]


def middle(costs):
    """Return the median of each number of the costs of several rounds."""
    return {name: statistics.median(cost[name] for cost in costs) for name in costs[0]}


def start_line(start):
    """Return what is said of starting up."""
    by_help, by_import = ([f"{over(start, name, of=of):.3f} s" for of in ("wall", "cpu")] for name in ("help", "import"))
    return (
        f"Over bare Python ({start['bare']['wall']:.3f} s) `discourse --help` takes {by_help[0]} more (processor {by_help[1]}) and `import discourse` "
        f"{by_import[0]} (processor {by_import[1]}); medians of 15 in turns."
    )


def workers_lines(workers):
    """Return lines of Markdown on two workers beside one process."""
    if "same tables" not in workers:
        return []
    rows = []
    for step in ("load", "tag"):
        one, two = middle(workers[f"one {step}"]), middle(workers[f"two {step}"])
        rows.append(
            f"| {step} | {one['wall']:,.1f} | {two['wall']:,.1f} | {one['wall'] / two['wall']:.2f} | {one['memory']:,.0f} | {two['memory']:,.0f} |"
        )
    same = "The tables are the same." if workers["same tables"] else "**The tables differ.**"
    return [
        f"Two workers (`--workers 2`) beside one process, {workers['posts']:,} posts, medians of {len(workers['two tag'])} rounds in turns:", "",
        "| step | one process, s | two workers, s | times as fast | one process, MB | two workers, MB |", "|---|---|---|---|---|---|", *rows, "", same, "",
    ]  # fmt: skip


def summed(sizes, found):
    """Return the rows of the summary."""
    rows = []
    if sizes:
        n_posts, size = list(sizes.items())[-1]
        again = total(size, "changed ")
        grows = f"seconds grow as posts to the power of {exponent(sizes, total):.2f}" if len(sizes) > 1 else ""
        rows += [
            Row(f"{n_posts:,} posts loaded, tagged, measured", f"{both(size)}, {most(size) / GIGABYTE:.1f} GB", quality=grows),
            Row(f"{n_posts:,} posts, one in a hundred changed", both(size, "changed "), quality=f"{again / total(size):.1%} of all"),
            Row(
                f"{n_posts:,} posts, nothing changed",
                both(size, "same "),
                quality=f"{total(size, 'same ') / total(size):.1%} of all",
            ),
        ]
    workers, start = found.get("workers", {}), found.get("start", {})
    if "same tables" in workers:
        one, two = (middle(workers[f"{name} tag"])["wall"] for name in ("one", "two"))
        quality = "the same tables" if workers["same tables"] else "the tables differ"
        rows.append(Row(f"two workers tag {workers['posts']:,} posts", f"{two:,.0f} s", "one process", f"{one:,.0f} s", one / two, quality))
    if "help" in start:
        for name, work in (("help", "`discourse --help`"), ("import", "`import discourse`")):
            rows.append(Row(f"{work} over bare Python", f"{over(start, name):.3f} s (processor {over(start, name, of='cpu'):.3f} s)"))
    return rows


def states(found):
    """Return what is said where parts were measured with different states of the program, or on different machines."""
    used = {}
    for name, part in found.items():
        used.setdefault((part["program"], part["machine"]), []).append(name)
    if len(used) == 1:
        return []
    return [
        "Not all with the same program: "
        + "; ".join(f"{', '.join(names)}: {program} on {where}" for (program, where), names in used.items())
        + ".",
        "",
    ]


def report(found):
    """Write the section, the figure and the rows of the summary from what `scale.json` holds."""
    sizes = whole(found)
    lines = [
        "## Scale", "",
        "Distinct posts of about 500 words, recombined from real sentences (`recombined.py`), each step a process of its own; memory is that of all processes "
        "together (PSS), taken every 0.2 s. `python benchmarks/scale.py`.", "", *states(found),
    ]  # fmt: skip
    if sizes:
        lines += [
            "All for the first time:",
            "",
            *table(sizes),
            "",
            "Once more, with one sentence added to one post in a hundred, and with nothing changed:",
            "",
        ]
        lines += [*table_of_changes(sizes), "", "![seconds and memory against posts](scale.svg)", ""]
        draw(sizes)
    if len(sizes) > 1:
        steps = ", ".join(f"{step} {exponent(sizes, lambda size, step=step: size[step]['cpu']):.2f}" for step in STEPS)
        n, m = list(sizes)[-2:]
        lines += [
            f"From {n:,} to {m:,} posts seconds grow as posts to the power of {exponent(sizes, total):.2f}, processor seconds to that of "
            f"{exponent(sizes, lambda size: total(size, of='cpu')):.2f} ({steps}), memory to that of {exponent(sizes, most):.2f}; 1 is exact proportion, 0 no growth.", "",
        ]  # fmt: skip
    lines += workers_lines(found.get("workers", {}))
    if "help" in found.get("start", {}):
        lines += [start_line(found["start"]), ""]
    workers = found.get("workers", {})
    lines += projected(
        sizes,
        {name: middle(workers[name]) for name in ("one tag", "two tag")} | {"posts": workers["posts"]} if "same tables" in workers else {},
    )
    keep("scale", "\n".join(lines), summed(sizes, found), packages=("pandas", "pyarrow", "spacy"))
