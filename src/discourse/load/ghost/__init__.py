"""Ghost: the `export` of a blog; `editor` turns what its editors keep into HTML."""

__all__ = ["export"]
