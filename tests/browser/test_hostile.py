"""Posts that would run, break or forge something do nothing: their texts are shown as they are, and no link leads out of the web."""

import pytest
from baited import BITES

ESCAPED = [
    "script",
    "image",
    "end",
    "comment",
    "template",
    "quotes",
    "turned",
    "long",
    "formula",
]  # whose titles loading keeps to the letter


@pytest.fixture(scope="module")
def reader(trap, reading):
    with reading(trap.page) as reader:
        yield reader


@pytest.fixture(scope="module")
def things(reader):
    """Return what the page lists behind the rows of several figures."""
    found = []
    for slug, figure in reader.figures().items():
        for index, row in enumerate(figure["rows"]):
            if row[4] and slug in ("overview", "framings_by_holder", "keyness", "categories_over_time"):
                reader.open_row(slug, index)
                found += reader.things()
    return found


def test_nothing_runs_and_nothing_is_fetched(reader, things, trap):
    assert len(things) > 100
    reader.do("() => document.querySelectorAll('.sheet button').forEach((mark) => mark.click())")
    reader.do("() => document.getElementById('evidence').close()")
    for category in reader.page.locator("#filters select[name=category] option").all()[:5]:
        reader.choose(category=category.get_attribute("value"))
    assert reader.do("() => window.hacked ?? null") is None
    assert reader.complaints == []
    assert reader.fetched == []


def test_no_element_and_no_handler_came_from_a_post(reader):
    assert reader.do("() => [...document.querySelectorAll('script, iframe, object, embed, base, meta[http-equiv], svg, style')].map((one) => one.tagName)") == [
        "META", "STYLE", "SCRIPT", "SCRIPT", "SCRIPT",
    ]  # fmt: skip
    assert (
        reader.do(
            "() => [...document.querySelectorAll('*')].flatMap((one) => [...one.attributes]).filter((one) => /^on/i.test(one.name)).length"
        )
        == 0
    )
    assert reader.do("() => [...document.images].every((one) => one.src.startsWith('data:image/svg+xml;base64,'))")


def test_texts_are_shown_as_they_are(things, trap):
    shown = {text for one in things for text in (one["text"], one["title"])}
    assert len(trap.measured.posts) == len(BITES)
    for name, bite in BITES.items():
        known = trap.measured.posts.query("title.str.endswith(@name + '\"')")["title"].item()
        assert known in shown, name
        assert name not in ESCAPED or bite[:100] in known, name
    for name in ("script", "comment", "formula"):
        assert any(f"🦊 🦊 {BITES[name]} The ministry" in text for text in shown), name


def test_links_lead_to_the_web_alone(reader, things, trap):
    linked = {one["href"] for one in things} | set(
        reader.do("() => [...document.querySelectorAll('main a[href]')].map((one) => one.getAttribute('href'))")
    )
    outward = {address for address in linked if address and not address.startswith("#")}
    assert outward
    assert all(address.lower().startswith(("http://", "https://")) for address in outward)
    given = set(trap.measured.posts["url"].dropna())
    assert any(address.startswith("javascript:") for address in given)
    assert outward <= given


def test_a_category_with_any_name_is_one_that_can_be_chosen(reader, trap):
    names = sorted({name for some in trap.measured.posts["categories"].dropna() for name in some}, key=str.casefold)
    assert {"__proto__", "constructor"} <= set(names)
    assert len(names) > 200
    assert [one.get_attribute("value") for one in reader.page.locator("#filters select[name=category] option").all()] == ["", *names]
    row = next(k for k, row in enumerate(reader.figures()["overview"]["rows"]) if row[4] > 10)
    for name in [one for one in names if not one.startswith("Category ")]:
        reader.choose()
        reader.open_row("overview", row)
        reader.choose(category=name)
        n = sum(name in some for some in trap.measured.posts["categories"].dropna())
        assert f"{n} of " in reader.dialog()["about"], name
        assert len(reader.things()) == n, name
    reader.choose()
