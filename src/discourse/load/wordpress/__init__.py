"""WordPress: `pages` as a browser shows them, answers of its REST `api`, and its `export` (WXR); the rest serves them."""

__all__ = ["api", "export", "pages"]
