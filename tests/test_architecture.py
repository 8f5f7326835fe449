"""The house holds: imports run downward and in no circle, and there is one gate and one door."""

import ast
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.contrib.admin import ModelAdmin

ROOT = Path(__file__).parent.parent
PACKAGES = ("authors", "articles", "newsroom")
# from the ground up: a floor imports only from itself and below
FLOORS = ["newsroom.foundation", "authors", "articles", "newsroom"]
ROOMS = [  # of the house, from the ground up: a room imports only from itself and those before it
    "articles.crops",
    "articles.text",
    "articles.body",
    "articles.models",
    "articles.front_page.layouts",  # what a layout says, of which pictures follow too
    "articles.signals",
    "articles.accounts",
    "articles.pictures",
    "articles.story",
    "articles.reading",
    "articles.copydesk",
    "articles.workflow",
    "articles.front_page",
    "articles.naming",
    "articles.dashboard",
    "articles.forms",
    "articles.templatetags",
    "articles.views",
    "articles.admin",
    "articles.urls",
]
ROOF = [  # rooms of the newsroom, likewise; the ground floor is a floor of its own
    "newsroom.env",
    "newsroom.first_env",
    "newsroom.gunicorn",
    "newsroom.serve",
    "newsroom.arrivals",
    "newsroom.formats",
    "newsroom.contrast",
    "newsroom.icons",
    "newsroom.lost_parts",
    "newsroom.logs",
    "newsroom.terminal",
    "newsroom.outages",
    "newsroom.readiness",
    "newsroom.packing",
    "newsroom.staticfiles",
    "newsroom.roles",
    "newsroom.middleware",
    "newsroom.login",
    "newsroom.search.models",
    "newsroom.models",
    "newsroom.outlet",
    "newsroom.search",
    "newsroom.checks",
    "newsroom.feeds",
    "newsroom.interchange",
    "newsroom.api",
    "newsroom.templatetags",
    "newsroom.views",
    "newsroom.known_methods",
    "newsroom.request_size",
    "newsroom.admin",
    "newsroom.desk",
    "newsroom.withdrawal",
    "newsroom.demo",
    "newsroom.management",
    "newsroom.settings",
    "newsroom.wsgi",
    "newsroom.urls",
    "newsroom.apps",
]
# What reaches a model of a higher floor by Django's names (a reverse manager, `get_model`), and why it may.
UPWARD_BY_NAME = {
    "authors.models": "only an author of whom readers see a story has a page",
    "authors.views": "that page lists the stories, through the gate of their bylines",
    "articles.dashboard": "stories that an import left open are counted",
    "articles.copydesk.embargo": "the moment of an embargo stands in the receipt of its import",
    "articles.admin.panel": "the receipt of an import stands beside its story",
}
# What asks Django for a model that it does not name: each stays among the models of its own room, or has all of them.
ASKS_FOR_MODELS = {
    "articles.models.article",
    "articles.models.byline",
    "articles.models.gate",
    "authors.models",
    "newsroom.foundation.former_names",
    "newsroom.management.commands.settle_signs",
}
# May ask for stories that readers do not see: the desk, what moves, keeps or proves a story, and the index, which has
# stories before they are due. Every other module is public.
BEHIND_THE_GATE = (
    "articles.admin",
    "articles.copydesk",
    "articles.dashboard",
    "articles.forms",
    "articles.models",
    "articles.naming",
    "articles.story",
    "articles.workflow",
    "authors.admin",
    "newsroom.admin",
    "newsroom.demo",
    "newsroom.desk",
    "newsroom.interchange.load",
    "newsroom.management",
    "newsroom.search.index",
    "newsroom.withdrawal",
)


def sources(*folders):
    for folder in folders or PACKAGES:
        path = ROOT / folder
        for file in sorted(path.rglob("*.py")) if path.is_dir() else [path]:
            if "migrations" not in file.parts:
                yield file


def module_of(file: Path) -> str:
    return ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def imports_of(file: Path, tree=None) -> set[str]:
    names = set()
    for node in ast.walk(tree or ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}: relative import"
            names |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return {name for name in names if name.split(".")[0] in PACKAGES}


ALL_MODULES = {module_of(file) for file in sources()}


def graph():
    """{module: the modules that it imports or reaches by the names of Django's relations}"""
    found = {}
    for file in sources():
        module, tree = module_of(file), ast.parse(file.read_text("utf-8"))
        imported = {name for name in imports_of(file, tree) if name in ALL_MODULES}
        found[module] = (imported | by_name(module, tree)) - {module}
    return found


def relations_from_above() -> dict[str, set[str]]:
    """{the name of a reverse relation: modules of the models that have it}, when these stand on a higher floor than the
    model that they lead to."""
    found = {}
    for model in apps.get_models():
        for relation in model._meta.related_objects:
            above = relation.related_model.__module__
            floors = [place_of(name, FLOORS) for name in (model.__module__, above)]
            if None not in floors and floors[0] < floors[1] and relation.get_accessor_name():
                found.setdefault(relation.get_accessor_name(), set()).add(above)
    return found


def names_in(tree) -> set[str]:
    """Attributes, and the parts of what may be a lookup: `filter(bylines__author=…)`, `"bylines__author"`."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            found.add(node.attr)
        elif isinstance(node, ast.keyword) and node.arg:
            found |= set(node.arg.split("__"))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            found |= set(node.value.split("__")) if node.value.isidentifier() else set()
    return found


def models_by_name(tree) -> set[str]:
    """The modules of the models for which `get_model("app", "Model")` asks."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("get_model"):
            names = [each.value for each in node.args if isinstance(each, ast.Constant)]
            found.add(apps.get_model(*names).__module__)
    return found


def by_name(module: str, tree) -> set[str]:
    """Modules of models on a higher floor that are reached without an import. Models of one room name each other, as
    Django's foreign keys do."""
    if module in UPWARD_BY_NAME:
        return set()
    names, floor = names_in(tree), place_of(module, FLOORS)
    above = {each for name, all_of in RELATIONS.items() if name in names for each in all_of}
    above = {name for name in above if place_of(name, FLOORS) > floor}
    room = module.rpartition(".")[0]
    return above | {name for name in models_by_name(tree) if not is_in(name, room)}


def is_in(name: str, package: str) -> bool:
    return name == package or name.startswith(package + ".")


def place_of(name: str, packages: list[str]) -> int | None:
    """Which of `packages`, counted from the ground, a module stands in."""
    return next((level for level, package in enumerate(packages) if is_in(name, package)), None)


RELATIONS = relations_from_above()


def test_no_floor_imports_from_a_floor_above():
    for module, imported in graph().items():
        here = place_of(module, FLOORS)
        above = [name for name in imported if place_of(name, FLOORS) > here]
        assert not above, f"{module} imports upward: {above}"


@pytest.mark.parametrize("rooms", [ROOMS, ROOF], ids=["articles", "newsroom"])
def test_inside_the_house_and_under_its_roof_imports_run_downward(rooms):
    upward = {}
    for module, imported in graph().items():
        here = place_of(module, rooms)
        if here is None:
            continue
        above = [name for name in imported if (place_of(name, rooms) or 0) > here]
        if above:
            upward[module] = above
    assert upward == {}


def test_every_module_has_a_room():
    homeless = {
        name
        for name in ALL_MODULES
        if place_of(name, [*ROOMS, *ROOF, "authors", "newsroom.foundation"]) is None
    }
    assert homeless == {"articles", "articles.apps", "newsroom"}


def test_what_reaches_upward_by_name_is_what_is_written_down():
    trees = {module_of(file): ast.parse(file.read_text("utf-8")) for file in sources()}
    floors = {module: place_of(module, FLOORS) for module in trees}
    upward = {
        module
        for module, tree in trees.items()
        for name in names_in(tree) & set(RELATIONS)
        if any(place_of(each, FLOORS) > floors[module] for each in RELATIONS[name])
    }
    assert upward == set(UPWARD_BY_NAME)
    registry = {"related_model", "get_model", "get_models"}
    asking = {module for module, tree in trees.items() if names_in(tree) & registry}
    assert asking == ASKS_FOR_MODELS


def test_a_road_by_name_counts_as_an_import():
    for planted in (
        "row.import_record",
        "rows.filter(import_record__size=1)",
        "f('import_record')",
    ):
        assert by_name("articles.views.tag", ast.parse(planted)) == {
            "newsroom.models.import_record"
        }, planted
    planted = ast.parse("apps.get_model('newsroom', 'Page')")
    assert by_name("articles.views.tag", planted) == {"newsroom.models.page"}
    assert by_name("newsroom.models.import_record", planted) == set()


def test_no_import_goes_in_a_circle():
    edges = graph()
    done, path = set(), []

    def visit(module):
        if module in path:
            raise AssertionError(" → ".join([*path[path.index(module) :], module]))
        if module in done:
            return
        path.append(module)
        for name in sorted(edges.get(module, ())):
            if not module.startswith(name + "."):  # a package's own __init__ is not a circle
                visit(name)
        path.pop()
        done.add(module)

    for module in sorted(edges):
        visit(module)


def test_no_first_party_import_hides_in_a_function():
    for file in sources():
        if file.name == "apps.py":
            continue
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                assert not imports_of(file, ast.Module(node.body, [])), (
                    f"{file}: import inside {node.name}()"
                )


GATES = {"live", "cards", "newest_lines", "going_live", "stories", "story_keys", "topics"}
HAVE_A_GATE = {"Article", "Byline", "TagLink"}
MANAGERS = {"objects", "_default_manager", "_base_manager"}


def past_the_gate(tree) -> list[str]:
    """Whatever asks for stories, or for the links to them, and not for what the gate lets through."""
    above = {below: node for node in ast.walk(tree) for below in ast.iter_child_nodes(node)}
    guarded = HAVE_A_GATE | {
        alias.asname
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
        if alias.name in HAVE_A_GATE and alias.asname
    }

    def steps(node) -> list[str]:
        """What follows in the chain: objects.filter(…).live() → ["filter", "live"]"""
        found = []
        while isinstance(above.get(node), ast.Attribute | ast.Call):
            node = above[node]
            found += [node.attr] if isinstance(node, ast.Attribute) else []
        return found

    asked = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and node.attr in MANAGERS
        and ast.unparse(node.value).split(".")[-1] in guarded | {"related_model"}
    ]
    return [ast.unparse(above[node]) for node in asked if not GATES & set(steps(node))]


def public_modules() -> dict[str, Path]:
    return {
        module_of(file): file
        for file in sources()
        if place_of(module_of(file), BEHIND_THE_GATE) is None
    }


def test_public_code_reaches_stories_through_the_gate_only():
    exceptions = {
        "articles.reading.archive": 1,  # days of stories that are due: the calendar's rows have a gate of their own
        "articles.reading.related": 3,  # writes the list beside a story, and shows nobody any
        "newsroom.foundation.former_names": 1,  # no story: the former names of a row
        "newsroom.readiness": 1,  # whether the table can be read; nothing of it is told
    }
    found = {}
    for module, file in public_modules().items():
        if breaches := past_the_gate(ast.parse(file.read_text("utf-8"))):
            found[module] = len(breaches)
    assert found == exceptions


def test_a_module_that_is_not_written_down_as_the_desks_is_public():
    assert {
        "articles.reading.related",
        "articles.templatetags.cards",
        "articles.views.story",
        "authors.views",
        "newsroom.interchange.views",
        "newsroom.outlet",
        "newsroom.search.find",
        "newsroom.templatetags.described",
    } <= set(public_modules())
    for package in BEHIND_THE_GATE:
        assert any(is_in(module, package) for module in ALL_MODULES), f"{package} is no more"


@pytest.mark.parametrize("module", sorted(public_modules()))
def test_a_breach_that_is_planted_in_a_public_module_is_found(module):
    text = public_modules()[module].read_text("utf-8")
    before = len(past_the_gate(ast.parse(text)))
    for breach in (
        "Article.objects.filter(slug=slug)",
        "Article._base_manager.get(pk=1)",
        "rows = Article.objects",
        "Byline.objects.filter(author=1)",
        "row.tag_links.rel.related_model.objects.all()",
        "from articles.models import Article as Story\nStory.objects.newest_first()",
    ):
        assert len(past_the_gate(ast.parse(f"{text}\n{breach}\n"))) == before + 1, breach


def assigned_attributes(file: Path):
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Assign | ast.AnnAssign | ast.AugAssign):
            for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
                for each in target.elts if isinstance(target, ast.Tuple) else [target]:
                    if isinstance(each, ast.Attribute):
                        yield each.attr
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr == "update"
        ):
            yield from (f"update:{keyword.arg}" for keyword in node.keywords)


def test_status_and_the_gate_are_written_by_one_module():
    allowed = {
        "articles/workflow.py": {"status", "live_from", "published_at", "published_on"},
        # what the desk typed, into a draft's row
        "articles/story/snapshots.py": {"published_at", "published_on"},
        # on a copy that is only asked what it lacks
        "articles/models/article.py": {"status", "live_from"},
        "articles/reading/archive.py": {"live_from"},  # of the calendar
        # of the calendar and the links, when a fixture claims another
        "articles/story/fixture_guard.py": {"live_from"},
        # of the neutral story
        "newsroom/interchange/readers/plain_text.py": {"published_at", "published_on"},
    }
    guarded = {"status", "live_from", "published_at", "published_on"}
    for file in sources():
        name = str(file.relative_to(ROOT))
        written = {each.removeprefix("update:") for each in assigned_attributes(file)} & guarded
        assert written <= allowed.get(name, set()), f"{name} writes {written}"


def test_only_what_prints_stored_text_calls_it_safe():
    for file in sources():
        text = file.read_text("utf-8")
        if file.name not in ("newsprint.py", "rendering.py"):
            assert "mark_safe" not in text, f"{file} uses mark_safe"
        assert "csrf_exempt" not in text, f"{file} uses csrf_exempt"
        assert not re.search(r"\.raw\(|\.extra\(|RawSQL", text), f"{file} writes SQL"
    for file in [*ROOT.glob("*/templates/**/*.html")]:
        assert not re.search(r"\|\s*safe\b|autoescape off", file.read_text("utf-8")), (
            f"{file} prints unescaped text"
        )


def test_templates_and_scripts_have_no_inline_style_or_script():
    for file in [*ROOT.glob("*/templates/**/*.html")]:
        text = file.read_text("utf-8")
        assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=", text), file


def expressions_about_tags(file: Path) -> list[str]:
    """The regular expressions in it that have a bracket of a tag, and what it replaces of one."""
    found = []
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args:
            first, on = node.args[0], node.func.value
            if isinstance(on, ast.Name) and on.id == "re" or node.func.attr == "replace":
                parts = first.values if isinstance(first, ast.JoinedStr) else [first]
                words = "".join(str(part.value) for part in parts if isinstance(part, ast.Constant))
                if "<" in re.sub(r"\(\?P?<[=!\w]", "", words):
                    found.append(words)
    return found


def test_stored_html_is_read_by_its_tree_alone():
    """Before the cleaner, and behind the templates, there is HTML of other kinds."""
    exceptions = {
        "articles/text/tree.py": 1,
        "articles/text/body_parts.py": 1,  # whether there is anything to settle at all
        "articles/text/body.py": 2,  # before the cleaner: what it would drop is written as it would keep it
        "articles/text/bounds.py": 2,  # HTML of any kind, before the cleaner
        "articles/reading/public_story.py": 2,  # pages of ours, with what templates wrote
        "articles/pictures/metadata.py": 1,  # words in a photo's file
    }
    found = {
        str(file.relative_to(ROOT)): len(expressions)
        for file in sources("articles")
        if (expressions := expressions_about_tags(file))
    }
    assert found == exceptions
    for file in sources():
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            names = [node.module] if isinstance(node, ast.ImportFrom) else []
            names += [each.name for each in node.names] if isinstance(node, ast.Import) else []
            assert not {"html.parser", "lxml", "html5lib"} & set(names), f"{file} reads HTML"


def test_no_room_is_named_after_nothing():
    for file in sources():
        assert file.stem not in {
            "utils",
            "core",
            "common",
            "helpers",
            "services",
            "managers",
            "misc",
        }, file


def test_no_public_file_names_a_package_registry():
    pattern = re.compile(
        r"https?://[^\s]*(pypi|npmjs|deb\.debian|files\.pythonhosted)[^\s]*", re.IGNORECASE
    )
    for file in [
        *ROOT.glob("requirements/*"),
        *ROOT.glob("*.md"),
        *ROOT.glob("docs/**/*.md"),
        ROOT / "Makefile",
    ]:
        assert not pattern.search(file.read_text("utf-8")), file


def test_the_desk_asks_who_may_see_a_story_before_it_names_or_counts_any():
    """Every list, choice and count of the desk begins with what a person may open, what may be named to them, or what
    readers see. The exceptions name no story that is not the person's own already, or are a gate and tell nothing."""
    exceptions = {
        "articles/admin/story_form.py": 2,  # the row that is being saved, and one's own draft
        "articles/admin/unsaved.py": 1,  # one's own draft
        "articles/admin/photo_upload.py": 1,  # a line in the logbook of each story that has the photo
        "articles/forms/front_page.py": 2,  # the stories that a page has already, by address
        "articles/forms/fields.py": 1,  # what the story was linked with before, without its name
        "articles/forms/story.py": 2,  # narrowed by fields.limit_stories()
        "articles/copydesk/problem.py": 1,  # the gate before a story goes live
    }
    asks = {"open_to", "named_to", "live", "cards"}
    desk = (
        "articles/admin",
        "articles/dashboard.py",
        "articles/forms/front_page.py",
        "articles/forms/fields.py",
        "articles/forms/story.py",
        "articles/copydesk",
        "articles/naming/similar_names.py",
        "newsroom/desk.py",
        "newsroom/admin.py",
        "authors/admin.py",
        "newsroom/foundation/desk.py",
    )
    found = {}
    for file in sources(*desk):
        names = re.findall(r"Article\.objects\s*\.\s*(\w+)", file.read_text("utf-8"))
        if unasked := [name for name in names if name not in asks]:
            found[str(file.relative_to(ROOT))] = len(unasked)
    assert found == exceptions


DESK = (
    "articles/admin",
    "authors/admin.py",
    "newsroom/admin.py",
    "newsroom/desk.py",
    "newsroom/foundation/desk.py",
)


def set_on_the_request(tree) -> set[str]:
    """Attributes that are written to `request` or to a `.request`, by whatever statement."""

    def is_a_request(node) -> bool:
        return ast.unparse(node).split(".")[-1] == "request"

    nodes = list(ast.walk(tree))
    attributes = [node for node in nodes if isinstance(node, ast.Attribute)]
    written = [each for each in attributes if not isinstance(each.ctx, ast.Load)]
    calls = [node for node in nodes if isinstance(node, ast.Call)]
    by_name = [node.args for node in calls if ast.unparse(node.func) == "setattr"]
    return {each.attr for each in written if is_a_request(each.value)} | {
        ast.unparse(args[1]) for args in by_name if is_a_request(args[0])
    }


def test_what_travels_on_a_request_of_the_desk_is_written_down():
    """Views and hooks hand each other values. Where Django's hooks share nothing but the request, one docstring says
    who sets what and who reads it."""
    allowed = {
        "articles/admin/article.py": {"open_form"},  # story_form.OpenForm
        "newsroom/foundation/desk.py": {"saving"},  # DeskAdmin.look_and_save
        "newsroom/desk.py": {"current_app"},  # Django's own
    }
    found = {}
    for file in sources(*DESK):
        if names := set_on_the_request(ast.parse(file.read_text("utf-8"))):
            found[str(file.relative_to(ROOT))] = names
    assert found == allowed


def test_a_screen_hangs_nothing_on_a_row_that_its_model_does_not_have():
    """What one function works out for another is a value that it hands over."""
    allowed = {
        "asked_by",  # Django shows a read-only field of a photo by a function that is given the photo alone
        "result_list",  # of Django's list
        *("widget", "choices"),  # of a form's field
        *("began_at", "saved"),  # of story_form.OpenForm
        *("open_form", "field", "kept"),  # of a request: the test before; of a filter itself
    }
    models = [model for model in apps.get_models() if model.__module__.startswith(PACKAGES)]
    found = {
        (name, str(file.relative_to(ROOT)))
        for file in sources("articles/admin")
        for name in assigned_attributes(file)
        if name.isidentifier()
    }
    assert allowed <= {name for name, _ in found}, "the sweep sees what there is"
    strange = [
        each
        for each in found
        if each[0] not in allowed and not any(hasattr(model, each[0]) for model in models)
    ]
    assert strange == []


def refuses_a_method_by_hand(tree) -> bool:
    """Whether a view compares the method to turn others away, which `require_POST` says in one line. A comparison with
    `==` is of a view that answers both."""
    comparisons = [node for node in ast.walk(tree) if isinstance(node, ast.Compare)]
    names = [node for node in ast.walk(tree) if isinstance(node, ast.Name | ast.Attribute)]
    return any(
        ast.unparse(each.left).endswith("request.method") and not isinstance(each.ops[0], ast.Eq)
        for each in comparisons
    ) or any(ast.unparse(each).endswith("HttpResponseNotAllowed") for each in names)


def test_a_screen_that_answers_one_method_says_so_with_djangos_decorator():
    by_hand = [
        str(file.relative_to(ROOT))
        for file in sources(*(each for each in DESK if each != "newsroom/desk.py"))
        if refuses_a_method_by_hand(ast.parse(file.read_text("utf-8")))
    ]
    assert by_hand == []


def registered_admins(tree) -> list[ast.ClassDef]:
    """The classes under `@admin.register(…)`."""
    classes = [node for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
    return [
        node
        for node in classes
        if any(ast.unparse(each).startswith("admin.register(") for each in node.decorator_list)
    ]


def test_an_admin_is_not_mixed_from_screens():
    """Each has one base, and what the story's own has are Django's hooks: a screen is a function in a module."""
    bases, stories = {}, None
    for file in sources("articles/admin"):
        for node in registered_admins(ast.parse(file.read_text("utf-8"))):
            bases[node.name] = [ast.unparse(base) for base in node.bases]
            stories = node if node.name == "ArticleAdmin" else stories
    assert len(bases) > 5, "the sweep sees what there is"
    mixed = {name: each for name, each in bases.items() if len(each) != 1}
    assert mixed == {}
    methods = {node.name for node in stories.body if isinstance(node, ast.FunctionDef)}
    assert methods - set(dir(ModelAdmin)) == set()


def test_the_sweep_of_the_desk_sees_a_new_one():
    """Were it blind, the three tests above could not fail."""
    planted = """
@admin.register(Story)
class StoryAdmin(Screens, DeskAdmin):
    def share(self, request):
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        request.saved, self.request.rows = 1, 2
        setattr(request, "began", 3)
        with stack() as request.stack:
            screen.request.work = 4
"""
    tree = ast.parse(planted)
    assert set_on_the_request(tree) == {"saved", "rows", "'began'", "stack", "work"}
    assert [node.name for node in registered_admins(tree)] == ["StoryAdmin"]
    for line in (
        "if request.method != 'POST': pass",
        "if screen.request.method not in ('POST',): pass",
        "return_ = http.HttpResponseNotAllowed(['POST'])",
    ):
        assert refuses_a_method_by_hand(ast.parse(line)), line
    assert not refuses_a_method_by_hand(ast.parse("if request.method == 'POST': pass"))


def functions_called_from_other_modules(trees: dict) -> dict[str, ast.FunctionDef]:
    """{"module.function": it} of the functions at the top of a module that another module names."""
    defined = {
        f"{module}.{node.name}": node
        for module, tree in trees.items()
        for node in tree.body
        if isinstance(node, ast.FunctionDef)
    }
    called = {}
    for module, tree in trees.items():
        names = {}  # what a name means in this module
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom):
                names |= {
                    each.asname or each.name: f"{node.module}.{each.name}" for each in node.names
                }
            elif isinstance(node, ast.Import):
                names |= {each.asname or each.name: each.name for each in node.names}
        meant = set(names.values()) | {
            f"{names.get(ast.unparse(node.value))}.{node.attr}"
            for node in ast.walk(tree)
            if isinstance(node, ast.Attribute)
        }
        called |= {
            name: defined[name]
            for name in meant & set(defined)
            if name.rpartition(".")[0] != module
        }
    return called


def is_annotated_whole(function: ast.FunctionDef) -> bool:
    """`**kwargs`, which Django's signals send along, say nothing."""
    given = function.args
    arguments = [*given.posonlyargs, *given.args, *given.kwonlyargs]
    return function.returns is not None and all(each.annotation for each in arguments)


def test_a_function_that_another_module_calls_is_annotated_whole():
    trees = {module_of(file): ast.parse(file.read_text("utf-8")) for file in sources()}
    called = functions_called_from_other_modules(trees)
    assert len(called) > 500, "the sweep sees what there is"
    assert [name for name, each in called.items() if not is_annotated_whole(each)] == []


def test_the_sweep_sees_a_function_without_types():
    trees = {
        "articles.one": ast.parse("def half(a: int, *, b): ...\ndef whole(a: int) -> int: ..."),
        "articles.two": ast.parse("from articles import one\none.half(1, b=2)"),
        "articles.three": ast.parse("from articles.one import whole"),
    }
    called = functions_called_from_other_modules(trees)
    assert set(called) == {"articles.one.half", "articles.one.whole"}
    assert [name for name, each in called.items() if not is_annotated_whole(each)] == [
        "articles.one.half"
    ]
