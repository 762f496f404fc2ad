"""Text dumps: `page_text`, as copied from a browser, and `main_text`, as an extractor leaves it; the rest parts what runs together."""

__all__ = ["main_text", "page_text"]
