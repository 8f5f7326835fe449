"""What readers download, without what only people read: the comments, and the white space that means nothing."""

import tinycss2
from rjsmin import jsmin as packed_script
from tinycss2.ast import Node

__all__ = ["packed_script", "packed_styles"]


def packed_styles(text: str) -> str:
    """A stylesheet that says the same to a browser: white space goes only where no selector or value can need it."""
    return tinycss2.serialize(_packed(tinycss2.parse_component_value_list(text, True)))


def _packed(nodes: list[Node]) -> list[Node]:
    """What stands in a sheet, a block or a bracket."""
    kept: list[Node] = []
    for node in nodes:
        if node.type == "whitespace":
            if not kept or kept[-1].type == "whitespace" or _parts(kept[-1]):
                continue
            node.value = " "
        elif _parts(node) and kept and kept[-1].type == "whitespace":
            kept.pop()
        if node.type == "function":
            node.arguments = _packed(node.arguments)
        elif node.type.endswith(" block"):
            node.content = _packed(node.content)
        kept.append(node)
    if kept and kept[-1].type == "whitespace":
        kept.pop()
    return kept


def _parts(node: Node) -> bool:
    """Whether it parts what stands before it from what follows, with or without a blank."""
    return node.type == "{} block" or node in (";", ",")
