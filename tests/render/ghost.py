"""The sample as Ghost exports it: one JSON file with posts, tags, users and the tables that join them, and all that is no post."""

import html
import json
from datetime import UTC, datetime

SETTINGS = {"title": "Wire and Wall", "description": "A blog", "timezone": "Etc/UTC", "locale": "en", "admin_session_secret": "x"}
NOON = 12 * 3600 * 1000
CARDS = (
    '<div class="kg-card kg-button-card kg-align-center"><a href="https://example.org/donate" class="kg-btn kg-btn-accent">Donate now</a></div>'
    '<figure class="kg-card kg-image-card"><img src="__GHOST_URL__/content/images/a.jpg" class="kg-image" alt="A fence" loading="lazy">'
    "<figcaption>A fence</figcaption></figure>"
    '<figure class="kg-card kg-bookmark-card"><a class="kg-bookmark-container" href="https://example.org/b"><div class="kg-bookmark-content">'
    '<div class="kg-bookmark-title">Another page</div></div></a></figure>'
    '<div class="kg-card kg-signup-card kg-width-wide"><h2 class="kg-signup-card-heading">Sign up for our letter</h2></div>'
)


def export(articles):
    """Return the export as data: published posts, a draft, a page, a scheduled post and a newsletter, tags of both kinds, users with e-mails."""
    data = {"posts": [], "posts_meta": [], "tags": [], "posts_tags": [], "users": [], "posts_authors": [], "roles": [{"name": "Author"}]}
    data["settings"] = [{"id": str(n), "key": key, "value": value} for n, (key, value) in enumerate(SETTINGS.items())]
    tags, users = {}, {}
    for n, article in enumerate(articles):
        key = f"{n:024x}"
        data["posts"].append(post(key, article))
        names = [*article.categories, *(f"#{tag}" for tag in article.tags)]
        for place, name in enumerate(names):
            tag = tags.setdefault(name, f"t{len(tags):023x}")
            data["posts_tags"].insert(0, {"id": f"{key}{place}", "post_id": key, "tag_id": tag, "sort_order": place})
        for place, (name, _) in enumerate(article.authors):
            user = users.setdefault(name, f"u{len(users):023x}")
            data["posts_authors"].insert(0, {"id": f"{key}{place}", "post_id": key, "author_id": user, "sort_order": place})
    data["tags"] = [tag_row(name, key) for name, key in tags.items()]
    data["users"] = [user_row(name, key) for name, key in users.items()]
    data["posts"] += no_posts()
    return {"db": [{"meta": {"exported_on": 1700000000000, "version": "5.75.0"}, "data": data}]}


def tag_row(name, key):
    hidden = name.startswith("#")
    return {"id": key, "name": name, "slug": key, "description": None, "visibility": "internal" if hidden else "public"}


def user_row(name, key):
    slug = name.lower().replace(" ", "-")
    secret = {"password": "$2a$10$secret", "email": f"{slug}@example.org", "location": "Somewhere"}
    return {"id": key, "name": name, "slug": slug, "bio": None, "website": None, "status": "active", **secret}


def post(key, article):
    moment = datetime(article.published.year, article.published.month, article.published.day, 9, 30, tzinfo=UTC)
    stamp = moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return {
        "id": key, "uuid": key, "title": article.title, "slug": article.slug, "mobiledoc": None, "lexical": '{"root":{"children":[]}}',
        "html": body(article), "comment_id": key, "plaintext": "Not read", "feature_image": None, "featured": 0, "type": "post",
        "status": "published", "locale": article.language if article.language != "en" else None, "visibility": "public",
        "email_recipient_filter": "all", "created_at": stamp, "updated_at": "2023-01-01T00:00:00.000Z", "published_at": stamp,
        "custom_excerpt": "An excerpt that is no text of the post.", "codeinjection_head": None, "canonical_url": None, "show_title_and_feature_image": 1,
    }  # fmt: skip


def body(article):
    """Return a body as Ghost prints it, byline lines first, since a Ghost post names neither roles nor editors, cards and footnotes last."""
    signed = "By " + " and ".join(
        f"{name} ({role})" if role and (len(article.authors) > 1 or "," in role) else f"{name}, {role}" if role else name
        for name, role in article.authors
    )
    lines = [signed] if any(role for _, role in article.authors) else []
    lines += [f"Edited by {name}, {role}" if role else f"Edited by {name}" for name, role in article.editors]
    lines += [f"Translated by {name}, {role}" if role else f"Translated by {name}" for name, role in article.translators]
    head = "".join(f"<p><em>{html.escape(line)}</em></p>" for line in lines)
    text = article.with_markers(lambda number: f'<sup class="footnote-ref"><a href="#fn{number}" id="fnref{number}">[{number}]</a></sup>')
    items = "".join(
        f'<li id="fn{number}" class="footnote-item"><p>{note} <a href="#fnref{number}" class="footnote-backref">↩︎</a></p></li>'
        for number, note in article.notes
    )
    notes = f'<hr class="footnotes-sep"><section class="footnotes"><ol class="footnotes-list">{items}</ol></section>' if items else ""
    about = f"<h3>About the author</h3><p>{html.escape(article.author_note)}</p>" if article.author_note else ""
    return f"{head}<!--kg-card-begin: markdown-->{text}{about}{notes}<!--kg-card-end: markdown-->{CARDS}"


def no_posts():
    common = {"html": "<p>Not to be read.</p>", "published_at": "2020-01-01T00:00:00.000Z", "type": "post"}
    kinds = [("A draft", {"status": "draft", "published_at": None}), ("Soon", {"status": "scheduled"}), ("A letter", {"status": "sent"})]
    kinds.append(("About us", {"status": "published", "type": "page"}))
    return [{"id": f"x{n}", "title": title, "slug": f"x{n}", **common, **other} for n, (title, other) in enumerate(kinds)]


def render(articles, folder):
    """Write the export into a folder as Ghost names it."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "wire-and-wall.ghost.2023-11-14-22-13-20.json").write_text(json.dumps(export(articles), ensure_ascii=False), encoding="utf-8")
