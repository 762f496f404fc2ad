"""Every mark of every figure opens what is behind it: pressed in the page, by mouse, by keys alone, from the table, from the summary."""

import pytest

PRESSED = """([slug, few]) => {
    // Presses every mark of one figure; the others are hidden meanwhile, as it is their layout that takes the time.
    const box = document.getElementById("evidence"), text = (id) => document.getElementById(id).textContent, found = [];
    for (const one of document.querySelectorAll(".plate")) one.hidden = one.id !== slug;
    for (const mark of document.querySelectorAll(`#${slug} .sheet button`)) {
        mark.focus();
        mark.click();
        found.push({
            row: Number(mark.dataset.row), label: mark.getAttribute("aria-label"), open: box.open, title: `${text("evidence-title")}: ${text("evidence-numbers")}`, about: text("evidence-about"),
            shown: document.querySelectorAll("#things > li").length, count: document.querySelector("#evidence-pager .count").textContent,
            inside: box.contains(document.activeElement),
        });
        box.requestClose();
        found.at(-1).back = !box.open && document.activeElement === mark;
    }
    for (const one of document.querySelectorAll(".plate")) one.hidden = false;
    return found;
}"""
UNCOVERED = """(slug) => [...document.querySelectorAll(`#${slug} .sheet button`)].map((mark) => {
    // A point of each mark at which a mouse meets it and no other, nothing where others cover all of it.
    mark.scrollIntoView({ block: "center" });
    const { left, top, width, height } = mark.getBoundingClientRect(), steps = [...Array(9).keys()].map((k) => (k + 0.5) / 9);
    steps.sort((a, b) => Math.abs(a - 0.5) - Math.abs(b - 0.5));
    for (const across of steps) for (const down of steps) {
        const [x, y] = [left + across * width, top + down * height];
        if (document.elementFromPoint(x, y) === mark) return [across, down];
    }
    return null;
})"""
ACTIVE = "() => document.activeElement.dataset.row ?? document.activeElement.id"
COVERED = 0.02  # of all marks may lie wholly under others; their rows in the table open them
SMALL = 20


@pytest.fixture(scope="module")
def reader(report, reading):
    with reading(report.page) as reader:
        yield reader
        assert reader.complaints == reader.fetched == []


@pytest.fixture(scope="module")
def figures(reader):
    """Return the figures that have marks."""
    found = {slug: figure for slug, figure in reader.figures().items() if figure["marks"]}
    assert len(found) >= 8
    return found


def several(marks):
    """Return the places of the first, the middle and the last mark."""
    return sorted({0, len(marks) // 2, len(marks) - 1})


def test_every_mark_opens_as_much_as_it_counts_and_gives_the_focus_back(reader, figures):
    for slug, figure in figures.items():
        pressed = reader.do(PRESSED, [slug, None])
        assert [one["row"] for one in pressed] == figure["marks"]
        for one in pressed:
            row = figure["rows"][one["row"]]
            n = row[4]
            assert n > 0
            assert one["open"] and one["inside"] and one["back"], row  # noqa: PT018
            assert one["title"] == one["label"], row
            assert one["title"].startswith(f"{row[1]}: "), row
            assert all(cell in one["title"] for cell in row[2]), row
            assert one["shown"] == min(10, n), row
            assert one["count"] == f"1 to {min(10, n):,} of {n:,} pieces of evidence", row
            assert one["about"], row


def test_escape_closes_and_gives_the_focus_back(reader, figures):
    for slug, figure in figures.items():
        for k in several(figure["marks"]):
            mark = reader.page.locator(f"#{slug} .sheet button").nth(k)
            mark.focus()
            mark.evaluate("(one) => one.click()")
            assert reader.dialog()["open"]
            reader.page.keyboard.press("Escape")
            assert not reader.dialog()["open"]
            assert mark.evaluate("(one) => document.activeElement === one")


def test_a_mouse_meets_the_marks(reader, figures):
    covered = []
    for slug, figure in figures.items():
        points = reader.do(UNCOVERED, slug)
        covered += [(slug, row) for row, point in zip(figure["marks"], points, strict=True) if point is None]
        met = [k for k, point in enumerate(points) if point]
        for k in (met[place] for place in several(met)):
            mark = reader.page.locator(f"#{slug} .sheet button").nth(k)
            mark.evaluate("(one) => one.scrollIntoView({ block: 'center' })")
            box = mark.bounding_box()
            reader.page.mouse.click(box["x"] + points[k][0] * box["width"], box["y"] + points[k][1] * box["height"])
            assert reader.dialog()["open"]
            assert reader.dialog()["title"] == mark.get_attribute("aria-label")
            reader.page.locator("#close").click()
            assert not reader.dialog()["open"]
    assert len(covered) <= COVERED * sum(len(figure["marks"]) for figure in figures.values()), covered
    for slug, row in covered:
        reader.open_row(slug, row)
        assert reader.dialog()["title"].startswith(figures[slug]["rows"][row][1])
        reader.things()


def test_what_the_mouse_is_on_is_said_beside_it(reader, figures):
    slug = next(iter(figures))
    mark = reader.page.locator(f"#{slug} .sheet button").first
    mark.evaluate("(one) => one.scrollIntoView({ block: 'center' })")
    mark.hover()
    tip = reader.page.locator(f"#{slug} .tip")
    assert tip.text_content() == mark.get_attribute("aria-label")
    assert tip.is_visible()


def test_the_tab_key_stops_once_at_each_figure(reader, figures):
    stops = reader.do(
        "() => [...document.querySelectorAll('.plate')].map((one) => [one.id, one.querySelectorAll('.sheet button[tabindex=\"0\"]').length])"
    )
    assert {slug: n for slug, n in stops if n} == dict.fromkeys(figures, 1)
    for slug in figures:
        reader.page.locator(f"#{slug} .sheet button").first.focus()
        reader.page.keyboard.press("Tab")
        assert reader.do("() => document.activeElement.closest('.sheet') === null"), slug
        reader.page.keyboard.press("Shift+Tab")
        assert reader.do(f"() => document.activeElement === document.querySelector('#{slug} .sheet button')"), slug


def test_keys_alone_visit_the_marks_and_open_them(reader, figures):
    press = reader.page.keyboard.press
    for slug, figure in figures.items():
        marks = [str(row) for row in figure["marks"]]
        reader.page.locator(f"#{slug} .sheet button").first.focus()
        press("End")
        assert reader.do(ACTIVE) == marks[-1]
        press("ArrowRight")
        assert reader.do(ACTIVE) == marks[-1]
        press("Home")
        steps = len(marks) if len(marks) <= SMALL else 6
        visited = [reader.do(ACTIVE)]
        for k in range(1, steps):
            press(("ArrowRight", "ArrowDown")[k % 2])
            visited.append(reader.do(ACTIVE))
        assert visited == marks[:steps], slug
        for key in ("ArrowLeft", "ArrowUp")[: steps - 1]:
            press(key)
        assert reader.do(ACTIVE) == marks[max(0, steps - 3)]
        for key in ("Enter", "Space"):
            press(key)
            assert reader.dialog()["open"], (slug, key)
            press("Escape")
            assert reader.do(ACTIVE) == marks[max(0, steps - 3)]


def test_all_of_it_can_be_reached_from_the_top_by_keys_alone(reader, figures):
    """The tab key goes from the top through filters, figures, files and tables, and no focus is hidden below the bar of filters."""
    reader.do("() => { document.activeElement.blur(); scrollTo(0, 0); getSelection().removeAllRanges(); }")
    reader.page.reload()
    seen, hidden = [], []
    for _ in range(400):
        reader.page.keyboard.press("Tab")
        at = reader.do("""() => {
            const one = document.activeElement, bar = document.getElementById("filters").getBoundingClientRect(), box = one.getBoundingClientRect();
            const below = !one.closest("#filters") && box.height && box.top >= bar.top && box.bottom <= bar.bottom && getComputedStyle(document.getElementById("filters")).position === "sticky";
            return [one.tagName, one.closest(".plate")?.id ?? one.closest("[id]")?.id ?? "", Boolean(one.closest(".sheet")), Boolean(below)];
        }""")
        seen.append(at)
        hidden += [at] * at[3]
        if at[:2] == ["BODY", ""] or at[1] == "categories_over_time":
            break
    stops = [slug for _, slug, on_sheet, _ in seen if on_sheet]
    assert {*stops, "categories_over_time"} == set(figures)
    assert len(stops) == len(set(stops))
    assert sum(tag == "SELECT" for tag, *_ in seen) == 4
    assert hidden == []


def test_every_row_with_evidence_opens_from_its_table(reader):
    for slug, figure in reader.figures().items():
        buttons = reader.do(
            """(slug) => {
                const found = [], section = document.getElementById(slug), next = () => section.querySelectorAll(".pager button")[1];
                document.getElementById("evidence").open || document.getElementById("evidence").showModal();
                for (;;) {
                    for (const line of section.querySelectorAll("tbody tr")) {
                        const opener = line.querySelector("th button");
                        opener?.click();
                        found.push([line.querySelector("th").textContent, opener ? `${document.getElementById("evidence-title").textContent}: ${document.getElementById("evidence-numbers").textContent}` : null,
                            opener ? document.querySelector("#evidence-pager .count").textContent : null]);
                    }
                    if (!next() || next().disabled) break;
                    next().click();
                }
                document.getElementById("evidence").close();
                return found;
            }""",
            slug,
        )
        assert [label for label, *_ in buttons] == [row[1] for row in figure["rows"]], slug
        for (label, title, count), row in zip(buttons, figure["rows"], strict=True):
            assert (title is not None) == (row[4] > 0), (slug, row)
            if title is not None:
                assert title.startswith(f"{label}: ")
                assert count.endswith(f"of {row[4]:,} pieces of evidence")


def test_what_the_summary_says_opens_its_evidence(reader):
    openers = reader.page.locator("#summary .open")
    assert openers.count() >= 8
    for opener in openers.all():
        opener.click()
        row = reader.figures()[opener.get_attribute("data-figure")]["rows"][int(opener.get_attribute("data-row"))]
        told = reader.dialog()
        assert told["open"]
        assert told["title"].startswith(f"{row[1]}: ")
        assert told["count"].endswith(f"of {row[4]:,} pieces of evidence")
        reader.page.keyboard.press("Escape")
        assert opener.evaluate("(one) => document.activeElement === one")
