"""The house holds: imports run downward and in no circle, and there is one gate and one door."""

import ast
import re
from pathlib import Path

from django.apps import apps
from django.contrib.admin import ModelAdmin

ROOT = Path(__file__).parent.parent
PACKAGES = ("authors", "articles", "newsroom")
FLOORS = [
    "newsroom.foundation",
    "authors",
    "articles",
    "newsroom",
]  # from the ground up: a floor imports only from itself and below
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
PUBLIC = [
    "articles/views",
    "authors/views.py",
    "newsroom/views.py",
    "newsroom/search/views.py",
    "newsroom/search/find.py",
    "newsroom/search/suggest.py",
    "articles/front_page/curation.py",
    "articles/reading/story_context.py",
    "articles/reading/public_story.py",
    "newsroom/feeds",
    "newsroom/api",
]


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
    return {
        module_of(file): {name for name in imports_of(file) if name in ALL_MODULES}
        - {module_of(file)}
        for file in sources()
    }


def is_in(name: str, package: str) -> bool:
    return name == package or name.startswith(package + ".")


def place_of(name: str, packages: list[str]) -> int | None:
    """Which of `packages`, counted from the ground, a module stands in."""
    return next((level for level, package in enumerate(packages) if is_in(name, package)), None)


def test_no_floor_imports_from_a_floor_above():
    for module, imported in graph().items():
        here = place_of(module, FLOORS)
        above = [name for name in imported if place_of(name, FLOORS) > here]
        assert not above, f"{module} imports upward: {above}"


def test_inside_the_house_imports_run_downward():
    upward = {}
    for module, imported in graph().items():
        here = place_of(module, ROOMS)
        if here is None:
            continue
        above = [name for name in imported if (place_of(name, ROOMS) or 0) > here]
        if above:
            upward[module] = above
    assert upward == {}


def test_every_module_of_the_house_has_a_room():
    homeless = [
        name
        for name in ALL_MODULES
        if name.startswith("articles.") and place_of(name, ROOMS) is None
    ]
    assert homeless == ["articles.apps"]


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


def test_public_code_reaches_stories_through_the_gate_only():
    """`Article.objects` and the links to stories may be asked for what the gate lets through."""
    gates = re.compile(r"Article\.objects\s*\.?\s*(?:\n\s*\.)?\s*(\w+)")
    for file in sources(*PUBLIC):
        text = file.read_text("utf-8")
        for match in gates.finditer(text):
            asks = match[1] in ("live", "cards", "newest_lines")
            narrows = match[1] == "filter" and re.match(
                r"[^\n]*\)\.newest_lines\(", text[match.end() :]
            )
            assert asks or narrows, f"{file}: Article.objects.{match[1]}"


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
        "articles/story/snapshots.py": {
            "published_at",
            "published_on",
        },  # what the desk typed, into a draft's row
        "articles/models/article.py": {
            "status",
            "live_from",
        },  # on a copy that is only asked what it lacks
        "articles/reading/archive.py": {"live_from"},  # of the calendar
        "articles/story/fixture_guard.py": {
            "live_from"
        },  # of the calendar and the links, when a fixture claims another
        "newsroom/interchange/readers/plain_text.py": {
            "published_at",
            "published_on",
        },  # of the neutral story
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
