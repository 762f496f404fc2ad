"""The sample as generators of static sites keep it: Hugo leaf bundles with TOML, Jekyll `_posts`, a blog of MkDocs Material.

Each function writes a whole site into a folder, with the pages and files that stand beside the posts, and returns the folder that a
researcher would name.
"""

import html
import json
import re
from itertools import count

HEADING = re.compile(r"<h2>(.*?)</h2>")
PARAGRAPH = re.compile(r"<p>(.*?)</p>", re.DOTALL)
EMPHASIS = re.compile(r"</?em>")
BLOCK = re.compile(r"<(h2|p)>(.*?)</\1>", re.DOTALL)
ALIGNED = "\n\n"


def markdown(article, *, decorated):
    """Return the body in Markdown; `decorated` puts what the generator adds around the nth block."""
    text = article.with_markers(lambda number: f"[^{number}]")
    blocks = [("## " if tag == "h2" else "") + inline(inner) for tag, inner in BLOCK.findall(text)]
    notes = [f"[^{number}]: {inline(note)}" for number, note in article.notes]
    return ALIGNED.join([decorated(n, block) for n, block in enumerate(blocks)] + notes) + "\n"


def inline(text):
    return html.unescape(EMPHASIS.sub("*", text))


def write(folder, files):
    for name, text in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return folder


def hugo(articles, folder):
    """Leaf bundles below `content/`, the three Korean posts as `index.ko.md`; TOML, people in tables, shortcodes, a summary divider."""

    def decorated(n, block):
        if n == 1:
            return f'<!--more-->\n\n{{{{< figure src="still.jpg" alt="A still" caption="A still, not of {{this}}" >}}}}\n\n{block}'
        return f'{{{{% lead class="wide" %}}}}\n{block}\n{{{{% /lead %}}}}' if n == 3 and not block.startswith("##") else block

    files = {
        "hugo.toml": "baseURL = 'https://example.org/'\ntitle = 'Wire and Wall'\n",
        "README.md": "# Wire and Wall\n\nHow to build the site.\n",
        "content/_index.md": "+++\ntitle = 'Wire and Wall'\n+++\nWelcome.\n",
        "content/post/_index.md": "+++\ntitle = 'Posts'\n+++\n",
        "content/about.md": "+++\ntitle = 'About'\nlayout = 'about'\n+++\nWho we are.\n",
        "content/post/unready/index.md": "+++\ntitle = 'Unready'\ndate = 2020-01-01\ndraft = true\n+++\nNot yet.\n",
    }
    for article in articles:
        ending = "" if article.language == "en" else f".{article.language}"
        files[f"content/post/{article.slug}/index{ending}.md"] = f"+++\n{toml(article)}+++\n\n{markdown(article, decorated=decorated)}"
    return write(folder, files) / "content"


def toml(article):
    def value(thing):
        return json.dumps(thing, ensure_ascii=False)

    lines = [
        f"title = {value(article.title)}",
        f"date = {article.published}T08:30:00+09:00",
        f"lastmod = {article.published.year + 3}-01-01",
    ]
    lines += ["draft = false", f"categories = {value(article.categories)}", f"tags = {value(article.tags)}"]
    lines += [f"series = {value([article.series])}"] if article.series else []
    lines += ["[params]", 'featured = "still.jpg"']
    lines += [f"{name} = {value(text)}" for name in ("author_note", "reprinted_from") if (text := getattr(article, name))]
    for kind in ("authors", "editors", "translators"):
        for name, role in getattr(article, kind):
            lines += [f"[[params.{kind}]]", f"name = {value(name)}", f"role = {value(role)}"]
    for comment in article.comments:
        lines += ["[[params.comments]]", *(f"{key} = {thing if key == 'date' else value(thing)}" for key, thing in comment.items())]
    return "\n".join(lines) + "\n"


def jekyll(articles, folder):
    """`_posts` with the date in the name, authors by key in `_data/authors.yml`, Liquid and kramdown in the bodies, a draft and pages."""
    keys = author_keys(articles)

    def decorated(n, block):
        if n == 0:
            return f"* Contents\n{{:toc .small}}\n\n{block}\n{{: .lead}}"
        return f'{{% include image.html file="still.jpg"\n   alt="A still" %}}\n\n{block}' if n == 2 else block

    files = {
        "_config.yml": "title: Wire and Wall\nmarkdown: kramdown\n",
        "_data/authors.yml": "".join(
            f"{key}:\n  name: {json.dumps(name)}\n  role: {json.dumps(role)}\n" for (name, role), key in keys.items()
        ),
        "_drafts/unready.md": "---\ntitle: Unready\n---\nNot yet.\n",
        "about.md": "---\nlayout: page\ntitle: About\npermalink: /about/\n---\nWho we are.\n",
        "index.md": "---\nlayout: home\n---\n",
    }
    for article in articles:
        front = {"layout": "post", "title": article.title, "comments": "true", "published": "true"}
        front["author" if len(article.authors) == 1 else "authors"] = [keys[person] for person in article.authors]
        if len(article.authors) == 1:
            front["author"] = front["author"][0]
        one_word = article.categories and not any(re.search(r"[\s,]", name) for name in article.categories)
        front["categories"] = " ".join(article.categories) if one_word else article.categories
        front |= {"tags": article.tags, "lang": article.language}
        front |= {name: text for name in ("series", "author_note", "reprinted_from") if (text := getattr(article, name))}
        front |= {kind: [name for name, _ in people] for kind in ("editors", "translators") if (people := getattr(article, kind))}
        lines = "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in front.items())
        lines = lines.replace('"true"', "true")
        stem = re.sub(r"^\d{4}-\d\d-\d\d-", "", article.slug)
        files[f"_posts/{article.published}-{stem}.md"] = f"---\n{lines}---\n{markdown(article, decorated=decorated)}"
    return write(folder, files)


def mkdocs(articles, folder):
    """A blog of MkDocs Material: titles as headings, editors and translators in lines below them, authors by key in `.authors.yml`."""
    keys = author_keys(articles)

    def decorated(n, block):
        if n == 0:
            return f"{block}\n\n<!-- more -->"
        return (
            f'!!! note ""\n\n    {block}' if n == 4 and not block.startswith("##") else block + " { #part .wide }" * block.startswith("## ")
        )

    people = "".join(f"  {key}:\n    name: {json.dumps(name)}\n    description: {json.dumps(role)}\n" for (name, role), key in keys.items())
    files = {
        "mkdocs.yml": "site_name: Wire and Wall\nplugins:\n  - blog\n",
        "docs/index.md": "# Wire and Wall\n\nWelcome.\n",
        "docs/blog/index.md": "---\nhide: [navigation]\n---\n# Blog\n",
        "docs/blog/.authors.yml": f"authors:\n{people}",
        "docs/blog/posts/unready.md": "---\ndate: 2020-01-01\ndraft: true\n---\n# Unready\n\nNot yet.\n",
    }
    for article in articles:
        front = f"date:\n  created: {article.published}\n  updated: {article.published.year + 3}-01-01\n"
        front += f"authors: {json.dumps([keys[person] for person in article.authors])}\n"
        front += (
            f"categories: {json.dumps(article.categories)}\ntags: {json.dumps(article.tags, ensure_ascii=False)}\nslug: {article.slug}\n"
        )
        heading = f"# {article.title}" if article.published.day % 2 else f"{article.title}\n{'=' * 20}"
        lines = [f"*Edited by {' and '.join(name for name, _ in article.editors)}*"] if article.editors else []
        lines += [f"*Translated by {' and '.join(name for name, _ in article.translators)}*"] if article.translators else []
        body = ALIGNED.join([heading, *lines, markdown(article, decorated=decorated)])
        files[f"docs/blog/posts/{article.published.year}/{article.slug}.md"] = f"---\n{front}---\n\n{body}"
    return write(folder, files) / "docs"


def author_keys(articles):
    """Return person -> key; an author of two roles has two keys."""
    numbers = count(1)
    return {person: f"person{next(numbers)}" for person in dict.fromkeys(p for article in articles for p in article.authors)}
