"""Tables: the `reader` turns rows into posts; `rows` opens the files."""

__all__ = ["reader"]
