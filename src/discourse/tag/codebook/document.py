"""A codebook's YAML as lists, mappings and text: every word and number as it is written, only `true`, `false` and nothing told apart.

So `no` is no truth value, 1.10 keeps its nought, and no tag can make anything else. Aliases and keys given twice are refused.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from discourse.errors import CodebookError

__all__ = ["read_document"]

LARGEST = 2_000_000
PLAIN = {"": None, "~": None, "null": None, "true": True, "false": False}


class _Loader(yaml.BaseLoader):
    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            event = self.get_event()  # type: ignore[no-untyped-call]
            raise yaml.MarkedYAMLError(problem=f"an alias, *{event.anchor}; write out what it stands for", problem_mark=event.start_mark)
        return super().compose_node(parent, index)

    def construct_scalar(self, node: Any) -> Any:
        value = super().construct_scalar(node)
        if any("\ud800" <= letter <= "\udfff" for letter in value):
            raise yaml.MarkedYAMLError(problem="half of a character (a surrogate)", problem_mark=node.start_mark)
        return PLAIN.get(value, value) if node.style is None else value

    def construct_mapping(self, node: Any, deep: bool = False) -> Any:
        if isinstance(node, yaml.MappingNode):
            seen: set[str] = set()
            for key, _ in node.value:
                if not isinstance(key, yaml.ScalarNode) or key.value in seen:
                    what = f"the key {key.value[:60]!r} is given twice" if isinstance(key, yaml.ScalarNode) else "a key that is no word"
                    raise yaml.MarkedYAMLError(problem=what, problem_mark=key.start_mark)
                seen.add(key.value)
        return super().construct_mapping(node, deep)


def read_document(data: bytes, path: Path) -> Any:
    """Return what a YAML file holds.

    Raises
    ------
    CodebookError : it is too large, or cannot be parsed; the message is one line and names line and column.
    """
    if len(data) > LARGEST:
        raise CodebookError(f"{path}: {len(data):,} bytes; a codebook has {LARGEST:,} at most.")
    try:
        return yaml.load(data, Loader=_Loader)  # noqa: S506, a loader that makes lists, mappings and text only
    except (yaml.YAMLError, ValueError) as error:
        raise CodebookError(f"{path}: cannot be read ({' '.join(str(error).split())[:300]}).") from error
    except RecursionError as error:
        raise CodebookError(f"{path}: cannot be read (lists or mappings that are nested too deeply).") from error
