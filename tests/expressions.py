"""Every regular expression of the product, found by syntax tree, and the texts that are worst for each.

The texts are made from the expression itself: what comes before each repeat, what it repeats, what would have to come
behind and does not. So one that is written tomorrow is tried as well.
"""

import ast
import importlib
import re
from collections import defaultdict
from pathlib import Path
from re import _compiler as compiler
from re import _constants as kinds
from re import _parser as parser
from typing import NamedTuple

from tests.tools import ROOT

ROOMS = ("articles", "authors", "newsroom")
CALLS = {"compile", "search", "match", "fullmatch", "sub", "subn", "split", "findall", "finditer"}
AT_ONE_PLACE = {"match", "fullmatch"}
PLACE_OF_FLAGS = {"compile": 1, "sub": 4, "subn": 4, "split": 3}
TRIED = [*"aAz1 \n.-<>\"'&=/:,;(é—я面[*_`\u0301\u200d"]  # signs, beside those of the expression
MANY = 50  # a repeat that may be longer than this is tried
MOST_PUMPED = 4  # signs of each repeat
# Characters; of a longer one the text is longer too, so that it stands there as often.
LONG_UNIT = 20
ONE_SIGN = {kinds.IN, kinds.ANY, kinds.LITERAL, kinds.NOT_LITERAL}
REPEATS = {kinds.MAX_REPEAT, kinds.MIN_REPEAT, kinds.POSSESSIVE_REPEAT}


class Expression(NamedTuple):
    place: str  # "articles.text.body: RENAMED", or its module and source when it has no name
    pattern: re.Pattern
    is_tried_everywhere: (
        bool  # it may begin at each place of a text, and not only where it is asked
    )

    def seconds(self, clock, text: str) -> float:
        text = text if isinstance(self.pattern.pattern, str) else text.encode()
        begun = clock()
        if self.is_tried_everywhere:
            for _ in self.pattern.finditer(text):
                pass
        else:
            self.pattern.match(text)
            self.pattern.fullmatch(text)
        return clock() - begun


def expressions() -> tuple[list[Expression], list[str]]:
    """All that are written in the product, and the places of those that are put together when they are used."""
    trees = {
        path: ast.parse(path.read_text())
        for room in ROOMS
        for path in sorted((ROOT / room).rglob("*.py"))
        if "migrations" not in path.parts
    }
    found, unknown, methods = [], [], methods_called(trees.values())
    for path, tree in trees.items():
        module = name_of_module(path)
        names = names_in(tree)
        for call in (node for node in ast.walk(tree) if is_of_re(node)):
            namespace = dict(vars(importlib.import_module(module)))
            name = names.get(call)
            place = f"{module}: {name or ast.unparse(call.args[0])}"
            try:
                pattern = re.compile(value_of(call.args[0], namespace), flags_of(call, namespace))
            except NameError:
                unknown.append(place)
                continue
            used = methods[name] & CALLS if call.func.attr == "compile" else {call.func.attr}
            found.append(Expression(place, pattern, not used or not used <= AT_ONE_PLACE))
    return found, unknown


def name_of_module(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def is_of_re(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in CALLS
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "re"
    )


def names_in(tree: ast.Module) -> dict[ast.AST, str]:
    """{whatever stands in the value of a name: the name}"""
    return {
        node: target.id
        for assignment in tree.body
        if isinstance(assignment, ast.Assign)
        for target in assignment.targets
        if isinstance(target, ast.Name)
        for node in ast.walk(assignment.value)
    }


def methods_called(trees) -> dict[str, set[str]]:
    """{name: what anybody asks of something that has it}"""
    found = defaultdict(set)
    for tree in trees:
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name | ast.Attribute):
                found[getattr(node.value, "id", None) or node.value.attr].add(node.attr)
    return found


def value_of(node: ast.expr, namespace: dict):
    return eval(compile(ast.Expression(node), "an expression", "eval"), namespace)


def flags_of(call: ast.Call, namespace: dict) -> int:
    place = PLACE_OF_FLAGS.get(call.func.attr, 2)
    given = [word.value for word in call.keywords if word.arg == "flags"] or call.args[
        place : place + 1
    ]
    return value_of(given[0], namespace) if given else 0


class Repeat(NamedTuple):
    before: str
    repeated: str
    behind: str


class Worst:
    """The texts that are worst for one expression."""

    def __init__(self, pattern: re.Pattern):
        self.flags = pattern.flags
        source = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode()
        self.signs = list(dict.fromkeys([*TRIED, *source]))
        self.of_nodes, self.groups, self.repeats = {}, {}, []
        tree = parser.parse(
            source, pattern.flags | (re.UNICODE if isinstance(pattern.pattern, bytes) else 0)
        )
        self.walk(tree, "", "")
        if not self.repeats:
            self.repeats.append(Repeat("", self.text_of(tree) or "a", ""))

    def signs_of(self, node: tuple) -> list[str]:
        """Those which a node of one sign takes."""
        key = repr(node)
        if key not in self.of_nodes:
            state = parser.State()
            state.flags = self.flags
            alone = compiler.compile(parser.SubPattern(state, [node]), self.flags)
            self.of_nodes[key] = [sign for sign in self.signs if alone.fullmatch(sign)]
        return self.of_nodes[key]

    def text_of(self, tree) -> str:
        """A short text that it takes, as far as that is seen node by node."""
        return "".join(self.text_of_node(*node) for node in tree)

    def text_of_node(self, kind, value) -> str:
        if kind in ONE_SIGN:
            return next(iter(self.signs_of((kind, value))), "")
        if kind in REPEATS:
            return self.text_of(value[2]) * value[0]
        if kind == kinds.GROUPREF:
            return self.groups.get(value, "")
        parts = parts_of(kind, value)
        text = (
            self.text_of(parts[0]) if parts and kind not in (kinds.ASSERT, kinds.ASSERT_NOT) else ""
        )
        if kind == kinds.SUBPATTERN:
            self.groups[value[0]] = text
        return text

    def walk(self, tree, before: str, behind: str) -> None:
        for number, (kind, value) in enumerate(tree):
            ahead, after = (
                before + self.text_of(tree[:number]),
                self.text_of(tree[number + 1 :]) + behind,
            )
            if kind in REPEATS and value[1] > MANY:
                self.repeats += [
                    Repeat(ahead, text, after) for text in self.repeated(value[2], after)
                ]
            for part in parts_of(kind, value):
                self.walk(part, ahead, after)

    def repeated(self, tree, after: str) -> list[str]:
        """What the repeat takes; first of all what comes behind it, which it may have taken wrongly."""
        if len(tree) == 1 and tree[0][0] in ONE_SIGN:
            return sorted(self.signs_of(tree[0]), key=lambda sign: sign not in after)[:MOST_PUMPED]
        return [text] if (text := self.text_of(tree)) else []

    def texts(self, size: int) -> set[str]:
        """Of `size` characters, or as many times more as what is said over and over is longer than twenty."""
        made = set()
        for before, repeated, behind in self.repeats:
            unfinished = behind[:-1]
            for first, unit, last in (
                (before, repeated, ""),
                (f" {before}", repeated, "\0"),
                (f"\0{before}", repeated, "\0"),
                ("", before + repeated, ""),
                ("", f"{before}{repeated} ", ""),
                ("", before, "\0"),
                ("", before + repeated + behind, "\0"),
                ("", before + repeated + unfinished, ""),
            ):
                if unit:
                    length = size * max(1, len(unit) // LONG_UNIT)
                    made.add(f"{first}{unit * (length // len(unit))}{last}")
        return made


def parts_of(kind, value) -> list:
    """What stands within a node."""
    if kind == kinds.BRANCH:
        return value[1]
    if kind == kinds.SUBPATTERN:
        return [value[3]]
    if kind == kinds.ATOMIC_GROUP:
        return [value]
    if kind in REPEATS:
        return [value[2]]
    if kind in (kinds.ASSERT, kinds.ASSERT_NOT):
        return [value[1]]
    if kind == kinds.GROUPREF_EXISTS:
        return [part for part in value[1:] if part]
    return []
