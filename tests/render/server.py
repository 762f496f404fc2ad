"""Test support: a web server on this machine that serves a rendered site, and behaves badly where it is told to."""

import gzip
import hashlib
import threading
import time
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit


class Site:
    """What a server serves: `pages`, path and query -> bytes; `rules`, path -> function that answers instead; `asked`, every path in order."""

    def __init__(self, pages):
        self.pages = dict(pages)
        self.rules = {}
        self.asked = []
        self.agents = set()
        self.port = 0

    @property
    def base(self):
        return f"http://127.0.0.1:{self.port}"

    def answer(self, handler):
        path = handler.path
        self.asked.append(path)
        self.agents.add(handler.headers.get("User-Agent", ""))
        rule = self.rules.get(path) or next(
            (rule for prefix, rule in self.rules.items() if prefix.endswith("*") and path.startswith(prefix[:-1])), None
        )
        if rule:
            rule(handler)
        elif path in self.pages or urlsplit(path).path in self.pages:
            body = self.pages.get(path, self.pages.get(urlsplit(path).path))
            send(handler, 200, body, kind="application/rss+xml" if body.lstrip()[:5] == b"<?xml" else "text/html; charset=utf-8")
        else:
            send(handler, 404, b"<html><body>Not here</body></html>")


def send(handler, status, body=b"", *, kind="text/html; charset=utf-8", **headers):
    """Answer, with an ETag; a request that holds it already is answered with 304."""
    tag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
    if status == 200 and handler.headers.get("If-None-Match") == tag:
        status, body = 304, b""
    handler.send_response(status)
    for name, value in {"Content-Type": kind, "Content-Length": str(len(body)), "ETag": tag, **headers}.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.end_headers()
    handler.wfile.write(body)


def redirect(target, status=302):
    return lambda handler: send(handler, status, Location=target)


def status(code, **headers):
    return lambda handler: send(handler, code, b"<html><body>No</body></html>", **headers)


def failing(times, code, body, **headers):
    """Answer so many times with a status, then with the page."""
    left = [times]

    def rule(handler):
        left[0] -= 1
        send(handler, *((code, b"") if left[0] >= 0 else (200, body)), **(headers if left[0] >= 0 else {}))

    return rule


def drip(handler):
    """Send a byte now and then, for ever."""
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html")
    handler.end_headers()
    with broken_pipe_ends():
        while True:
            handler.wfile.write(b"a")
            handler.wfile.flush()
            time.sleep(0.1)


def huge(handler, *, size=2_000_000_000, told=True):
    """Send a body of 2 GB, and say so or not."""
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html")
    if told:
        handler.send_header("Content-Length", str(size))
    handler.end_headers()
    with broken_pipe_ends():
        for _ in range(size // 1_000_000):
            handler.wfile.write(b"a" * 1_000_000)


def bomb(handler):
    """Send a gzip body that unpacks to a hundred times the bound."""
    send(handler, 200, gzip.compress(b"<p>" + b" " * 100_000_000), Content_Encoding="gzip")


def calendar(handler):
    """Answer with a month that leads to the next, without end."""
    month = int(handler.path.rpartition("/")[2] or 0)
    name = time.strftime("%B %Y", time.gmtime(month * 2_630_000))
    send(handler, 200, f'<html><body><h1>{name}</h1><a href="/calendar/{month + 1}">Next</a> No events.</body></html>'.encode())


@contextmanager
def broken_pipe_ends():
    with suppress(BrokenPipeError, ConnectionResetError):
        yield


@contextmanager
def serving(make_pages):
    """Serve a site while the block runs; `make_pages(base)` returns its pages. Yields the `Site`."""
    site = Site({})

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.0"

        def do_GET(self):
            with broken_pipe_ends():
                site.answer(self)

        def log_message(self, *_):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        site.port = server.server_address[1]
        site.pages = dict(make_pages(site.base))
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        try:
            yield site
        finally:
            server.shutdown()
