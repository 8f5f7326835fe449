"""`import_stories`: documents go in as they are, receipts say what was missing, and bad input is refused by name."""

import hashlib
import io
import os
import threading
from dataclasses import replace
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connections

from articles.models import Article, LogLine, Tag
from articles.text import body
from authors.models import Author
from newsroom.interchange import formats
from newsroom.models import ImportRecord
from tests.builders import a_person, a_section, a_story, an_author
from tests.samples import cases, seed_documents

pytestmark = pytest.mark.django_db
GOOD = (
    "date 2026-03-04\n\nBread costs more\n\nBakers met.\n\n"
    "Ada Baker\n\nAda Baker\n\nBio.\n\nView more articles from Ada Baker\n"
)


def take(*paths, **options):
    """Output, errors and exit code of the command."""
    out, err, code = StringIO(), StringIO(), 0
    try:
        call_command("import_stories", *map(str, paths), stdout=out, stderr=err, **options)
    except SystemExit as stop:
        code = stop.code
    return out.getvalue(), err.getvalue(), code


def give_reader(monkeypatch, name, reader, endings=()):
    """Let all kinds of that name be read so; None: not at all."""
    formats_now = tuple(
        replace(each, reader=reader, endings=endings) if each.name == name else each
        for each in formats.FORMATS
    )
    monkeypatch.setattr(formats, "FORMATS", formats_now)


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "good.txt").write_text(GOOD, "utf-8")
    return tmp_path


def squeezed(text):
    return "".join(text.split())


def test_the_two_seed_documents_go_in_verbatim():
    documents = seed_documents()
    out, err, code = take(*documents)
    assert (err, code) == ("", 0)
    assert "2 read: 2 made, 0 unchanged, 0 refused." in out
    assert Article.objects.filter(status="draft").count() == 2
    for path in documents:
        raw = path.read_bytes()
        record = ImportRecord.objects.get(sha256=hashlib.sha256(raw).hexdigest())
        assert bytes(record.original) == raw
        story, source = record.article, raw.decode()
        whole = squeezed(body.plain_text(story.body))
        if story.headline_from == "source":
            author = Author.objects.get()
            assert story.headline == source.split("\n")[0]
            assert author.bio in source
            around = (
                squeezed(story.headline),
                squeezed(author.name * 2 + author.bio + "View more articles from" + author.name),
            )
            assert squeezed(source) == around[0] + whole + around[1]
            assert (story.published_on, story.date_decided) == (None, False)
            assert story.bylines.get().author == author
            assert "date              –  [missing]" in out
        else:
            assert squeezed(source) == squeezed("date 2024-09-16") + whole
            assert (story.published_on.isoformat(), story.published_at) == ("2024-09-16", None)
            assert story.headline.endswith("…")
            assert source.split("2024-09-16 ")[1].startswith(story.headline[:-1])
            assert "disrupt disrupt" in story.body_text
            assert (story.byline_decision, story.bylines.count()) == ("", 0)
            assert "byline            –  [missing]" in out
        for paragraph in body.plain_text(story.body).split("\n\n"):
            assert paragraph in source  # letter for letter, nothing squeezed


def test_a_second_run_changes_nothing(folder):
    take(folder)
    rows = (
        list(Article.objects.values()),
        list(ImportRecord.objects.values("pk", "made_at")),
        LogLine.objects.count(),
    )
    out, _, code = take(folder)
    assert "good.txt: unchanged" in out
    assert "1 read: 0 made, 1 unchanged, 0 refused." in out
    assert code == 0
    assert (
        list(Article.objects.values()),
        list(ImportRecord.objects.values("pk", "made_at")),
        LogLine.objects.count(),
    ) == rows


def test_a_dry_run_reports_and_writes_nothing(folder):
    out, _, code = take(folder, dry_run=True)
    assert "would be made" in out
    assert "1 would be made, 0 unchanged" in out
    assert not Article.objects.exists()
    assert not Author.objects.exists()
    assert code == 0


def test_section_and_tags_are_given_by_name(folder):
    a_section("Economy")
    take(folder, section="economy", tag=["Bread", "BREAD", "Oʻzbekiston"])
    story = Article.objects.get()
    assert story.section.name == "Economy"
    assert [link.tag.name for link in story.tag_links.order_by("order")] == ["Bread", "Oʻzbekiston"]
    with pytest.raises(CommandError, match="There is no section “Sport”. There are: Economy."):
        take(folder, section="Sport")


def test_a_bio_on_file_is_never_overwritten(folder):
    Author.objects.create(name="Ada Baker", bio="Another bio.")
    out, _, _ = take(folder)
    assert Author.objects.get().bio == "Another bio."
    assert "Ada Baker has a page already" in out


def test_a_draft_import_changes_no_public_page(folder, page):
    author = an_author("Ada Baker")
    a_story("Live", by=[author])
    before = page("/authors/ada-baker/")
    take(folder)
    assert page("/authors/ada-baker/") == before


def bad_files(folder):
    (folder / "cyrillic.txt").write_bytes("Нон нархи ошди. Матн.".encode("cp1251"))
    (folder / "binary.txt").write_bytes(b"text\0\1\2")
    (folder / "empty.txt").write_bytes(b"  \n")
    (folder / "nothing-but-headline.txt").write_text("date 2026-03-04", "utf-8")
    with open(folder / "huge.txt", "wb") as file:
        file.truncate(50 * 1024 * 1024)
    with open(folder / "sparse.txt", "wb") as file:
        file.truncate(2 * 1024**3)
    (folder / "link.txt").symlink_to("/etc/passwd")
    (folder / "folder-link").symlink_to("/etc", target_is_directory=True)
    os.mkfifo(folder / "pipe.txt")
    return [
        "cyrillic.txt",
        "binary.txt",
        "empty.txt",
        "nothing-but-headline.txt",
        "huge.txt",
        "sparse.txt",
        "link.txt",
        "folder-link",
        "pipe.txt",
    ]


def test_bad_documents_are_refused_by_name_while_the_others_go_in(folder):
    names = bad_files(folder)
    out, err, code = take(folder)
    assert code == 1
    for name in names:
        assert f"{name}: refused. It is" in err or f"{name}: refused. It has" in err, (name, err)
    assert f"{len(names) + 1} read: 1 made, 0 unchanged, {len(names)} refused." in out
    assert Article.objects.get().headline == "Bread costs more"
    assert "root:" not in err + out


def test_files_named_one_by_one_are_judged_too(folder, tmp_path):
    bad_files(folder)
    _, err, code = take(
        folder / "link.txt", folder / "pipe.txt", folder / "missing.txt", "/dev/null"
    )
    assert code == 1
    assert "symbolic link" in err
    assert "There is no such file." in err
    assert err.count("not a regular file") == 2


@pytest.mark.parametrize("case", cases("paths", kind="file"))
def test_hostile_file_names_stay_inside_and_are_shown_harmlessly(case, tmp_path):
    name = case["value"].replace("\0", "").replace("/", "_")[:80]
    if case["expect"] != "contain" or name in (".", "..", "..."):
        name = "plain.txt"
    path = tmp_path / name
    path.write_text(GOOD, "utf-8")
    out, err, code = take(path)
    assert code == 0, err
    assert Article.objects.count() == 1
    assert all(line.startswith((" ", str(tmp_path), "1 read")) for line in out.splitlines() if line)


def test_another_encoding_is_declared_never_guessed(folder):
    (folder / "good.txt").unlink()
    text = "Нон нархи ошди\n\nНовойлар йиғилди."
    (folder / "old.txt").write_bytes(text.replace("ғ", "г").encode("cp1251"))
    assert "Say its encoding with --encoding" in take(folder)[1]
    assert take(folder, encoding="cp1251")[2] == 0
    assert Article.objects.get().headline == "Нон нархи ошди"
    with pytest.raises(CommandError, match="is no encoding"):
        take(folder, encoding="martian")


def test_standard_input_is_a_document(monkeypatch):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(GOOD.encode())))
    assert "standard input: made" in take("-")[0]
    with pytest.raises(CommandError, match="stands alone"):
        take("-", "other.txt")


def test_publishing_is_explicit_and_asks_that_persons_right(folder, editor, reporter):
    for options, sentence in (
        ({"publish": True}, "needs --by"),
        ({"by": "editor"}, "--by is for --publish"),
        ({"publish": True, "by": "nobody"}, "no account “nobody”"),
        ({"publish": True, "by": "reporter"}, "may not publish"),
    ):
        with pytest.raises(CommandError, match=sentence):
            take(folder, **options)
    assert not Article.objects.exists()


def test_only_stories_that_lack_nothing_are_published(folder, editor):
    a_section("Economy")
    (folder / "no-date.txt").write_text(GOOD.removeprefix("date 2026-03-04\n"), "utf-8")
    (folder / "no-headline.txt").write_text(
        "date 2026-03-04 Bakers met in the hall. They talked.\n\n" + GOOD[-70:], "utf-8"
    )
    (folder / "no-byline.txt").write_text("date 2026-03-04\n\nHeadline here\n\nText.", "utf-8")
    out, _, code = take(folder, publish=True, by="editor", section="Economy")
    assert code == 0
    assert "Up to 4 stories would go live" in out
    assert "4 made, 0 unchanged, 0 refused. 1 published." in out
    assert Article.objects.live().get().headline == "Bread costs more"
    assert "Decide the date" in out
    assert "Decide the byline" in out
    assert "working headline" in out
    assert LogLine.objects.filter(act="publish refused", by=editor).count() == 3


@pytest.mark.parametrize("case", cases("unicode"))
def test_any_text_goes_in_and_the_original_is_kept(case, tmp_path):
    path = tmp_path / "story.txt"
    raw = f"Headline of the day\n\nText {case['value']} end.\n".encode("utf-8", "surrogatepass")
    path.write_bytes(raw)
    _, err, code = take(path)
    if code:
        assert "It is not text: it contains zero bytes." in err
        return
    assert bytes(ImportRecord.objects.get().original) == raw
    text = body.normalise(case["value"])
    assert squeezed(text) in squeezed(Article.objects.get().body_text)


@pytest.mark.django_db(transaction=True)
def test_d11_many_writers_add_one_new_tag_and_one_row_stands():
    barrier, errors = threading.Barrier(8), []

    def write(number):
        try:
            barrier.wait()
            Tag.objects.named(["Bread", "BREAD", "bread"][number % 3])
        except Exception as error:
            errors.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=write, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (errors, Tag.objects.count()) == ([], 1)


def test_a_document_of_signs_that_nobody_sees_makes_no_draft(tmp_path):
    (tmp_path / "unseen.txt").write_text("\u200b\n\u00ad\u200b\n\u00a0\n", "utf-8")
    (tmp_path / "title.txt").write_text("Bread costs more\n\n\u200b\n\u2060\n", "utf-8")
    out, err, code = take(tmp_path)
    assert "unseen.txt: refused. It is empty." in err
    assert "0 unchanged, 1 refused." in out
    assert [str(each) for each in Article.objects.all()] == ["Bread costs more"]


def test_a_name_that_several_have_is_no_byline_in_the_list_of_stories(tmp_path, desk, editor):
    (tmp_path / "good.txt").write_text(GOOD, "utf-8")
    take(tmp_path)
    story = Article.objects.get()
    shown = ">Ada Baker</td>"
    assert shown in desk(editor).get("/admin/articles/article/").content.decode()
    Article.objects.filter(pk=story.pk).update(byline_decision="")
    page = desk(editor).get("/admin/articles/article/").content.decode()
    assert shown not in page
    assert "Not decided (Ada Baker?)" in page


def test_many_documents_are_one_line_each_and_the_count_adds_up(tmp_path):
    a_person("Editor")
    for number in range(30):
        (tmp_path / f"{number:03}.txt").write_text(
            f"Headline number {number}\n\nText {number}.", "utf-8"
        )
    (tmp_path / "003.txt").write_text("", "utf-8")
    out, err, code = take(tmp_path)
    *lines, last, count = out.strip().splitlines()
    pks = Article.objects.order_by("pk").values_list("pk", flat=True)
    assert [line.rpartition("/")[2] for line in lines] == [
        f"{number:03}.txt: made, story {pk} (draft)"
        for number, pk in zip([0, 1, 2, *range(4, 30)], pks, strict=True)
    ]
    assert (
        last
        == "More than 20 documents: their receipts are not printed; each story’s form shows its own."
    )
    assert count == "30 read: 29 made, 0 unchanged, 1 refused."
    assert "003.txt: refused. It is empty." in err
    assert code == 1


def test_no_sign_of_a_file_name_drives_the_terminal(tmp_path):
    """Back to the line's start, one sign back, a command in one byte, the other direction."""
    signs = {
        "\r": "\\r",
        "\b": "\\x08",
        "\x9b": "\\x9b",
        "\u202e": "\\u202e",
        "\x1b": "\\x1b",
        "\n": "\\n",
    }
    for sign in signs:
        (tmp_path / f"a{sign}b.txt").write_text(GOOD, "utf-8")
    (tmp_path / os.fsdecode(b"a\xffb.txt")).write_text(GOOD, "utf-8")
    out, err, _ = take(tmp_path)
    told = (out + err).replace("\n", "")
    assert [sign for sign in signs if sign in told] == []
    assert [shown for shown in signs.values() if shown not in told] == []
    assert "a\\udcffb.txt" in told
