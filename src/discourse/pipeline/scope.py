"""What a plan is about: which of the posts that count, and which codes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from discourse.errors import InputError, did_you_mean

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["EVERYTHING", "Scope", "chosen_codes", "in_scope"]


class Scope(NamedTuple):
    """Which posts: from one year to another, both included, and in any of some categories; without them all."""

    since: int | None = None
    until: int | None = None
    categories: tuple[str, ...] = ()


EVERYTHING = Scope()


def chosen_codes(tagged: Mapping[str, Any], codes: Sequence[str]) -> dict[str, str]:
    """Return codes with their names: those asked for, else the codebook's framings, else its themes.

    Raises
    ------
    InputError : there is no such code.
    """
    known = {**tagged["framings"], **tagged["themes"]}
    for code in codes:
        if code not in known:
            raise InputError(f"The codebook {tagged['codebook']} has no code {code!r}.{did_you_mean(code, known)}")
    return {code: known[code] for code in codes} or dict(tagged["framings"]) or dict(tagged["themes"])


def in_scope(posts: pd.DataFrame, scope: Scope, *, language: str) -> tuple[pd.DataFrame, dict[str, int]]:
    """Return the posts that count and are in scope, and how many are not, by reason.

    Parameters
    ----------
    posts : the table `posts`.
    scope : a year or category that no post has is an error.
    language : the codebook's.

    Raises
    ------
    InputError : there is no such year or category.
    """
    import pandas as pd

    from discourse.measure import counted
    from discourse.measure.sampling import category_of

    chosen = counted(posts, language=language)
    posts, left_out = chosen.posts, dict(chosen.left_out)
    years = posts["published"].dt.year
    named = [set(names) if names else {category_of(names)} for names in posts["categories"]]
    _known(scope, sorted({str(int(year)) for year in years.dropna()}), sorted({name for names in named for name in names}))
    since, until = scope.since, scope.until
    outside = {
        "undated, while years are asked for": years.isna() & (since is not None or until is not None),
        f"from before {since}": years < (since if since is not None else float("-inf")),
        f"from after {until}": years > (until if until is not None else float("inf")),
        "in other categories": pd.Series([bool(scope.categories) and not names & set(scope.categories) for names in named], years.index),
    }
    for reason, applies in outside.items():
        inside = ~applies.reindex(posts.index).to_numpy(dtype=bool)
        if n := int((~inside).sum()):
            left_out[reason] = n
        posts = posts[inside]
    return posts.reset_index(drop=True), left_out


def _known(scope: Scope, years: Sequence[str], categories: Sequence[str]) -> None:
    """Check that each category, and years between both ends, are those of some posts."""
    for name in scope.categories:
        if name not in categories:
            raise InputError(f"No post that counts is in the category {name!r}.{did_you_mean(name, categories)}")
    since, until = scope.since, scope.until
    if (since is not None or until is not None) and not years:
        raise InputError("No post that counts has a date; leave out --from and --to.")
    if since is not None and until is not None and since > until:
        raise InputError(f"--from {since} is later than --to {until}; turn them round.")
    if since is not None and since > int(years[-1]):
        raise InputError(f"No post that counts is from {since} or later.{did_you_mean(str(since), years)}")
    if until is not None and until < int(years[0]):
        raise InputError(f"No post that counts is from {until} or earlier.{did_you_mean(str(until), years)}")
