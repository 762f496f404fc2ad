"""Whether a figure still says what its corpus says: its passport read, its picture compared, its numbers drawn anew."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from discourse.errors import InputError
from discourse.pipeline.charts import CHARTS, Asked, Measured, draw_chart
from discourse.pipeline.finding import Found, found
from discourse.pipeline.passports import made_with, stamp, states_in
from discourse.pipeline.tracing import resolve

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["VERDICTS", "Verdict", "verify"]

VERDICTS = ("no passport", "passport altered", "picture altered", "numbers altered", "numbers moved", "corpus differs", "same")
TOLERANCE = 1e-5  # of a number of six digits
MOST = 20
MOVED = ["mark", "column", "then", "now"]
POSTS = ["post_id", "title", "became", "marks"]
INPUTS = ["input", "then", "now"]


@dataclass(frozen=True)
class Verdict:
    """What is to be said of one file or identifier.

    `verdict` is the first of `VERDICTS` that holds, `all` every one. `moved` has a row a number: `mark`, `column`, `then`, `now`; `posts` a
    row a post that is not as it was: `post_id`, `title`, `became`, `marks` (moved marks that it stands behind now); `inputs` a row a thing
    that the figure was made with and that differs: `input`, `then`, `now`. `said` is all of it in lines.
    """

    what: str
    figure: str
    verdict: str
    all: tuple[str, ...]
    moved: pd.DataFrame
    posts: pd.DataFrame
    inputs: pd.DataFrame
    said: tuple[str, ...] = field(default=())


def verify(what: str, *, workspace: Path | str | None = None) -> Verdict:
    """Return whether a figure, its CSV or what stands under its identifier is the same as what the corpus gives now.

    A passport shows tampering and does not prevent it: who changes a picture and makes it a new passport is found out only because the
    figure is drawn anew and compared.

    Parameters
    ----------
    what : a PNG, SVG or PDF, a CSV of numbers, a passport (JSON), or an identifier such as 7K3M-Q9XA.
    workspace : of the corpus; without it the one in `data/processed` that is of the same source.

    Raises
    ------
    InputError, WorkspaceError : the file cannot be read, or no workspace is found.
    """
    import pandas as pd

    none = {"moved": pd.DataFrame(columns=MOVED), "posts": pd.DataFrame(columns=POSTS), "inputs": pd.DataFrame(columns=INPUTS)}
    this = found(what, workspace)
    if this.passport is None:
        said = (
            "It carries no passport: mail and slides strip it, and so does saving it anew. The identifier printed at its foot finds it: "
            "discourse verify IDENTIFIER --in DIR.",
        )
        return Verdict(what, "", "no passport", ("no passport",), **none, said=said)
    if not this.fits:
        said = ("Its passport no longer fits the identifier that it names; it was edited after it was made.",)
        return Verdict(what, this.identifier, "passport altered", ("passport altered",), **none, said=said)
    measured = Measured(this.workspace, Asked.of(this.passport["discourse"]["asked"]))
    return _compared(what, this, measured)


def _compared(what: str, this: Found, measured: Measured) -> Verdict:
    import pandas as pd

    passport, run = this.passport or {}, (this.passport or {})["discourse"]
    name = run["chart"]
    if name not in CHARTS:
        raise InputError(f"{what}: a chart {name!r} is not known to this version; its passport names {passport['creator']}.")
    holds: list[str] = []
    said: list[str] = []
    try:
        anew, why = draw_chart(measured, name), ""
    except InputError as error:
        anew, why = None, str(error)
    now = _marks(anew.numbers) if anew is not None else {}
    moved = pd.DataFrame(_moved(this.marks, now), columns=MOVED)
    posts = _posts(passport, measured, this.marks, moved)
    inputs = pd.DataFrame(_inputs(run, measured), columns=INPUTS)
    if this.altered:
        holds.append("picture altered")
        said.append("Its picture is not the one that its passport was made for (saving it anew in another size does that, too).")
    if this.edited:
        holds.append("numbers altered")
        said += [f"The file says otherwise than its passport: {line}" for line in this.edited[:MOST]]
    if len(moved) or why:
        holds.append("numbers moved")
        said += [why] if why else list(_said_of_moved(moved, len(this.marks)))
    differs = passport["isBasedOn"]["version"] != measured.record["tables"]["posts"]
    holds += ["corpus differs"] if differs else []
    said += list(_said_of_posts(posts, passport, measured)) if differs or len(posts) else []
    if not len(moved) and not holds and _forged(this, anew, passport, measured):
        holds.append("picture altered")
        said.append("Its numbers are those of the corpus, but the picture drawn from them is another.")
    said += [f"Made with another {row.input}: {row.then} then, {row.now} now." for row in inputs.itertuples()]
    said += list(_rules(run, measured)) if len(moved) else []
    holds = [one for one in VERDICTS if one in holds] or ["same"]
    return Verdict(what, this.identifier, holds[0], tuple(holds), moved, posts, inputs, tuple(said))


def _marks(numbers: pd.DataFrame) -> dict[str, dict[str, Any]]:
    from discourse.export import marks_of

    made = marks_of(numbers)
    return {row[0]: dict(zip(made["columns"], row, strict=True)) for row in made["rows"]}


def _moved(then: Mapping[str, Mapping[str, Any]], now: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[str, str, Any, Any]]:
    """Yield each number that is not what it was; a mark that is gone or new as a whole has no column."""
    for mark, before in then.items():
        after = now.get(mark)
        if after is None:
            yield mark, "", "drawn", "gone"
            continue
        for column in dict.fromkeys([*before, *after]):
            if not _alike(before.get(column), after.get(column)):
                yield mark, column, before.get(column), after.get(column)
    for mark in now:
        if mark not in then:
            yield mark, "", "not there", "drawn"


def _alike(a: Any, b: Any) -> bool:
    numbers = all(isinstance(value, int | float) and not isinstance(value, bool) for value in (a, b))
    return bool(abs(a - b) <= TOLERANCE * max(abs(a), abs(b))) if numbers else bool(a == b)


def _posts(passport: Mapping[str, Any], measured: Measured, marks: Mapping[str, Mapping[str, Any]], moved: pd.DataFrame) -> pd.DataFrame:
    """Return the posts that are not as they were, with the moved marks that each stands behind now."""
    import pandas as pd

    became = states_in(passport, measured.states)
    if became is None or became.empty:
        return pd.DataFrame(columns=POSTS)
    titles = measured.posts.set_index("post_id")["title"]
    behind: dict[str, list[str]] = {}
    if len(moved):
        for mark in list(dict.fromkeys(moved["mark"]))[:MOST]:
            try:
                rows = resolve(measured, marks[mark], marks.values()) if mark in marks else None
            except InputError:
                continue
            for post in dict.fromkeys(rows["post_id"].dropna()) if rows is not None else ():
                behind.setdefault(post, []).append(mark)
    marked = pd.Series([behind.get(post, []) for post in became["post_id"]], index=became.index, dtype=object)
    return became.assign(title=became["post_id"].map(titles), marks=marked)[POSTS]


def _inputs(run: Mapping[str, Any], measured: Measured) -> Iterator[tuple[str, str, str]]:
    """Yield what the figure was made with that is another now."""
    then, now = run["made_with"], made_with(measured.record)
    for name in dict.fromkeys([*then, *now]):
        if name != "libraries" and then.get(name) != now.get(name):
            yield name, str(then.get(name, "none")), str(now.get(name, "none"))
    libraries = then.get("libraries", {}), now["libraries"]
    for name in dict.fromkeys([*libraries[0], *libraries[1]]):
        if libraries[0].get(name) != libraries[1].get(name):
            yield f"library {name}", str(libraries[0].get(name, "none")), str(libraries[1].get(name, "none"))


def _rules(run: Mapping[str, Any], measured: Measured) -> Iterator[str]:
    """Yield which rules of the codebook are not what they were."""
    then, now = run.get("rules") or {}, measured.record["tag"].get("rules") or {}
    if then and now:
        for what, rules in (
            ("changed", [rule for rule in then if rule in now and then[rule] != now[rule]]),
            ("gone", [rule for rule in then if rule not in now]), ("new", [rule for rule in now if rule not in then]),
        ):  # fmt: skip
            if rules:
                yield f"Rules of the codebook that are {what}: {', '.join(rules[:MOST])}{' …' if len(rules) > MOST else ''}."


def _said_of_moved(moved: pd.DataFrame, of: int) -> Iterator[str]:
    marks = moved["mark"].nunique()
    yield f"{marks:,} of {of:,} marks moved:"
    shown = moved.head(MOST)
    for mark, column, then, now in shown.itertuples(index=False, name=None):
        yield f"  {mark}{f', {column}' if column else ''}: {_shown(then)} then, {_shown(now)} now"
    if len(moved) > len(shown):
        yield f"  … and {len(moved) - len(shown):,} more numbers"


def _shown(value: Any) -> str:
    return "nothing" if value is None else f"{value:.6g}" if isinstance(value, float) else str(value)


def _said_of_posts(posts: pd.DataFrame, passport: Mapping[str, Any], measured: Measured) -> Iterator[str]:
    if posts.empty:
        many = passport["discourse"].get("posts", {})
        yield (
            f"The corpus is not the one that the figure was made from ({many.get('n', 'some')} posts then, {len(measured.posts)} now); "
            "which posts differ a passport of so many does not say."
            if many.get("states") is None
            else "The corpus was loaded anew; no post differs in what counts."
        )
        return
    for became in sorted(set(posts["became"])):
        rows = posts[posts["became"] == became]
        is_named = became != "gone"  # a passport holds no names of posts
        yield f"{len(rows):,} post{'s' * (len(rows) != 1)} {became}{':' if is_named else '.'}"
        if is_named:
            first = rows.assign(n=rows["marks"].map(len)).sort_values("n", ascending=False, kind="stable").head(MOST)
            for row in first.itertuples():
                yield f"  {row.title or row.post_id} ({row.post_id}){f', behind {row.n} of the moved marks' if row.n else ''}"
            if len(rows) > MOST:
                yield f"  … and {len(rows) - MOST:,} more"


def _forged(this: Found, anew: Any, passport: Mapping[str, Any], measured: Measured) -> bool:
    """Return whether the picture that its passport vouches for is not what this program draws; only where it is the same program."""
    from discourse.export import Figure

    pictures = passport.get("pictures") or {}
    alike = passport["discourse"]["made_with"] == made_with(measured.record)
    if this.kind not in pictures or not alike or passport["creator"].get("softwareVersion") != version("discourse"):
        return False
    stamp(anew, this.identifier)
    drawn = Figure(anew, passport).whole_passport or {}
    return bool(drawn["pictures"][this.kind] != pictures[this.kind])
