"""What is no plain text is known by its content and refused by its name; what only holds a few signs of it is taken."""

import io
import os
import time
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from articles.models import Article
from newsroom.interchange import files, load
from newsroom.interchange.formats import FORMATS
from newsroom.interchange.sample import LONGEST_DOCUMENT, Sample
from newsroom.interchange.story import Story, Unreadable
from tests.builders import a_section
from tests.newsroom.test_import_stories import GOOD, give_reader, take
from tests.samples.kinds import BINARIES, PLAIN, RUSSIAN, TEXTS, a_zip

REFUSED = [(name, text.encode()) for name, text in TEXTS] + BINARIES


def kind_of(raw, encoding="utf-8"):
    sample = Sample(raw, encoding)
    return next(each.name for each in FORMATS if each.is_it(sample))


def refusal(raw, encoding="utf-8"):
    with pytest.raises(Unreadable) as refused:
        load.stories_in(raw, load.Filing(encoding=encoding))
    return str(refused.value)


@pytest.mark.parametrize(
    ("name", "raw"), REFUSED, ids=[f"{n}-{name}" for n, (name, _) in enumerate(REFUSED)]
)
def test_a_kind_that_is_not_read_is_refused_by_its_name_with_what_to_do(name, raw):
    assert kind_of(raw) == name
    said = refusal(raw)
    assert said.startswith(f"It is {name}. ")
    assert said.endswith(".")
    assert len(said) > len(name) + 20


@pytest.mark.parametrize("text", PLAIN, ids=range(len(PLAIN)))
def test_plain_text_with_a_few_signs_is_taken_letter_for_letter(text):
    assert kind_of(text.encode()) == "plain text"
    [story] = load.stories_in(text.encode(), load.Filing())
    kept = "".join(f"{story.headline or ''}{story.text}".split())
    whole = text.removeprefix("\ufeff")
    assert kept == "".join((whole.partition("\n")[2] if story.published_on else whole).split())


def test_there_are_enough_samples_of_each_side():
    assert len(TEXTS) >= 40 <= len(PLAIN)
    named = {name for name, _ in REFUSED}
    unnamed = {each.name for each in FORMATS} - named - {"plain text"}
    assert unnamed <= {
        "a Pages document",
        "an e-book (epub)",
        "a Photoshop picture",
        "PostScript",
        "UTF-8 text",
    }


def test_a_name_says_nothing(tmp_path, db):
    (tmp_path / "report.docx").write_text(GOOD, "utf-8")
    (tmp_path / "report.txt").write_bytes(BINARIES[0][1])
    out, err, code = take(tmp_path / "report.docx", tmp_path / "report.txt")
    assert "report.docx: made" in out
    assert "report.txt: refused. It is a Word document (docx). Save it as plain text (UTF-8)" in err
    assert code == 1


def test_a_refusal_becomes_a_reader_by_one_entry(monkeypatch):
    raw = b'{"title": "Bread"}\n{"title": "Salt"}\n'
    assert "JSON lines" in refusal(raw)
    give_reader(
        monkeypatch,
        "a list in JSON lines",
        lambda document, zone: iter([Story(text=document.text.split('"')[3])]),
    )
    assert load.stories_in(raw, load.Filing())[0].text == "Bread"


def test_a_folder_is_searched_for_every_kind_that_has_a_reader(monkeypatch, tmp_path, db):
    for name in ("wire.jsonl", "notes.md"):
        (tmp_path / name).write_bytes(b'{"title": "Bread"}\n{"title": "Salt"}\n')
    with pytest.raises(CommandError, match=r"Documents end in \.txt\."):
        take(tmp_path)
    give_reader(
        monkeypatch,
        "a list in JSON lines",
        lambda document, zone: iter([Story(text="Bakers met.")]),
        endings=(".jsonl", ".ndjson"),
    )
    out = take(tmp_path)[0]
    assert "wire.jsonl: made" in out
    assert "notes.md: passed over, its name ends in .md, not in .jsonl or .txt" in out


@pytest.mark.parametrize(
    ("raw", "encoding", "words"),
    [
        (
            RUSSIAN.encode("cp1251"),
            "utf-8",
            "It is not utf-8 (byte 1). Say its encoding with --encoding",
        ),
        (RUSSIAN.encode("cp1251"), "utf-8", "windows-1251 for Cyrillic"),
        ("Café\n\nBread.".encode("latin-1"), "utf-8", "windows-1252 for Western Europe"),
        (RUSSIAN.encode("koi8-r"), "UTF8", "Say its encoding with --encoding"),
        (RUSSIAN.encode("utf-16"), "utf-8", "--encoding utf-16."),
        (RUSSIAN.encode("utf-16-le"), "windows-1251", "--encoding utf-16-le."),
        (RUSSIAN.encode("utf-16-be"), "utf-16", "--encoding utf-16-be."),
        (RUSSIAN.encode("utf-32"), "utf-16", "--encoding utf-32."),
        (RUSSIAN.encode(), "windows-1251", "It is UTF-8 text. Leave --encoding out."),
        (RUSSIAN.encode(), "utf-16", "It is UTF-8 text. Leave --encoding out."),
        (b"Bread is here\n\n", "utf-16", "It is UTF-8 text. Leave --encoding out."),
        (b"Bread\0\1\2 and salt", "utf-8", "It is not text: it contains zero bytes."),
        (b" \n\t ", "utf-8", "It is empty."),
        (b"", "utf-16", "It is empty."),
        ("\u200b\n\u00ad\u200b\n".encode(), "utf-8", "It is empty."),
        ("\u2060\n\u00a0\n\u2800\ufeff".encode(), "utf-8", "It is empty."),
        ("\u200b".encode("utf-16"), "utf-16", "It is empty."),
    ],
)
def test_an_encoding_is_told_and_what_to_say_is_said(raw, encoding, words):
    assert words in refusal(raw, encoding)


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1251", "koi8-r"],
)
def test_text_in_the_encoding_that_was_said_is_taken(encoding):
    [story] = load.stories_in(RUSSIAN.encode(encoding), load.Filing(encoding=encoding))
    assert (story.headline, story.text) == ("Хлеб подорожал", "Пекари собрались в городе.")


def test_a_plain_document_in_an_older_encoding_is_no_utf_8(db):
    assert kind_of("Bread".encode("cp1251"), "cp1251") == "plain text"
    assert kind_of("Нон".encode("cp1251"), "cp1251") == "plain text"


def test_what_is_too_long_to_be_read_is_still_named(tmp_path, db):
    (tmp_path / "report.txt").write_bytes(a_zip(("word/document.xml", "x" * 2_000_000)))
    (tmp_path / "film.txt").write_bytes(b"\0\0\0\x18ftypisom" + b"\0" * LONGEST_DOCUMENT)
    (tmp_path / "book.txt").write_bytes(b"bread " * LONGEST_DOCUMENT)
    _, err, _ = take(tmp_path)
    assert "report.txt: refused. It is a Word document (docx)." in err
    assert "film.txt: refused. It is a sound or a film." in err
    assert "book.txt: refused. It is 6,000,000 bytes long; a document may have 1,000,000." in err


def test_nothing_of_another_kind_goes_live(tmp_path, editor):
    a_section()
    for number, (_, raw) in enumerate(REFUSED):
        (tmp_path / f"{number:02}.txt").write_bytes(raw)
    out, err, code = take(tmp_path, publish=True, by="editor", section="Economy")
    assert f"{len(REFUSED)} read: 0 made, 0 unchanged, {len(REFUSED)} refused. 0 published." in out
    assert err.count(": refused. It is ") == len(REFUSED)
    assert (code, Article.objects.count()) == (1, 0)


def a_mixed_folder(folder):
    (folder / "good.txt").write_text(GOOD, "utf-8")
    (folder / "notes.md").write_text("# Bread", "utf-8")
    (folder / "Loaf.JPG").write_bytes(b"\xff\xd8\xff")
    (folder / ".hidden.txt").write_text(GOOD, "utf-8")
    (folder / ".git").mkdir()
    (folder / ".git" / "config.txt").write_text("not ours", "utf-8")
    (folder / "sub").mkdir()
    (folder / "sub" / "more.text").write_text("Salt costs more\n\nBakers met.", "utf-8")
    (folder / "sub" / "empty.txt").write_text("", "utf-8")
    (folder / "sub" / "link.txt").symlink_to(folder / "good.txt")


@pytest.mark.parametrize("dry_run", [True, False])
def test_what_a_folder_holds_besides_is_counted_and_named(tmp_path, db, dry_run):
    a_mixed_folder(tmp_path)
    out, err, code = take(tmp_path, dry_run=dry_run)
    for name, why in (
        ("notes.md", "its name ends in .md, not in .txt"),
        ("Loaf.JPG", "its name ends in .jpg, not in .txt"),
        (".hidden.txt", "a hidden file"),
        (".git", "a hidden folder"),
    ):
        assert f"{tmp_path / name}: passed over, {why}\n" in out
    made = "would be made" if dry_run else "made"
    assert out.endswith(f"4 read: 2 {made}, 0 unchanged, 2 refused. 4 passed over.\n")
    assert "empty.txt: refused. It is empty." in err
    assert "link.txt: refused. It is a symbolic link." in err
    assert code == 1
    assert Article.objects.count() == (0 if dry_run else 2)


def test_many_that_are_passed_over_are_counted_by_reason(tmp_path, db):
    for number in range(30):
        (tmp_path / f"{number:02}.jpg").write_bytes(b"x")
    (tmp_path / "good.txt").write_text(GOOD, "utf-8")
    out, _, code = take(tmp_path)
    names = ", ".join(str(tmp_path / f"{number:02}.jpg") for number in range(5))
    assert f"30 passed over, its name ends in .jpg, not in .txt: {names} …\n" in out
    assert out.endswith("1 read: 1 made, 0 unchanged, 0 refused. 30 passed over.\n")
    assert code == 0
    quiet, _, _ = take(tmp_path, quiet=True)
    assert quiet == "1 read: 0 made, 1 unchanged, 0 refused. 30 passed over.\n"


def test_a_folder_that_may_not_be_read_is_refused_by_name(tmp_path, db, monkeypatch):
    a_mixed_folder(tmp_path)
    scandir, opened = os.scandir, os.open

    def closed(path):
        if Path(path).name == "sub":
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    def closed_too(path, *args, **kwargs):
        if Path(path).name == "sub":
            raise PermissionError(13, "Permission denied", str(path))
        return opened(path, *args, **kwargs)

    monkeypatch.setattr(os, "scandir", closed)
    monkeypatch.setattr(files.os, "open", closed_too)
    _, err, code = take(tmp_path)
    assert f"{tmp_path / 'sub'}: refused. This user may not read it." in err
    assert code == 1


def test_wrong_words_on_the_command_line_are_answered_in_sentences(tmp_path, db):
    (tmp_path / "empty").mkdir()
    (tmp_path / "good.txt").write_text(GOOD, "utf-8")
    for paths, options, words in (
        ([tmp_path / "empty"], {}, "No document was found there. Documents end in .txt."),
        ([""], {}, "An empty path names nothing."),
        ([tmp_path], {"encoding": "undefined"}, "is no encoding"),
        ([tmp_path], {"encoding": "base64"}, "is no encoding"),
        ([tmp_path], {"encoding": "a\0b"}, "is no encoding"),
        ([tmp_path], {"tag": ["  "]}, "A tag needs a name"),
        ([tmp_path], {"tag": [f"t{n}" for n in range(21)]}, "at most 20 tags"),
        ([tmp_path], {"publish": True}, "--publish needs --by USERNAME"),
    ):
        with pytest.raises(CommandError, match=words):
            take(*paths, **options)
    assert not Article.objects.exists()
    out, err, code = take(tmp_path / "good.txt", tmp_path / "empty", tmp_path / "missing.txt")
    assert f"{tmp_path / 'empty'}: passed over, no document lies in it" in out
    assert "missing.txt: refused. There is no such file." in err
    assert out.endswith("2 read: 1 made, 0 unchanged, 1 refused. 1 passed over.\n")
    assert code == 1


def test_a_dry_run_counts_doubles_as_the_run_does(tmp_path, db):
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(GOOD, "utf-8")
    assert (
        "b.txt: would be unchanged\n2 read: 1 would be made, 1 unchanged"
        in take(tmp_path, dry_run=True)[0]
    )
    assert "2 read: 1 made, 1 unchanged" in take(tmp_path)[0]


def test_standard_input_is_known_by_its_content_too(monkeypatch, db):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"%PDF-1.7\nbread")))
    out, err = io.StringIO(), io.StringIO()
    with pytest.raises(SystemExit):
        call_command("import_stories", "-", stdout=out, stderr=err)
    assert "standard input: refused. It is a PDF." in err.getvalue()


LONG = {
    "brackets": "[" * 300,
    "links": "[a](" * 80,
    "stars": "**a" * 100,
    "tags": "<p " * 100,
    "angles": "<" * 300,
    "open cell": '"' + "a," * 150,
    "commas": "a,b\n" * 80,
    "headers": "X-A: b\n" * 40,
    "fences": "```\n" * 75,
    "comments": "<!--" * 75,
    "dashes": "---|" * 75,
    "braces": "{" * 300,
    "blank lines": "\n \n" * 100,
    "wiki": "[[a" * 100,
    "equals": "=" * 300,
    "underlines": "a\n---" * 60,
    "declared": "<?xml" + " " * 300,
    "nested": '{"a":' * 60,
    "addresses": "https://a" * 33,
    "slack": "<https://" * 33,
    "picture": "![a](" * 60,
    "backticks": "``a" * 100,
    "org": "[[a][" * 60,
    "roles": ":ab:`" * 60,
    "sql": "SELECT a\n" * 33,
    "stamps": "1.1.26, 9:00 - " * 20,
    "yaml": "a: |\n" * 60,
    "diff": "--- a\n" * 50,
    "pages": "[a](a.a.a." * 30,
    "quotes": "'''a" * 75,
    "keys": "a = b\n" * 50,
    "bb": "[/b" * 100,
    "blanks": "a" + " " * 299 + "b",
}


@pytest.mark.parametrize("what", LONG)
def test_telling_a_kind_takes_time_in_proportion(what):
    def seconds(size):
        raw = f"---\n{LONG[what] * (size // 300)}" if what == "keys" else LONG[what] * (size // 300)
        sample = Sample(raw.encode() if isinstance(raw, str) else raw)
        began = time.process_time()
        for each in FORMATS:
            each.is_it(sample)
        return time.process_time() - began

    assert seconds(240_000) < 1.5, "quadratic work on a quarter of the longest document"
