"""Two workspaces of the same posts compared field by field."""

from discourse import table

POSTS = (
    "title", "authors", "author_roles", "author_note", "editors", "translators", "published", "published_precision", "categories_raw", "tags",
    "language", "text", "n_words", "series", "reprinted_from",
)  # fmt: skip
NOTES = ("number", "part", "anchor", "text", "cites", "author", "title", "year", "url", "domain")
COMMENTS = ("n", "parent", "author", "published", "text")


def differences(expected, found, *, not_carried=()):
    """Return a line for each field that differs; posts are matched by title. Fields are named `authors`, `notes.author`, `comments.n`."""
    left, right = _by_title(expected), _by_title(found)
    lines = [f"missing: {title}" for title in left if title not in right] + [f"too many: {title}" for title in right if title not in left]
    for title in [title for title in left if title in right]:
        for name, mine, theirs in _fields(left[title], right[title]):
            if name not in not_carried and mine != theirs:
                lines.append(f"{title} | {name}: expected {_short(mine, theirs)}, found {_short(theirs, mine)}")
    return lines


def _by_title(workspace):
    posts, notes, comments = (table(workspace, name) for name in ("posts", "notes", "comments"))
    rows = {}
    for post in _records(posts, (*POSTS, "post_id")):
        post["notes"] = _records(notes[notes["post_id"] == post["post_id"]], NOTES)
        post["comments"] = _records(comments[comments["post_id"] == post["post_id"]], COMMENTS)
        assert post["title"] not in rows, f"two posts are called {post['title']!r}"
        rows[post["title"]] = post
    return rows


def _records(frame, columns):
    return [{name: _plain(value) for name, value in row.items()} for row in frame[list(columns)].to_dict("records")]


def _plain(value):
    """Return every kind of null as None."""
    return value if isinstance(value, list) else None if value != value or str(value) in ("NaT", "<NA>", "None") else value


def _fields(mine, theirs):
    for name in POSTS:
        yield name, mine[name], theirs[name]
    for table_name, columns in (("notes", NOTES), ("comments", COMMENTS)):
        yield table_name, len(mine[table_name]), len(theirs[table_name])
        for a, b in zip(mine[table_name], theirs[table_name], strict=False):
            for name in columns:
                yield f"{table_name}.{name}", a[name], b[name]


def _short(value, other):
    """Return a value for a message; of long texts, what stands around the first difference."""
    text, against = str(value), str(other)
    first = next((i for i, (a, b) in enumerate(zip(text, against, strict=False)) if a != b), min(len(text), len(against)))
    return repr(text if len(text) < 120 else text[max(0, first - 40) : first + 60])
