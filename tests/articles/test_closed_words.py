"""Acts of the logbook, kinds of versions and origins: each in one list, and no row is written with another word."""

import ast
import re

import pytest
from django.core import serializers
from django.db import transaction

from articles import workflow
from articles.admin.bulk_actions import BATCHES
from articles.forms.transitions import STEPS
from articles.models import Act, Article, Correction, LogLine, Origin, Revision
from articles.models.logbook import REFUSALS, Tried, refusal_of
from authors.signals import AccountAct
from tests.builders import a_person, a_story
from tests.test_architecture import ROOT, sources

CALLED_WITH = {"record": 0, "log_refusal": 1, "moving": 1, "go_live": 1, "return_to_desk": 1}
NAMED = {"act", "act__in", "origin", "kind"}
MOVES = Act.values[: len(workflow.MOVES)]
WORDS = {*Act.values, *dict(REFUSALS), *Origin.values, *Revision.Kind.values}


def words_in(value) -> list[str]:
    """Strings that an expression may be, but for those of names and of parts of templates."""
    if isinstance(value, ast.IfExp):
        return words_in(value.body) + words_in(value.orelse)
    if isinstance(value, ast.Tuple | ast.List | ast.Set):
        return [word for each in value.elts for word in words_in(each)]
    if isinstance(value, ast.BoolOp):
        return [word for each in value.values for word in words_in(each)]
    return [value.value] if isinstance(value, ast.Constant) and value.value else []


def test_no_module_writes_or_asks_for_one_of_the_words_by_a_string_of_its_own():
    found = []
    for file in sources():
        for call in ast.walk(ast.parse(file.read_text("utf-8"))):
            if not isinstance(call, ast.Call):
                continue
            name = getattr(call.func, "attr", getattr(call.func, "id", ""))
            place = CALLED_WITH.get(name)
            given = call.args[place : place + 1] if place is not None else []
            given += [each.value for each in call.keywords if each.arg in NAMED]
            words = [word for value in given for word in words_in(value)]
            found += [f"{file.name}:{call.lineno}: {word}" for word in words if word in WORDS]
    assert found == []


def test_the_desk_calls_no_act_by_a_string_of_its_own():
    """The verb on a button is no act, and neither is the word that is typed to confirm a withdrawal."""
    found = []
    for file in sources("articles"):
        tree = ast.parse(file.read_text("utf-8"))
        apart = [
            node
            for node in ast.walk(tree)
            if isinstance(node, ast.Call)
            and getattr(node.func, "id", "") == "Move"
            or isinstance(node, ast.Assign)
            and getattr(node.targets[0], "id", "") == "__all__"
            or isinstance(node, ast.ClassDef)
            and node.name in ("Act", "Kind")
            or isinstance(node, ast.Compare)
            and "confirm" in ast.unparse(node)
        ]
        passed = {id(node) for each in apart for node in ast.walk(each)}
        found += [
            f"{file.name}:{node.lineno}: {node.value}"
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant)
            and id(node) not in passed
            and isinstance(node.value, str)
            and node.value in MOVES
        ]
    assert found == []


def test_what_templates_of_the_desk_compare_with_a_kind_of_version_is_one():
    found = [
        word
        for file in (ROOT / "articles/templates/admin").rglob("*.html")
        for word in re.findall(
            r"\b(?:mine|theirs|row|newest)\.kind == \"(\w+)\"", file.read_text("utf-8")
        )
    ]
    assert found
    assert set(found) <= set(Revision.Kind.values)


def test_every_table_of_acts_has_words_of_the_list():
    assert [*workflow.MOVES] == Act.values[: len(workflow.MOVES)]
    assert set(STEPS) == set(workflow.MOVES)
    assert set(BATCHES) <= {*Act.values, *Tried.values}
    assert set(AccountAct.values) < set(Act.values)
    assert set(Correction.Kind.values) < set(Revision.Kind.values)
    labels = [*Act.labels, *dict(REFUSALS).values()]
    assert len(set(labels)) == len(labels)


@pytest.mark.django_db
def test_the_logbooks_filter_offers_every_act_and_finds_it(desk):
    chief = a_person("Chief editor")
    browser, book = desk(chief), "/admin/articles/logline/"
    for act in Act:
        LogLine.objects.record(act, by=chief, why=f"Why of {act.name}.")
    LogLine.objects.record(refusal_of(Tried.ADD_TAG), by=chief, why="Why of no tag.")
    page = browser.get(book).content.decode()
    offered = re.findall(r'href="\?act=([^"&]+)"', page)
    assert [each.replace("%20", " ").replace("+", " ") for each in offered] == Act.values
    for act in Act:
        found = re.findall(
            r"Why of ([\w ]+)\.", browser.get(book, {"act": act.value}).content.decode()
        )
        wanted = {act.name} | ({"no tag"} if act == Act.REFUSED else set())
        assert set(found) == wanted


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("model", "column"),
    [(LogLine, "act"), (Revision, "kind"), (Revision, "origin"), (Article, "origin")],
)
def test_a_word_of_no_list_is_refused_on_every_road(model, column):
    a_story("Bread")
    row = model.objects.first()
    fixture = serializers.serialize("json", [row]).replace(
        f'"{column}": "{getattr(row, column)}"', f'"{column}": "made_up"'
    )
    assert "made_up" in fixture
    [loaded] = serializers.deserialize("json", fixture)
    loaded.object.pk = None  # a row that is here is kept, whatever is loaded over it
    roads = [loaded.save, lambda: model.objects.bulk_create([loaded.object])]
    if model is Article:
        roads.append(lambda: Article.objects.update(origin="made_up"))
    for road in roads:
        with pytest.raises(ValueError, match=f"{column} is never “made_up”"), transaction.atomic():
            road()


@pytest.mark.django_db
def test_nobody_signs_a_line_with_a_made_up_origin():
    with pytest.raises(ValueError, match="made up"):
        LogLine.objects.record(Act.CREATE, origin="made up")
    assert (
        LogLine.objects.record(Act.CREATE, origin=Origin.CONSOLE).by_name == "the server’s console"
    )
