"""YAML that names each key once: of two values for one key, YAML's readers take the last and drop the other."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

import yaml

__all__ = ["DuplicateKey", "load_yaml"]


class DuplicateKey(yaml.constructor.ConstructorError):
    """A key that stands in one mapping twice; ``problem`` names it, ``problem_mark`` is where it stands again."""


class _UniqueKeyLoader(yaml.SafeLoader):
    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen = set()
        for key, _ in node.value:
            if isinstance(key, yaml.ScalarNode):
                if (key.tag, key.value) in seen:
                    raise DuplicateKey(None, None, f"the key {key.value[:40]!r} stands here again", key.start_mark)
                seen.add((key.tag, key.value))
        return super().construct_mapping(node, deep)


def load_yaml(text: str) -> Any:
    """The value of a YAML document, with plain values only.

    Raises `DuplicateKey`, and `yaml.YAMLError` of which it is one, with a ``problem_mark``; `ValueError` and
    `RecursionError`, which PyYAML lets through.
    """
    return yaml.load(text, _UniqueKeyLoader)  # noqa: S506  # a safe loader, which only refuses more
