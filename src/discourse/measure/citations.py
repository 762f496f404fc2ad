"""Who is cited: one row a note part or printed address, the works that they are resolved to, and their hosts and authors.

A post's links behind words are not kept by loading, so blogs that link instead of footnoting are seen only as far as they print addresses.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from discourse.measure.addresses import address_of, addresses_in, host_of, is_own
from discourse.measure.bootstrap import LEVEL, ratios
from discourse.measure.groups import KEYS, group
from discourse.measure.meant import FOLLOWED, ITSELF, meant
from discourse.measure.shares import FEWEST_POSTS
from discourse.measure.works import LONG_TITLE, Form, folded, work_of

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

__all__ = [
    "NO_WORK",
    "SITE",
    "authors_cited",
    "by_author",
    "citations",
    "citing_shares",
    "domains_cited",
    "forms_cited",
    "own_hosts",
    "works_cited",
]

NO_WORK, SITE = "names no work", "names a whole site"
NOTE, TEXT = "note", "text"
COLUMNS = ["post_id", "published", "place", "number", "part", "via", "work", "domain", "own", "author", "title", "year", "url", "text"]
MOST_AUTHORS = 10
APART = re.compile(r",\s+(?:and\s+|&\s+)?|\s+(?:and|&|und|et|y)\s+")
AND_OTHERS = re.compile(r",?\s+et al\.?$")


def own_hosts(posts: pd.DataFrame, sources: pd.DataFrame) -> frozenset[str]:
    """Return the hosts of the blogs themselves: of `sources.url`, and the one that most posts of a source stand on.

    Parameters
    ----------
    posts, sources : the tables.
    """
    hosts = {host_of(url) for url in sources["url"].dropna()}
    urls = posts["url"].dropna()
    of_posts = urls[urls.str.contains("://", regex=False)].map(host_of).dropna()
    for _, some in of_posts.groupby(posts["source"]):
        counts = some.value_counts()
        hosts.add(min(counts[counts == counts.max()].index))
    return frozenset(host for host in hosts if host)


def citations(posts: pd.DataFrame, notes: pd.DataFrame, *, own: frozenset[str]) -> pd.DataFrame:
    """Return one row a note part, and one an address that a post's text prints, with the work that is meant.

    Parameters
    ----------
    posts : those that count.
    notes : the table `notes`.
    own : hosts of the blog itself.

    Returns
    -------
    `post_id`, `published`, `place` (`note` or `text`), `number` and `part` (of the note, or the place among the post's addresses), `via`
    (see `meant`; besides, `names a whole site` is said of a front page and `names no work` of a remark), `work` (null where none is found),
    `domain`, `own`, and the reference as given where the work is named: `author`, `title`, `year`, `url`; `text` is the note's own.
    """
    import pandas as pd

    inside = notes[notes["post_id"].isin(posts["post_id"])].reset_index(drop=True)
    resolved = meant(inside)
    columns = ["post_id", "number", "part", "text"]
    there = inside[columns].assign(place=NOTE, via=resolved["via"])
    meaning = inside[["author", "title", "year", "url", "text"]].rename(columns={"text": "named"})
    there = there.join(meaning.reindex(resolved["row"].fillna(-1).astype("int64")).set_index(there.index))
    printed = pd.DataFrame(list(_printed(posts)), columns=["post_id", "number", "part", "url"]).assign(place=TEXT, via=ITSELF)
    both = pd.concat([there, printed], ignore_index=True) if len(printed) else there
    both = both.reindex(columns=[*there.columns]).astype(object)
    both = both.where(both.notna(), None)
    works = work_of([_form(*row) for row in both[["author", "title", "year", "url", "named"]].itertuples(index=False, name=None)])
    both["year"] = both["year"].astype("Int64")
    both["work"] = pd.Series(works, index=both.index, dtype=object)
    addresses = [address_of(url) for url in both["url"]]
    both["domain"] = pd.Series([address.host if address else None for address in addresses], index=both.index, dtype=object)
    unnamed = both["work"].isna() & both["via"].isin([ITSELF, FOLLOWED])
    both.loc[unnamed, "via"] = both.loc[unnamed, "domain"].map(lambda host: SITE if host else NO_WORK)
    both["own"] = [is_own(host, own) for host in both["domain"]]
    both["published"] = both["post_id"].map(posts.set_index("post_id")["published"])
    return both.sort_values(["published", "post_id", "place"], kind="stable", ignore_index=True)[COLUMNS]


def _printed(posts: pd.DataFrame) -> Iterator[tuple[str, str, int, str]]:
    for post, text in zip(posts["post_id"], posts["text"], strict=True):
        for n, url in enumerate(addresses_in(text), start=1):
            yield post, str(n), 1, url


def _form(author: Any, title: Any, year: Any, url: Any, named: Any) -> Form:
    """Return a reference as `work_of` takes it; the note's text stands with it only where it is needed to tell works apart."""
    author, title, url, named = (value if isinstance(value, str) else None for value in (author, title, url, named))
    tells = title and (author or len(folded(title).split()) >= LONG_TITLE)
    known = bool(tells) or ((address := address_of(url)) is not None and not address.home)
    return Form(author, title, year, url, None if known else named)


def works_cited(cited: pd.DataFrame) -> pd.DataFrame:
    """Return one row a work: `work`, how it is cited most often (`author`, `title`, `year`, `url`), and counts.

    `n_citations`, `n_posts`, `n_forms`, `first_year` and `last_year` (of the posts that cite it), `domain` and `own`; most posts first.

    Parameters
    ----------
    cited : as `citations` returns it.
    """
    import pandas as pd

    found = cited[cited["work"].notna()]
    forms = forms_cited(cited)
    usual = pd.DataFrame({"work": sorted(found["work"].unique())}).set_index("work")
    for column in ("author", "title", "year", "url"):
        usual[column] = forms[forms[column].notna()].drop_duplicates("work").set_index("work")[column]
    years = found["published"].dt.year
    grouped = found.assign(year=years).groupby("work", sort=True)
    counts = grouped.agg(
        n_citations=("post_id", "size"), n_posts=("post_id", "nunique"), first_year=("year", "min"), last_year=("year", "max")
    )
    counts["n_forms"] = forms.groupby("work").size()
    table = usual.join(counts.astype("Int64")).join(grouped["own"].any()).reset_index()
    addresses = [address_of(url if isinstance(url, str) else None) for url in table["url"]]
    table["domain"] = pd.Series([address.host if address else None for address in addresses], dtype=object)
    columns = ["work", "author", "title", "year", "url", "domain", "own", "n_citations", "n_posts", "n_forms", "first_year", "last_year"]
    return table.sort_values(["n_posts", "n_citations", "work"], ascending=[False, False, True], ignore_index=True)[columns]


def forms_cited(cited: pd.DataFrame) -> pd.DataFrame:
    """Return the forms in which each work is cited, one row a form: the evidence that they are one. The most frequent form stands first.

    Parameters
    ----------
    cited : as `citations` returns it.
    """
    columns = ["work", "author", "title", "year", "url"]
    found = cited[cited["work"].notna()]
    counts = found.groupby(columns, dropna=False, sort=True).agg(n_citations=("post_id", "size"), n_posts=("post_id", "nunique"))
    return counts.reset_index().sort_values(["work", "n_citations"], ascending=[True, False], kind="stable", ignore_index=True)


def domains_cited(cited: pd.DataFrame) -> pd.DataFrame:
    """Return one row a host: `domain`, `own`, `n_citations` (front pages too), `n_works`, `n_posts`; most posts first.

    Parameters
    ----------
    cited : as `citations` returns it.
    """
    found = cited[cited["domain"].notna()]
    return _most(found.groupby("domain", sort=True), "domain", own=("own", "any"))


def authors_cited(cited: pd.DataFrame) -> pd.DataFrame:
    """Return one row an author: `author` (as cited most often), `n_citations`, `n_works`, `n_posts`; most posts first.

    `A and B` is parted where each part reads as a name of two to five words. Names meet when they differ by case and signs only.

    Parameters
    ----------
    cited : as `citations` returns it.
    """
    return _most(by_author(cited).groupby("author", sort=True), "author")


def by_author(cited: pd.DataFrame) -> pd.DataFrame:
    """Return the citations that name a work and its author, a row an author, `author` in the form in which it is given most often.

    Parameters
    ----------
    cited : as `citations` returns it.
    """
    found = cited[cited["work"].notna() & cited["author"].notna()]
    found = found.assign(author=found["author"].map(lambda author: list(_authors(author)))).explode("author", ignore_index=True)
    found = found.assign(key=[folded(author) if isinstance(author, str) else "" for author in found["author"]])
    found = found[found["key"] != ""]
    counted = found.groupby(["key", "author"], sort=True).size().rename("n").reset_index()
    usual = counted.sort_values(["key", "n"], ascending=[True, False], kind="stable").drop_duplicates("key").set_index("key")["author"]
    return found.assign(author=found["key"].map(usual))


def _authors(text: str) -> Iterator[str]:
    """Yield the authors that a reference names.

    >>> list(_authors("Ann Lee, Bo Kim, and Ana de la Cruz")), list(_authors("Ministry of Health, Labour and Welfare"))
    (['Ann Lee', 'Bo Kim', 'Ana de la Cruz'], ['Ministry of Health, Labour and Welfare'])
    """
    whole = AND_OTHERS.sub("", text)
    parts = [part for part in APART.split(whole) if part]
    as_names = all(2 <= len(part.split()) <= 5 and part[0].isupper() and " of " not in part and " for " not in part for part in parts)
    yield from parts if 1 < len(parts) <= MOST_AUTHORS and as_names else [whole]


def _most(grouped: Any, name: str, **more: tuple[str, str]) -> pd.DataFrame:
    counts: pd.DataFrame = grouped.agg(**more, n_citations=("post_id", "size"), n_works=("work", "nunique"), n_posts=("post_id", "nunique"))
    order = ["n_posts", "n_citations", name]
    return counts.reset_index().sort_values(order, ascending=[False, False, True], ignore_index=True)


def citing_shares(posts: pd.DataFrame, cited: pd.DataFrame, *, by: Sequence[str] = ()) -> pd.DataFrame:
    """Return the share of posts that cite anything, and in a note, in each group of posts, with 95 % intervals of a bootstrap over posts.

    Parameters
    ----------
    posts : those that count.
    cited : as `citations` returns it.
    by : groupings of `group`.

    Returns
    -------
    Columns of the grouping, `place` (`any` or `note`), `n_citing`, `n_posts`, `share`, `low`, `high`, `level`, `n_citations` (of works),
    `n_works` and `note`. With fewer than 5 posts there is no share; where no or every post cites, no interval.
    """
    import numpy as np
    import pandas as pd

    groups = group(posts, by)
    found = cited[cited["work"].notna()]
    rows = []
    places = {"any": found, NOTE: found[found["place"] == NOTE]}
    citing: NDArray[np.float64] = np.stack(
        [posts["post_id"].isin(some["post_id"]).to_numpy(dtype=float) for some in places.values()], axis=1
    )
    ends = ratios(citing, np.ones(len(posts)), groups.inside)
    for k, keys in enumerate(groups.keys.to_dict("records")):
        members = groups.inside[:, k]
        inside = set(posts.loc[members, "post_id"])
        for m, (place, some) in enumerate(places.items()):
            n, of, here = int(citing[members, m].sum()), len(inside), some[some["post_id"].isin(inside)]
            enough = of >= FEWEST_POSTS
            low, high = ends[:, m, k] if enough and 0 < n < of else (np.nan, np.nan)
            rows.append({
                **keys, "place": place, "n_citing": n, "n_posts": of, "share": n / of if enough else np.nan, "low": low, "high": high,
                "level": LEVEL, "n_citations": len(here), "n_works": here["work"].nunique(),
                "note": None if enough else f"fewer than {FEWEST_POSTS} posts",
            })  # fmt: skip
    used = [key for key in KEYS if any(row[key] for row in rows)]
    return pd.DataFrame(rows).drop(columns=[key for key in KEYS if key not in used]) if rows else pd.DataFrame()
