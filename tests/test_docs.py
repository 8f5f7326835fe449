"""Documents, comments and docstrings name what is there: files, links and tests that moved are named anew."""

import ast
import io
import re
import subprocess
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.files
ROOT = Path(__file__).parent.parent
OF_ITS_DAY = "Names as of its day"  # at the head of a decision that is left as it was written
FILE = re.compile(r"(?<![\w./-])[\w*-]+(?:[./][\w*-]+)*\.(?:py|js|mjs|css|html|md|toml)(?![\w/])")
FOLDER = re.compile(r"(?<=`)(?:articles|authors|docs|fixtures|newsroom|tests)/(?:[\w-]+/)*(?=`)")
TEST = re.compile(r"(?<![\w.])test_\w+(?![\w.])")
LINK = re.compile(r"\]\((?!https?:)([^)#]+)")
# Pages of others, what is made at run time, and what an outlet makes itself.
NOT_OURS = re.compile(r"(?:schema|sqlite)\.org/|www\.|var/|our-paper/")


def files() -> list[str]:
    asked = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [name for name in listed.splitlines() if (ROOT / name).is_file()]


def is_there(name: str, ours: list[str]) -> bool:
    """Whether a file has this path, whole or from some folder on; `*` stands for what the name leaves open."""
    pattern = re.compile(r"(?:.*/)?" + re.escape(name).replace(r"\*", "[^/]*"))
    return any(pattern.fullmatch(path) for path in ours)


def named_tests(ours: list[str]) -> set[str]:
    python = [ROOT / name for name in ours if name.startswith("tests/") and name.endswith(".py")]
    words = (re.findall(r"\bdef (test_\w+)", path.read_text("utf-8")) for path in python)
    return {name for each in words for name in each} | {path.stem for path in python}


def words_of_a_program(source: str) -> Iterator[str]:
    """Its comments and docstrings."""
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            yield token.string
    with_docstrings = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, with_docstrings):
            yield ast.get_docstring(node) or ""


def lost_names(text: str, ours: list[str], tests: set[str]) -> list[str]:
    """What the text names of ours and is not there."""
    named = [name for name in FILE.findall(text) if not NOT_OURS.match(name)]
    lost = [name for name in named if not is_there(name, ours)]
    lost += [name for name in FOLDER.findall(text) if not (ROOT / name).is_dir()]
    return lost + [name for name in TEST.findall(text) if name not in tests]


def test_documents_name_files_and_tests_that_are_there():
    ours = files()
    tests, lost = named_tests(ours), {}
    for name in ("README.md", *(path for path in ours if re.match(r"docs/.*\.md", path))):
        text = (ROOT / name).read_text("utf-8")
        gone = [] if OF_ITS_DAY in text else lost_names(text, ours, tests)
        gone += [link for link in LINK.findall(text) if not ((ROOT / name).parent / link).exists()]
        if gone:
            lost[name] = gone
    assert lost == {}


def test_comments_and_docstrings_name_files_and_tests_that_are_there():
    ours = files()
    tests, lost = named_tests(ours), {}
    for name in ours:
        if not name.endswith(".py") or "/migrations/" in name or name == "tests/test_docs.py":
            continue
        words = "\n".join(words_of_a_program((ROOT / name).read_text("utf-8")))
        if gone := lost_names(words, ours, tests):
            lost[name] = gone
    assert lost == {}


@pytest.mark.parametrize(
    ("planted", "found"),
    [
        ("see `articles/text/nowhere.py`", ["articles/text/nowhere.py"]),
        ("nowhere.py says so", ["nowhere.py"]),
        ("`articles/nowhere/` has them", ["articles/nowhere/"]),
        ("`articles/nowhere/*.py`", ["articles/nowhere/*.py"]),
        ("held by `test_that_nobody_wrote`", ["test_that_nobody_wrote"]),
        ("`articles/workflow.py`, `articles/copydesk/`, `articles/admin/photo*.py`", []),
    ],
)
def test_a_name_of_nothing_is_found(planted, found):
    ours = files()
    source = f'"""{planted}"""\n'
    assert lost_names("\n".join(words_of_a_program(source)), ours, named_tests(ours)) == found
