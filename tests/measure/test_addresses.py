"""Addresses: what leads to one page has one form, and what may not be one page has two."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from discourse.measure.addresses import address_of, addresses_in, host_of, is_own
from discourse.paths import resource_rows

ALIKE = [
    ("http://example.org/report", "https://example.org/report", "the scheme"),
    ("https://www.example.org/report", "https://example.org/report", "www"),
    ("https://example.org/report/", "https://example.org/report", "a slash at the end"),
    ("https://EXAMPLE.org/report", "https://example.org/report", "case of the host"),
    ("https://example.org:443/report", "https://example.org/report", "the usual port"),
    ("https://example.org/report#page=3", "https://example.org/report", "a place in the page"),
    ("https://example.org/report?utm_source=a&utm_medium=b", "https://example.org/report", "what follows readers"),
    ("https://example.org/r?b=2&a=1", "https://example.org/r?a=1&b=2", "the order of parameters"),
    ("https://example.org/r?a=1&fbclid=x", "https://example.org/r?a=1", "one parameter of two"),
    ("https://example.org/a%7Eb", "https://example.org/a~b", "an escape without need"),
    ("https://example.org/%EB%A7%9D", "https://example.org/망", "letters escaped"),
    ("https://web.archive.org/web/20190101000000/http://example.org/r", "https://example.org/r", "a copy in the archive"),
    ("https://web.archive.org/web/2019id_/https://example.org/r?a=1", "https://example.org/r?a=1", "a bare copy"),
    ("http://dx.doi.org/10.1000/ABC", "https://doi.org/10.1000/abc", "the hosts and case of a DOI"),
    ("www.example.org/r", "http://example.org/r", "an address without a scheme"),
]
UNLIKE = [
    ("https://example.org/Report", "https://example.org/report", "case of a path"),
    ("https://example.org/r?id=1", "https://example.org/r?id=2", "a parameter"),
    ("https://example.org/r?ref=main", "https://example.org/r", "a parameter that may carry meaning"),
    ("https://blog.example.org/r", "https://example.org/r", "another host"),
    ("https://example.org/r/1", "https://example.org/r", "a page below"),
    ("https://example.org:8080/r", "https://example.org/r", "another port"),
    ("https://example.org/#/a", "https://example.org/#/b", "a path that a script reads"),
    ("https://example.org/a%2Fb", "https://example.org/a/b", "a slash that is none"),
    ("https://example.org/%B0%A1", "https://example.org/%B0%A2", "letters in another encoding"),
    ("https://example.org/r.pdf", "https://example.org/r", "a file"),
]


@pytest.mark.parametrize(("one", "other", "why"), ALIKE)
def test_one_page_has_one_form(one, other, why):
    assert address_of(one).page == address_of(other).page, why


@pytest.mark.parametrize(("one", "other", "why"), UNLIKE)
def test_two_pages_have_two(one, other, why):
    assert address_of(one).page != address_of(other).page, why


@pytest.mark.parametrize("row", resource_rows("tracking_parameters.csv"), ids=lambda row: row["parameter"])
def test_every_tracking_parameter_has_an_example_that_needs_it(row):
    assert address_of(row["example"]).page == row["remains"]
    assert row["parameter"].rstrip("*") in row["example"].casefold()


@pytest.mark.parametrize(
    "url", [None, "", "soup", "http://", "http://[", "ftp://example.org/a", "mailto:a@example.org", "http://a b.org", "http://x.org:99999/"]
)
def test_what_is_no_address_is_none(url):
    assert address_of(url) is None
    assert host_of(url) is None


@pytest.mark.parametrize(
    ("url", "home"),
    [
        ("https://example.org", True),
        ("https://www.example.org/", True),
        ("https://example.org/a", False),
        ("https://example.org/?a=1", False),
    ],
)
def test_the_front_page_of_a_site_is_told(url, home):
    assert address_of(url).home is home


@given(st.text(alphabet="abcAB/%2F?&=~.-_#!:é망 ", max_size=40))
@example("://2")
def test_the_form_of_a_form_is_itself(rest):
    found = address_of(f"https://example.org/{rest.strip()}")
    assert found is None or address_of(found.page) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It stands at https://example.org/a.", ["https://example.org/a"]),
        ("(see http://example.org/a_(b)), www.example.net!", ["http://example.org/a_(b)", "www.example.net"]),
        ("“https://example.org/a” and <https://example.org/b>", ["https://example.org/a", "https://example.org/b"]),
        ("No address: www. or https:// alone.", []),
    ],
)
def test_printed_addresses_end_where_they_end(text, found):
    assert list(addresses_in(text)) == found


def test_own_hosts_hold_what_lies_below_them_and_no_more():
    own = frozenset(["example.org"])
    assert [is_own(host, own) for host in ("example.org", "a.example.org", "anexample.org", "org", None)] == [
        True,
        True,
        False,
        False,
        False,
    ]
