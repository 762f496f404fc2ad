"""Pages and exports made hostile: each mutation takes bytes and a source of chance, and returns bytes."""

import re

BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE b [<!ENTITY a "ha">'
    + b"".join(b'<!ENTITY %c "%s">' % (ord("a") + n, b"&%c;" % (ord("a") + n - 1) * 10) for n in range(1, 10))
    + b"]>"
)
OUTSIDE = b'<?xml version="1.0"?><!DOCTYPE b [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
PATHS = (
    b"../../../../etc/passwd",
    b"/etc/passwd",
    b"..%2f..%2fescaped",
    b"C:\\escaped",
    b"a" * 5000,
    b"\x00",
    b"javascript:evil()",
    b"http://[::1",
)
TAG = re.compile(rb"<[^<>]{1,300}>")
TEXT = re.compile(rb">([^<>]{4,200})<")
VALUE = re.compile(rb'(?:href|content|datetime|title|id|class)="([^"]{1,200})"|"(\w+)": ?("[^"]{0,80}"|\d+|\[|\{)')
DATE = re.compile(rb"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}")
DEEP = 10_000


def cut(data, chance):
    return data[: chance.randrange(len(data) + 1)]


def cut_out(data, chance):
    start = chance.randrange(len(data) + 1)
    return data[:start] + data[start + chance.randrange(2000) :]


def noise(data, chance):
    spots = bytearray(data)
    for _ in range(chance.randrange(1, 200) if data else 0):
        spots[chance.randrange(len(spots))] = chance.randrange(256)
    return bytes(spots)


def nuls(data, chance):
    for _ in range(20):
        place = chance.randrange(len(data) + 1)
        data = data[:place] + b"\0" * chance.randrange(1, 9) + data[place:]
    return data


def tags_lost(data, chance):
    return TAG.sub(lambda m: b"" if chance.random() < 0.2 else m[0], data)


def tags_doubled(data, chance):
    return TAG.sub(lambda m: m[0] * chance.choice((1, 1, 1, 2, 30)), data)


def deep(data, chance):
    places = [m.end() for m in TAG.finditer(data)] or [0]
    place = chance.choice(places)
    tag = chance.choice((b"<div>", b"<b>", b"<ul><li>", b"<blockquote>", b"<table><tr><td>", b"<x:y>", b"[", b'{"a":', b"> "))
    return data[:place] + tag * DEEP + data[place:]


def bomb(data, chance):
    return chance.choice((BOMB, OUTSIDE)) + TEXT.sub(
        lambda m: b">&j;<" if chance.random() < 0.1 else m[0], re.sub(rb"^\s*<\?xml[^>]*>", b"", data)
    )


def recoded(data, chance):
    return data.decode("utf-8", "replace").encode(chance.choice(("euc-kr", "cp1252", "utf-16", "shift-jis", "koi8-r")), "replace")


def scripts(data, chance):
    evil = b"<script>alert('x')</script><img src=x onerror=evil()>"
    return TEXT.sub(lambda m: b">" + evil + m[1] + b"<" if chance.random() < 0.3 else m[0], data)


def values(data, chance):
    def other(match):
        if chance.random() > 0.15:
            return match[0]
        inner = match[1] if match[1] is not None else match[3]
        wrong = (
            PATHS if match[1] is not None else (b"null", b"[]", b"{}", b"-1e400", b'["a", 1, null]', b"1e99", b"true", b'"\\ud800"', b'"x"')
        )
        return match[0].replace(inner, chance.choice(wrong), 1)

    return VALUE.sub(other, data)


def dates(data, chance):
    wrong = (b"0000-00-00", b"31/02/2021", b"99/99/9999", b"2021-13-45", b"", b"1e9", "２０２１-01-01".encode(), b"0001-01-01")
    return DATE.sub(lambda m: chance.choice(wrong) if chance.random() < 0.5 else m[0], data)


def long_line(data, chance):
    place = chance.randrange(len(data) + 1)
    return (
        data[:place]
        + chance.choice((b"a", b"[1]", b"By A", b"1/2/2021 ", b"&amp;", b"((", b"[caption", b"\n", b"- ", b"*")) * 30_000
        + data[place:]
    )


MUTATIONS = (cut, cut_out, noise, nuls, tags_lost, tags_doubled, deep, bomb, recoded, scripts, values, dates, long_line)


def mutated(data, chance):
    """Return the data after one to three mutations."""
    for mutation in chance.sample(MUTATIONS, chance.randrange(1, 4)):
        data = mutation(data, chance)
    return data
