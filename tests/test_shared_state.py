"""What threads share is written down here, each with the reason why that is safe; whatever else they come to share
fails a test.

A worker serves several people at once. A module, a class, an admin screen, a middleware, a filter and a widget exist
once for all of them. What they hold must be made when the program starts and never change, or belong to one request.
"""

import ast
import datetime
import enum
import importlib
import pathlib
import re
import sys
import types
import zoneinfo
from dataclasses import is_dataclass
from fnmatch import fnmatchcase
from functools import _lru_cache_wrapper, cache, cached_property
from inspect import signature

import pytest
from django.utils.functional import cached_property as django_cached_property

from tests.test_architecture import module_of, sources

pytestmark = pytest.mark.files

# Read by a process of its own, or by none: programs that begin and end.
PROGRAMS = {"newsroom.gunicorn", "newsroom.first_env", "newsroom.wsgi", "newsroom.settings"}
CANNOT_CHANGE = (
    str,
    bytes,
    int,
    float,
    complex,
    bool,
    type(None),
    types.EllipsisType,
    frozenset,
    range,
    re.Pattern,
    enum.Enum,
    datetime.date,
    datetime.time,
    datetime.timedelta,
    datetime.tzinfo,
    zoneinfo.ZoneInfo,
    pathlib.PurePath,
    types.FunctionType,
    types.BuiltinFunctionType,
    type,
    property,
    classmethod,
    staticmethod,
    types.MappingProxyType,
    types.ModuleType,
    types.MethodDescriptorType,
    types.GenericAlias,
    types.MemberDescriptorType,
)
CONTAINERS = (list, dict, set)  # nothing may write into them: the test after the next

# Objects that all threads use: the class, and why that is safe.
SHARED_OBJECTS = {
    "articles.text.tree.CollectorAtRest": "the process's collector; counts its threads under its lock",
    "articles.models.gate.Clock": "one moment, replaced whole; threads that race set it to nearly the same",
    "newsroom.foundation.database_file.Turns": "made to be shared: its count only tells whether anything goes on",
    "builtins.Cleaner": "nh3's: its settings are fixed when it is made; each call parses into a tree of its own",
    "logging.Logger": "locks itself",
    "django.dispatch.dispatcher.Signal": "receivers are connected at the start; sending takes a lock of its own",
    "django.template.library.Library": "filled while its module is imported",
    "django.core.validators.RegexValidator": "holds a pattern and a sentence",
    "django.db.models.query_utils.Q": "combining makes another; a query resolves a copy",
    "django.db.models.expressions.NegatedExpression": "likewise",
    "django.db.models.query_utils.DeferredAttribute": "the descriptor of a column; the value lies in the row",
    "django.db.models.fields.related_descriptors.*": "the descriptor of a relation; the value lies in the row",
    "django.db.models.manager.ManagerDescriptor": "a manager makes a new queryset for each query",
    "django.db.models.fields.*": "a column's description, fixed by the model",
    "django.utils.functional.lazy.*": "a sentence that is translated where it is printed",
    "django.urls.resolvers.URLPattern": "an address and its view",
    "django.urls.resolvers.URLResolver": "addresses below another; made at the start, filled under Django's own lock",
    "django.forms.widgets.*": "a form copies its widgets; a script's address is only printed",
    "django.contrib.admin.widgets.*": "likewise",
    "taggit.managers.TaggableManager": "makes a manager for each story",
    "ninja.main.NinjaAPI": "addresses are registered while modules are imported",
    "*collections._tuplegetter": "the descriptor of a named tuple's field",
    "typing._AnnotatedAlias": "a type",
}
# What is remembered between requests: the function, and why the answer is right for whoever asks next.
REMEMBERED = {
    "articles.text.tree.remembered_tree": "a tree follows from its text; whoever reads one changes nothing in it",
    "newsroom.interchange.dates.zone_names": "the names of time zones follow from the machine's list of them",
    "newsroom.icons.square": "an icon follows from the file's path and the letter; nobody draws on it",
    "newsroom.icons.png": "likewise, and from the size; bytes",
    "newsroom.icons.ico": "likewise; bytes",
    "newsroom.foundation.paths.path_to": "an address follows from its arguments and the list of addresses",
    "articles.templatetags.cards.remembered": "a card follows from its value, the clock's zone and the language",
    "articles.templatetags.cards.remembered_line": "likewise, and from the day",
    "articles.templatetags.cards.remembered_opinion": "likewise",
    "articles.templatetags.cards.remembered_bio": "likewise",
    "newsroom.templatetags.chrome.remembered": "the chrome follows from what it is given, the language among it",
    "newsroom.outlet.chrome_query": "SQL follows from the database's kind; moments are put in for each page",
    "newsroom.foundation.database_file.first_seen": "which file a program found first tells it from any other",
    "newsroom.readiness.migrations": "names of files that come with the program",
    "newsroom.readiness.tables": "names of tables that follow from the program's models",
    "newsroom.search.words.variants": "letters in, letters out; each word has a stemmer of its own",
    "newsroom.search.words.remembered_plain": "letters in, letters out",
    "newsroom.search.words.remembered_token": "letters in, letters out; each word has a stemmer of its own",
}
# Worked out once for each object: the class, and whose object it is.
WORKED_OUT_ONCE = {
    "articles.admin.lists.BoundedPaginator": "one for each list page",
    "articles.copydesk.problem.Copy": "one for each check of a story",
    "newsroom.interchange.sample.Sample": "one for each document",
    "newsroom.outlet.Outlet": "one for each request",
}
# Classes that write into themselves after they are made: whose object it is.
OWN_STATE = {
    "articles.text.tree.CollectorAtRest": "counts the threads of the process, under its lock",
    "articles.models.gate.Clock": "one for each process; a moment replaced whole, by whichever thread is later",
    "newsroom.foundation.database_file.Turns": "one for each process; a count of which only a change matters",
    "newsroom.arrivals.Connection": "one for each connection",
    "newsroom.arrivals.Worker": "the server's worker, one for each process; its own threads hand connections over",
    "articles.text.bounds.Elements": "one for each text",
    "articles.text.units.BlockBuilder": "one for each text that is cut into blocks",
    "articles.text.body_parts.Settling": "one for each text that is cleaned",
    "articles.text.bounds.Copied": "one for each text that is cleaned",
    "articles.story.comparison.Budget": "one for each comparison",
    "articles.front_page.curation.Builder": "one for each front page that is printed",
    "articles.forms.transitions.ChangeForm": "a form, one for each request",
    "articles.forms.transitions.WhenForm": "a form, one for each request",
    "newsroom.login.forms.LoginForm": "a form, one for each request",
    "newsroom.login.forms.OwnPasswordForm": "a form, one for each request",
    "articles.models.photo.Photo": "a row",
    "articles.models.section.Filed": "a row",
    "newsroom.foundation.former_names.AtItsAddress": "a row",
    "authors.models.Alias": "a row",
    "authors.models.Author": "a row",
    "newsroom.search.find.Respelling": "one for each query",
    "newsroom.management.commands.import_stories.Command": "a program that begins and ends",
    "newsroom.management.commands.loaddata.Command": "a program that begins and ends",
}
# Modules that change what belongs to the whole process.
OF_THE_PROCESS = {
    "articles.pictures.renditions": "a program of its own, started for one picture",
    "newsroom.env": "before any thread: it reads the settings",
    "newsroom.wsgi": "before any thread: it names the settings",
}
CHANGES_THE_PROCESS = re.compile(
    r"(?:translation|timezone)\.(?:de)?activate\(|(?<!\w)activate\(|os\.environ(?:\[[^\]]*\] *=[^=]|\.setdefault)"
    r"|os\.(?:chdir|umask)\(|setlocale\(|warnings\.(?:simplefilter|filterwarnings|catch_warnings)|signal\.signal\("
    r"|(?<!\w)settings\.[A-Z_]+ *=[^=]|setattr\(settings"
)
WRITES = {
    "append",
    "add",
    "update",
    "extend",
    "insert",
    "pop",
    "popitem",
    "remove",
    "discard",
    "clear",
    "setdefault",
    "sort",
    "reverse",
    "__setitem__",
}


@cache
def trees() -> list:
    """(module, its tree) of everything that threads share."""
    modules = [(module_of(file), file) for file in sources()]
    return [
        (module, ast.parse(file.read_text("utf-8")))
        for module, file in modules
        if module not in PROGRAMS
    ]


def assigned(body) -> set[str]:
    """The names that a module's or class's own lines bind, other than by `def`, `class` and `import`."""
    names = set()
    for node in body:
        if isinstance(node, ast.Assign | ast.AnnAssign | ast.AugAssign):
            for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
                names |= {each.id for each in ast.walk(target) if isinstance(each, ast.Name)}
        elif isinstance(node, ast.If | ast.Try | ast.With | ast.For):
            names |= assigned(ast.iter_child_nodes(node))
    return names


def holders(module: str, tree):
    """(name, object, names bound in it) of a module and of each class in it, as they are at run time."""
    home = importlib.import_module(module)
    yield module, home, assigned(tree.body)
    classes = [(module, home, node) for node in tree.body if isinstance(node, ast.ClassDef)]
    while classes:
        name, outer, node = classes.pop()
        here = vars(outer).get(node.name)
        if here is not None:  # `class Meta`, which Django reads and drops
            yield f"{name}.{node.name}", here, assigned(node.body)
            classes += [
                (f"{name}.{node.name}", here, each)
                for each in node.body
                if isinstance(each, ast.ClassDef)
            ]


def kind_of(value) -> str:
    return f"{type(value).__module__}.{type(value).__qualname__}"


def known(kind: str, table: dict) -> bool:
    return any(fnmatchcase(kind, each) for each in table)


def parts_of(value):
    """What it is made of: of a container or tuple what lies in it, however deep."""
    if isinstance(value, (*CONTAINERS, tuple)):
        for each in [*value, *value.values()] if isinstance(value, dict) else value:
            yield from parts_of(each)
    else:
        yield value


def cannot_change(value) -> bool:
    return isinstance(value, CANNOT_CHANGE) or (
        is_dataclass(value) and value.__dataclass_params__.frozen
    )


def is_fit(value) -> bool:
    """Whether threads may share it."""
    return all(
        cannot_change(each) or known(kind_of(each), SHARED_OBJECTS) for each in parts_of(value)
    )


def found_by_sweep():
    """(kind of finding, name, value) of everything that a module or class of ours holds."""
    for module, tree in trees():
        for name, holder, names in holders(module, tree):
            for each, value in vars(holder).items():
                mine = each in names or getattr(value, "__module__", None) == module
                if isinstance(value, _lru_cache_wrapper) and mine:
                    yield "remembered", f"{name}.{each}", value
                elif isinstance(value, cached_property | django_cached_property):
                    yield "worked out once", name, value
                elif each in names and not each.startswith("__"):
                    yield "held", f"{name}.{each}", value


def test_every_object_that_threads_share_is_on_the_list():
    held = [(name, value) for what, name, value in found_by_sweep() if what == "held"]
    unknown = {f"{name}: {kind_of(value)}" for name, value in held if not is_fit(value)}
    assert not unknown, (
        f"{sorted(unknown)}: say in SHARED_OBJECTS why threads may share it, or make one for each use."
    )
    assert len(held) > 1000, "the sweep sees what there is"
    kinds = {
        kind_of(each) for _, value in held for each in parts_of(value) if not cannot_change(each)
    }
    assert [
        each for each in SHARED_OBJECTS if not any(known(kind, {each: ""}) for kind in kinds)
    ] == []


def test_every_memory_is_on_the_list_and_bounded():
    found = {name: value for what, name, value in found_by_sweep() if what == "remembered"}
    assert set(found) == set(REMEMBERED), (
        "Say in REMEMBERED why the answer is right for whoever asks next."
    )
    endless = [
        name
        for name, each in found.items()
        if not each.cache_info().maxsize and signature(each).parameters
    ]
    assert not endless, "a memory without an end"
    once = {name for what, name, _ in found_by_sweep() if what == "worked out once"}
    assert once == set(WORKED_OUT_ONCE)


def named_containers() -> set[str]:
    """Names under which modules and classes of ours hold a list, dict or set."""
    held = ((name, value) for what, name, value in found_by_sweep() if what == "held")
    return {name.rpartition(".")[2] for name, value in held if isinstance(value, CONTAINERS)}


def writes(tree):
    """(line, what is written into) of every statement that changes a list, dict or set, or an attribute."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Subscript) and not isinstance(node.ctx, ast.Load):
            yield node.lineno, node.value
        elif isinstance(node, ast.AugAssign):
            yield node.lineno, node.target
        elif (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in WRITES
        ):
            yield node.lineno, node.func.value


def written_name(node) -> str:
    """`NAME`, `module.NAME`, `self.name`: the last name; a local name in small letters is not meant."""
    if isinstance(node, ast.Name):
        return node.id if node.id.isupper() else ""
    return node.attr if isinstance(node, ast.Attribute) else ""


def test_nothing_writes_into_what_modules_and_classes_hold():
    containers = named_containers()
    assert len(containers) > 100
    found = {
        f"{module}:{line} {ast.unparse(target)}"
        for module, tree in trees()
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef)
        for line, target in writes(function)
        if written_name(target) in containers
        and not is_of_a_form(target)
        and not is_of_a_local(target, tree)
    }
    assert not found


def is_of_a_local(target, tree) -> bool:
    """`parts.days` where `parts` is a name of the function itself: no module's, no class's."""
    owner = getattr(target, "value", None)
    if not isinstance(owner, ast.Name) or owner.id in ("self", "cls") or owner.id[0].isupper():
        return False
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]
    return owner.id not in {each.asname or each.name for node in imports for each in node.names}


def is_of_a_form(target) -> bool:
    """`self.fields` and `self.initial` of a form, which Django copies for each; a class holds lists of those names."""
    return ast.unparse(target) in ("self.fields", "self.initial")


def test_no_shared_object_writes_into_itself():
    found = set()
    for module, tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef) and any(map(writes_into_self, node.body)):
                found.add(f"{module}.{node.name}")
    assert found == set(OWN_STATE), (
        "Say in OWN_STATE whose object it is; a screen or middleware is everybody's."
    )


def writes_into_self(method) -> bool:
    if not isinstance(method, ast.FunctionDef) or method.name in ("__init__", "__set_name__"):
        return False
    return not {"self", "cls"}.isdisjoint(owner for _, owner in attributes_set(method))


def attributes_set(tree):
    """(line, name) of whatever an attribute is set of."""
    for node in ast.walk(tree):
        is_set = isinstance(node, ast.Attribute) and not isinstance(node.ctx, ast.Load)
        if is_set and isinstance(node.value, ast.Name):
            yield node.lineno, node.value.id


def test_no_function_binds_a_name_outside_itself_or_sets_what_belongs_to_the_process():
    bound, process = set(), set()
    for file in sources():
        module, text = module_of(file), file.read_text("utf-8")
        tree = ast.parse(text)
        imports = [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]
        imported = {each.asname or each.name for node in imports for each in node.names}
        bound |= {
            f"{module}:{node.lineno}" for node in ast.walk(tree) if isinstance(node, ast.Global)
        }
        if module not in OF_THE_PROCESS:
            bound |= {
                f"{module}:{line}" for line, owner in attributes_set(tree) if owner in imported
            }
        if CHANGES_THE_PROCESS.search(text):
            process.add(module)
    assert not bound
    assert process <= set(OF_THE_PROCESS), process - set(OF_THE_PROCESS)


def test_the_sweep_sees_a_new_one(tmp_path, monkeypatch):
    """Were it blind, the tests above could not fail."""
    source = """
from functools import lru_cache, cached_property
from threading import Thread
SEEN, COUNTS = [], {}
WORKER = Thread()
class Screen:
    rows = {"a": WORKER}
    def show(self, request):
        self.request = request
        SEEN.append(request)
    @cached_property
    def kept(self):
        return 1
@lru_cache(None)
def remembered(word):
    return word
"""
    (tmp_path / "planted_module.py").write_text(source)
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setitem(globals(), "trees", lambda: [("planted_module", ast.parse(source))])
    held = {name for what, name, value in found_by_sweep() if what == "held" and not is_fit(value)}
    assert held == {"planted_module.WORKER", "planted_module.Screen.rows"}
    assert [name for what, name, _ in found_by_sweep() if what == "remembered"] == [
        "planted_module.remembered"
    ]
    assert [name for what, name, _ in found_by_sweep() if what == "worked out once"] == [
        "planted_module.Screen"
    ]
    for test in (
        test_nothing_writes_into_what_modules_and_classes_hold,
        test_no_shared_object_writes_into_itself,
    ):
        with pytest.raises(AssertionError):
            test()
    sys.modules.pop("planted_module")
