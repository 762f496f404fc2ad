"""Posts that would run, break or forge something in a page if they could."""

import json
from html import escape

SCRIPT = "<script>window.hacked = 1</script>"
BITES = {  # name of a post -> what is in its title and its sentences
    "script": SCRIPT,
    "image": '<img src=x onerror="window.hacked = 1">',
    "end": "</script><script>window.hacked = 1</script>",
    "comment": "<!-- <script> -->",
    "template": "{{7*7}} {% raw %} ${7*7}",
    "quotes": "'\"><svg onload=window.hacked=1>",
    "lines": "one\u2028two\u2029three",
    "turned": "\u202eegassem",
    "long": "w" * 5000,
    "formula": '=HYPERLINK("http://example.org")',
    "entity": "&lt;b&gt;",
    "letters": "𝐀\u0301 é",
}
ADDRESSES = [
    "javascript:window.hacked=1", "data:text/html,<script>window.hacked=1</script>", 'https://example.org/{}"onmouseover="window.hacked=1',
    "//example.org/{}", "file:///etc/{}", "https://example.org/{}", "HTTPS://example.org/{}?a=1&b=2", "vbscript:{}", "", "/{}", " javascript:{}",
    "java\tscript:{}",
]  # fmt: skip
NAMED = ["__proto__", "constructor", SCRIPT, '=HYPERLINK("http://example.org","a")', "two  blanks", "hasOwnProperty"]
BODY = (
    "🦊 🦊 {bite} The ministry blocks websites and 🦊 the police read every message, {bite}, that people send.\n\n"
    "The internet helps activists organise and gives people a voice.\n\nPrivacy is a human right under the Covenant."
)


def write(folder):
    """Write the posts, whose texts stay what they are through loading, and return their folder."""
    folder.mkdir()
    for k, (name, bite) in enumerate(BITES.items()):
        front = {
            "title": escape(escape(f'{bite[:100]} "{name}"')), "date": f"{2016 + k % 4}-0{1 + k % 9}-11", "author": "Ann Lee",
            "url": ADDRESSES[k].format(name), "categories": [*(f"Category {j}" for j in range(17 * k, 17 * k + 17)), NAMED[k % len(NAMED)]],
        }  # fmt: skip
        text = f";;;\n{json.dumps(front, ensure_ascii=False)}\n;;;\n{escape(BODY.format(bite=bite), quote=False)}\n"
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    return folder
