"""The pages can be used by everybody (WCAG 2.2 AA): axe-core finds nothing, headings are in order, focus is seen, all reflows."""

from itertools import pairwise

import pytest
from axe_playwright_python.sync_playwright import Axe

from discourse import chart_corpus
from discourse.report import write_index

RULES = {
    "resultTypes": ["violations"],
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]},
}
DESK, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
NARROW, ZOOMED = {"width": 320, "height": 800}, {"width": 640, "height": 450}  # 1280 pixels at 400 % and at 200 %
SPACED = "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; } p { margin-bottom: 2em !important; }"


def found_by_axe(page):
    """Return what axe-core finds: the rule, and where first."""
    found = Axe().run(page, options=RULES).response
    assert len(found["violations"]) < 100
    return [(one["id"], len(one["nodes"]), one["nodes"][0]["target"], one["nodes"][0]["failureSummary"]) for one in found["violations"]]


def narrowed(reader):
    """Set filters and unfold all that is folded."""
    reader.choose(category="Censorship", first="2017", holder="author")
    unfolded(reader)


def opened(reader):
    reader.open_row("framings_by_holder", 0)


def unfolded(reader):
    reader.do("() => document.querySelectorAll('details').forEach((one) => { one.open = true; })")


@pytest.mark.parametrize(
    ("state", "viewport"),
    [(narrowed, DESK), (opened, DESK), (unfolded, PHONE), (opened, PHONE)],
    ids=["desk", "desk, dialog", "phone", "phone, dialog"],
)
def test_axe_finds_nothing_in_the_report(report, reading, viewport, state):
    with reading(report.page, viewport=viewport) as reader:
        state(reader)
        assert found_by_axe(reader.page) == []


def test_axe_finds_nothing_in_the_report_of_hostile_posts(trap, reading):
    with reading(trap.page) as reader:
        assert found_by_axe(reader.page) == []


def test_axe_finds_nothing_in_the_list_of_pages(report, reading, root, tmp_path):
    chart_corpus(report.measured.workspace, ["overview"], out=tmp_path / "figures")
    made = write_index(
        tmp_path,
        notebooks=root / "notebooks",
        questions={"overview": "Which posts are these?"},
        made_with={"Program": "discourse"},
        title="Sample",
    )
    with reading(made) as reader:
        assert found_by_axe(reader.page) == []
        assert reader.complaints == reader.fetched == []


def test_headings_and_landmarks_are_in_order(report, reading):
    with reading(report.page) as reader:
        levels = reader.do("() => [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].map((one) => Number(one.tagName[1]))")
        assert levels.count(1) == 1
        assert levels[0] == 1
        assert all(after <= before + 1 for before, after in pairwise(levels))
        counts = reader.do("() => ['header', 'nav', 'main', 'footer'].map((name) => document.querySelectorAll(`${name}`).length)")
        assert counts == [1, 1, 1, 1]
        assert reader.do("() => document.documentElement.lang") == "en"


def test_the_skip_link_is_first_and_leads_to_the_summary(report, reading):
    with reading(report.page) as reader:
        reader.page.keyboard.press("Tab")
        assert reader.do("() => document.activeElement.textContent") == "To the summary"
        box = reader.page.locator(".skip").bounding_box()
        assert box["x"] >= 0
        reader.page.keyboard.press("Enter")
        reader.page.keyboard.press("Tab")
        assert reader.do("() => document.activeElement.closest('#summary') !== null")


FOCUSED = [
    ".skip", "nav a", "#summary .open", "#best .scroll", "#filters select", "#filters button", "summary", ".file", ".sheet button", ".plate .scroll",
    "tbody button", ".pager button:enabled",
]  # fmt: skip


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
def test_the_focus_is_seen(report, reading, viewport):
    with reading(report.page, viewport=viewport) as reader:
        reader.page.keyboard.press("Tab")  # from here on focus is that of keys
        for what in FOCUSED:
            reader.page.locator(what).first.focus()
            seen = reader.do(
                "() => { const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement); return [outlineStyle, parseFloat(outlineWidth)]; }"
            )
            assert seen[0] == "solid", what
            assert seen[1] >= 2, what
        opened(reader)
        reader.page.keyboard.press("Tab")
        assert reader.do(
            "() => { const one = document.activeElement; return one.closest('dialog') !== null && getComputedStyle(one).outlineStyle === 'solid'; }"
        )


def test_the_dialog_keeps_the_focus_within(report, reading):
    with reading(report.page) as reader:
        opened(reader)
        for _ in range(30):
            reader.page.keyboard.press("Tab")
            assert reader.do("() => document.activeElement === document.body || document.activeElement.closest('dialog') !== null")
        assert reader.do("() => document.getElementById('evidence').matches(':modal')")


@pytest.mark.parametrize("viewport", [NARROW, PHONE, ZOOMED], ids=["320", "390", "640"])
@pytest.mark.parametrize("which", ["sample", "hostile"])
def test_the_page_reflows(report, trap, reading, viewport, which):
    made = {"sample": report, "hostile": trap}[which]
    with reading(made.page, viewport=viewport) as reader:
        unfolded(reader)
        wide = "() => [document.documentElement.scrollWidth, document.body.scrollWidth].map((wide) => wide <= innerWidth)"
        assert reader.do(wide) == [True, True]
        opened(reader)
        assert reader.do(wide) == [True, True]
        assert reader.do("() => { const one = document.getElementById('evidence'); return one.scrollWidth <= one.clientWidth; }")


def test_text_may_be_spaced_out(report, reading):
    """WCAG 1.4.12: nothing is cut, and nothing lies on what follows."""
    with reading(report.page) as reader:
        unfolded(reader)
        reader.do(
            "(rules) => { const sheet = new CSSStyleSheet(); sheet.replaceSync(rules); document.adoptedStyleSheets = [sheet]; }", SPACED
        )
        cut = reader.do("""() => [...document.querySelectorAll("p, li, h1, h2, h3, dt, dd, th, td, button, label, caption, summary")].filter((one) => {
            const style = getComputedStyle(one), hides = /hidden|clip/.test(style.overflowX + style.overflowY);
            const small = one.scrollHeight > one.clientHeight + 1 || one.scrollWidth > one.clientWidth + 1;
            return !one.closest(".hidden, .skip") && style.display !== "inline" && hides && small;
        }).map((one) => one.textContent.slice(0, 60))""")
        assert cut == []
        assert reader.do("() => document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize(("motion", "behaviour"), [("reduce", "auto"), ("no-preference", "smooth")])
def test_nothing_moves_for_who_does_not_want_it(report, reading, motion, behaviour):
    with reading(report.page, reduced_motion=motion) as reader:
        assert reader.do("() => getComputedStyle(document.documentElement).scrollBehavior") == behaviour
        assert reader.do("() => document.getAnimations().length") == 0
