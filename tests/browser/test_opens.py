"""The page opens from disk with the network off, without a complaint, also for hardly any posts, and says the most with scripts off."""

import pytest


@pytest.fixture(scope="module")
def reader(report, reading):
    with reading(report.page) as reader:
        yield reader


def test_it_opens_without_a_complaint_and_fetches_nothing(reader):
    assert reader.complaints == []
    assert reader.fetched == []
    assert [address.split(":")[0] for address in reader.asked] == ["file"]


def test_every_figure_is_drawn_and_answers_a_question(reader, report):
    pictures = reader.do("() => [...document.querySelectorAll('.plate img')].map((one) => [one.naturalWidth, one.naturalHeight, one.alt])")
    assert len(pictures) == len(reader.figures()) == 19
    assert all(wide > 100 and high > 100 and len(alt) > 40 for wide, high, alt in pictures)
    assert all(text.endswith("?") for text in reader.do("() => [...document.querySelectorAll('.plate h3')].map((one) => one.textContent)"))


def test_every_link_within_the_page_leads_somewhere(reader):
    assert (
        reader.do(
            "() => [...document.querySelectorAll('a[href^=\"#\"]')].filter((one) => !document.querySelector(one.hash)).map((one) => one.hash)"
        )
        == []
    )


def test_a_script_that_is_not_the_pages_own_does_not_run_and_is_heard_of(report, reading):
    with reading(report.page) as reader:
        reader.do(
            "() => { const one = document.createElement('script'); one.textContent = 'window.hacked = 1'; document.body.append(one); }"
        )
        reader.do("() => { const one = document.createElement('img'); one.src = 'https://example.org/a.png'; document.body.append(one); }")
        reader.do("() => fetch('https://example.org/').catch(() => null)")
        assert reader.do("() => window.hacked ?? null") is None
        heard = " ".join(reader.complaints)
        assert all(f"policy {kind}" in heard for kind in ("script-src-elem", "img-src https://example.org/a.png", "connect-src"))


def test_with_scripts_off_summary_figures_first_rows_and_a_notice_are_there(report, reading):
    with reading(report.page, java_script_enabled=False) as reader:
        page = reader.page
        assert page.locator("#summary h3").count() == 6
        assert page.locator("#best tbody tr").count() >= 3
        assert page.locator(".plate img").count() == page.locator(".plate table").count() == 19
        assert all(1 <= section.locator("tbody tr").count() <= 12 for section in page.locator(".plate").all())
        assert page.locator("noscript p").is_visible()
        assert not page.locator(".file").first.is_visible()
        assert page.get_by_text("The first 12 of").first.is_visible()


@pytest.mark.parametrize("kind", ["one post", "posts without categories and dates"])
def test_a_report_of_hardly_anything_opens_without_a_complaint(kind, page_dump, tmp_path, written_of, reading):
    folder = page_dump
    if kind != "one post":
        folder = tmp_path / "undated"
        folder.mkdir()
        for name, text in {
            "one": "The ministry blocks websites.",
            "two": "The internet helps activists organise.",
            "three": "It rained.",
        }.items():
            (folder / f"{name}.md").write_text(f"---\ntitle: {name}\n---\n{text}\n", encoding="utf-8")
    made = written_of(folder, tmp_path)
    with reading(made.page) as reader:
        figures = reader.figures()
        assert len(figures) == 19
        for slug, figure in figures.items():
            for index in [k for k, row in enumerate(figure["rows"]) if row[4]][:3]:
                reader.open_row(slug, index)
                assert len(reader.things()) == figure["rows"][index][4]
        assert reader.complaints == reader.fetched == []
