"""Chromium, the reports that it reads, and a reader who presses what can be pressed. Without Chromium everything here fails and says so."""

import contextlib
import os
import shutil
from typing import NamedTuple

import baited
import pytest
from playwright.sync_api import sync_playwright

from discourse import load_corpus, measure_corpus, tag_corpus
from discourse.pipeline.charts import Measured
from discourse.pipeline.leaving import Leaving
from discourse.pipeline.reporting import write_report
from discourse.report.printing import BROWSERS

SWITCHES = ["--disable-gpu", "--disable-background-networking", "--no-first-run", "--disable-component-update", "--disable-sync"]
WITHIN = ("file:", "data:", "blob:")  # all else is outside of the file
WATCHED = "addEventListener('securitypolicyviolation', (event) => console.error('policy', event.violatedDirective, event.blockedURI))"
DESK = {"width": 1280, "height": 900}


class Report(NamedTuple):
    """A report: its page, and the workspace that it is of."""

    page: object
    measured: Measured

    def leaving(self):
        """Return what its texts have passed."""
        return Leaving(self.measured.workspace)


class Reader:
    """Somebody who reads a page and presses things; `said` is what the console said, `asked` the addresses that were wanted."""

    def __init__(self, page):
        self.page, self.said, self.asked = page, [], []
        page.on("console", lambda message: self.said.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: self.said.append(f"error: {error}"))
        page.on("dialog", lambda dialog: (self.said.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        page.context.on("request", lambda request: self.asked.append(request.url))

    @property
    def complaints(self):
        """What the console said of errors and warnings, and dialogs of the browser."""
        return [text for text in self.said if text.startswith(("error", "warning", "dialog"))]

    @property
    def fetched(self):
        """What was wanted from outside of the file."""
        return [address for address in self.asked if not address.startswith(WITHIN)]

    def do(self, script, *given):
        """Run a function in the page."""
        return self.page.evaluate(script, *given)

    def figures(self):
        """Return the figures of the page: name -> its rows, and the rows that stand on it, in order."""
        return self.do("""() => Object.fromEntries([...figures.values()].map((figure) => [figure.slug, {
            rows: figure.rows, id: figure.id,
            marks: [...document.querySelectorAll(`#${figure.slug} .sheet button`)].map((mark) => Number(mark.dataset.row)),
        }]))""")

    def open_row(self, slug, index):
        """Press the row of a figure's table, turning its pages until it is there; no filter is set."""
        self.do(
            """([slug, index]) => {
                const section = document.getElementById(slug), turn = (k) => section.querySelectorAll(".pager button")[k];
                while (turn(0) && !turn(0).disabled) turn(0).click();
                for (let k = 0; k < Math.floor(index / 12); k++) turn(1).click();
                section.querySelectorAll("tbody tr")[index % 12].querySelector("button").click();
            }""",
            [slug, index],
        )

    def dialog(self):
        """Return what the dialog says now."""
        return self.do("""() => ({
            open: document.getElementById("evidence").open, title: `${document.getElementById("evidence-title").textContent}: ${document.getElementById("evidence-numbers").textContent}`,
            about: document.getElementById("evidence-about").textContent,
            count: document.querySelector("#evidence-pager .count")?.textContent, shown: document.querySelectorAll("#things > li").length,
        })""")

    def things(self):
        """Return everything that the dialog lists, from its first page to its last, and close it."""
        return self.do("""() => {
            const found = [], next = () => document.querySelectorAll("#evidence-pager button")[1];
            for (;;) {
                for (const item of document.querySelectorAll("#things > li")) {
                    const [head, ...rest] = item.children, text = rest.find((one) => !one.className), mark = text?.querySelector("mark");
                    found.push({
                        title: head.textContent, href: head.querySelector("a")?.getAttribute("href") ?? "", text: text?.textContent ?? "",
                        before: mark?.previousSibling?.textContent ?? "", marked: mark?.textContent ?? "",
                        meta: item.querySelector(".meta").textContent,
                    });
                }
                if (!next() || next().disabled) break;
                next().click();
            }
            document.getElementById("evidence").close();
            return found;
        }""")

    def choose(self, **filters):
        """Set filters by their names, also while the dialog is open; those not named are taken back."""
        self.do(
            """(filters) => {
                const form = document.getElementById("filters");
                for (const one of form.querySelectorAll("select")) one.value = filters[one.name] ?? "";
                form.dispatchEvent(new Event("change"));
            }""",
            filters,
        )


@pytest.fixture(scope="session")
def chromium():
    """Return a Chromium that is driven."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        pytest.fail(f"these tests need Chromium, and none of {', '.join(BROWSERS)} is installed: apt install chromium")
    root = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=[*SWITCHES, *root])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def reading(chromium):
    """Return a way to read a page with the network off; options are those of Playwright's contexts."""

    @contextlib.contextmanager
    def read(file, **options):
        context = chromium.new_context(
            **{"viewport": DESK, "offline": True, "reduced_motion": "reduce", "accept_downloads": True} | options
        )
        if options.get("java_script_enabled", True):
            context.add_init_script(WATCHED)
        reader = Reader(context.new_page())
        reader.page.goto(file.as_uri())
        yield reader
        context.close()

    return read


@pytest.fixture(scope="session")
def report(sample, root, tmp_path_factory):
    """Return the report of the sample, measured with its hand codes."""
    home = tmp_path_factory.mktemp("browser")
    shutil.copytree(sample, home / "sample")
    measure_corpus(home / "sample", gold=root / "data" / "raw" / "sample" / "codes" / "framings.jsonl", split="measure")
    measured = Measured(home / "sample")
    return Report(write_report(measured, home / "out")[0], measured)


@pytest.fixture(scope="session")
def trap(tmp_path_factory):
    """Return the report of posts that would run, break or forge something if they could."""
    home = tmp_path_factory.mktemp("trap")
    return written(baited.write(home / "trap"), home)


@pytest.fixture(scope="session")
def written_of():
    """Return a way to write the report of a folder of posts."""
    return written


def written(folder, home):
    load_corpus(folder, home / "w")
    tag_corpus(home / "w")
    measure_corpus(home / "w")
    measured = Measured(home / "w")
    return Report(write_report(measured, home / "out")[0], measured)
