"""Small documents of our own: kinds that are not plain text, each with the name it is refused by, and plain texts that
hold a few signs of markup. Nothing in them is news."""

import io
import tarfile
import zipfile


def a_zip(*members: tuple[str, str]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        for name, text in members:
            archive.writestr(zipfile.ZipInfo(name), text)
    return file.getvalue()


def a_tar() -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("bread.txt"))
    return file.getvalue()


ODT = "application/vnd.oasis.opendocument.text"
RUSSIAN = "Хлеб подорожал\n\nПекари собрались в городе.\n"

TEXTS = [
    (
        "Markdown with front matter",
        "---\ntitle: Bread costs more\ndate: 2026-03-04\n---\n\nBakers met.\n",
    ),
    ("Markdown with front matter", "\ufeff---\r\nlayout: post\r\n...\r\nBakers met.\r\n"),
    ("Markdown with front matter", '+++\ntitle = "Bread"\ndraft = true\n+++\n\nBakers met.\n'),
    (
        "Markdown",
        "# Bread costs more\n\n## The market\n\nBakers met.\n\n## The mill\n\nFlour is up.\n",
    ),
    ("Markdown", "Bread costs more\n\nBakers [said so](https://example.org/bread) in town.\n"),
    ("Markdown", "Bread costs more\n\n![A loaf](/images/loaf.jpg)\n\nBakers met.\n"),
    ("Markdown", "Bread costs more\n\nBakers met [here][1].\n\n[1]: https://example.org/\n"),
    ("Markdown", "Bread\n\n```python\nprint(1)\n```\n\nBakers met.\n"),
    ("Markdown", "Prices\n\n| Bread | Salt |\n|-------|------|\n| 5 | 3 |\n"),
    ("Markdown", "Bread\n\n**Who met?** Bakers.\n\n**Where?** In town.\n\n**Why?** Flour is up.\n"),
    (
        "Markdown",
        "Bread costs more\n================\n\nThe market\n----------\n\n**Bakers** met.\n",
    ),
    (
        "a WordPress export (WXR)",
        '<?xml version="1.0" encoding="UTF-8" ?>\n<!-- made by hand -->\n<rss version="2.0" '
        'xmlns:wp="http://wordpress.org/export/1.2/"><channel><item><title>Bread</title></item></channel></rss>',
    ),
    ("a feed (RSS or Atom)", '<rss version="2.0"><channel><title>Bread</title></channel></rss>'),
    (
        "a feed (RSS or Atom)",
        '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>B</title></feed>',
    ),
    ("a feed (RSS or Atom)", '<rdf:RDF xmlns="http://purl.org/rss/1.0/"><channel/></rdf:RDF>'),
    (
        "a NewsML-G2 document",
        '<?xml version="1.0"?><newsItem xmlns="http://iptc.org/std/nar/2006-10-01/"></newsItem>',
    ),
    (
        "a NewsML-G2 document",
        '<x:message xmlns:x="http://iptc.org/std/nar/2006-10-01/"><y/></x:message>',
    ),
    ("a NITF or NewsML document", "<nitf><body><p>Bread</p></body></nitf>"),
    ("an HTML page", "<!doctype html><html><body><p>Bread</p></body></html>"),
    ("an HTML page", "<HTML>\n<title>Bread</title>\nBakers met."),
    ("an HTML page", "<p>Bread costs more.</p>\n<p>Bakers met.</p>"),
    ("an HTML page", "<!-- wp:paragraph -->\n<p>Bread costs more.</p>\n<!-- /wp:paragraph -->"),
    (
        "an HTML page",
        "Bread costs more\n\nBakers <b>met</b>.\n\nThey <a href='x'>said</a> so.\n\nThen <i>left</i>.\n",
    ),
    ("a picture (SVG)", '<svg xmlns="http://www.w3.org/2000/svg"><title>Bread</title></svg>'),
    ("an XML document", '<?xml version="1.0"?>\n<story><head>Bread</head></story>'),
    ("an XML document", "<story><head>Bread</head></story>"),
    ("an XML document", "<?xml version='1.0'?>"),
    ("a Ghost export (JSON)", '{"db": [{"meta": {}, "data": {"posts": [{"title": "Bread"}]}}]}'),
    ("a Ghost export (JSON)", '{"data": {"posts": [], "tags": []}}'),
    (
        "a ninjs document",
        '{"uri": "urn:1", "versioncreated": "2026-03-04T09:00:00Z", "headline": "Bread"}',
    ),
    ("a ninjs document", '[{"uri": "urn:1", "headlines": [{"value": "Bread"}]}]'),
    (
        "a JSON Feed",
        '{"version": "https://jsonfeed.org/version/1.1", "title": "Bread", "items": []}',
    ),
    ("a JSON document", '{"title": "Bread", "body": "Bakers met."}'),
    ("a JSON document", '[{"title": "Bread"}, {"title": "Salt"}]'),
    ("a JSON document", '{"title": "Bread", "body": "Bakers m'),
    ("a list in JSON lines", '{"title": "Bread"}\n{"title": "Salt"}\n\n{"title": "Flour"}\n'),
    (
        "a mail",
        "From: Ada <ada@example.org>\nTo: Ben <ben@example.org>\nSubject: Bread\n\nBakers met.\n",
    ),
    (
        "a mail",
        "Return-Path: <ada@example.org>\nReceived: from mill\n\tby oven\nSubject: Bread\n\nBakers met.\n",
    ),
    ("a mail", "From ada@example.org Wed Mar  4 09:00:00 2026\nSubject: Bread\n\nBakers met.\n"),
    ("a mail", "MIME-Version: 1.0\nContent-Type: text/html\n\n<p>Bakers met.</p>\n"),
    ("a mail", "From: Ada Baker\nSent: Wednesday\nTo: Ben Cook\nSubject: Bread\n\nBakers met.\n"),
    ("a mail", "От: Ада <ada@example.org>\nКому: Бен\nТема: Хлеб\n\nПекари собрались.\n"),
    ("a table (CSV)", "title,date,body\nBread,2026-03-04,Bakers met.\n"),
    ("a table (CSV)", "title, author, body\nBread, Ada, Bakers met.\nSalt, Ben, Nobody met.\n"),
    (
        "a table (CSV)",
        'title,body\nBread,"Bakers met.\n\nThey talked, and left."\nSalt,"Nobody, at all"\n',
    ),
    ("a table (CSV)", "id;headline;text\n1;Bread;Bakers met\n2;Salt;Nobody met\n"),
    ("a table (CSV)", "Bread\t5\tTashkent\nSalt\t3\tBukhara\n"),
    ("a table (CSV)", "1,Bread,5\n2,Salt,3\n3,Flour,4\n"),
    ("a table (CSV)", "Bread,5\nSalt,3\nFlour,4\n"),
    ("wiki text", "== Bread ==\n\nBakers met in [[Tashkent]].\n\n== Salt ==\n\nNobody met.\n"),
    ("wiki text", "'''Bread''' costs more in [[Tashkent|the capital]] and [[Bukhara]].\n"),
    ("BBCode or shortcodes", "[b]Bread[/b] costs more.\n\n[quote]Bakers met.[/quote]\n"),
    (
        "BBCode or shortcodes",
        '[caption id="1"]A loaf[/caption]\n\nBread.\n\n[gallery ids="1"][/gallery]\n',
    ),
    ("a LaTeX document", "\\documentclass{article}\n\\begin{document}\nBread.\n\\end{document}\n"),
    ("a calendar or an address card", "BEGIN:VCALENDAR\nSUMMARY:Bread\nEND:VCALENDAR\n"),
    ("subtitles", "WEBVTT\n\n00:01.000 --> 00:02.000\nBread\n"),
    ("subtitles", "1\n00:00:01,000 --> 00:00:02,000\nBread\n"),
    ("a key or a certificate", "-----BEGIN CERTIFICATE-----\nbread\n-----END CERTIFICATE-----\n"),
    ("a program", "#!/bin/sh\necho bread\n"),
    ("Markdown", "Bread costs more\n\n![photo](x.png)\n\nText after.\n"),
    ("Markdown", "Bread costs more\n\nBakers [said so](bread.html).\n"),
    (
        "reStructuredText",
        "Bread\n=====\n\nType ``bread`` there.\n\n.. image:: loaf.png\n\nBakers met.\n",
    ),
    ("reStructuredText", "Bread\n=====\n\nType ``bread`` there.\n"),
    (
        "reStructuredText",
        "Bakers met, see :ref:`bread` and `the report <https://example.org/>`_.\n",
    ),
    ("an Org document", "#+TITLE: Bread\n#+AUTHOR: Ada\n\n* Market\nBakers met.\n"),
    ("an Org document", "Bread\n\nBakers met [[https://example.org/][here]].\n"),
    ("AsciiDoc", "= Bread\n:author: Ada\n\nBakers met.\n"),
    ("AsciiDoc", "Bread\r\n\r\nBakers met https://example.org/bread[here].\r\n"),
    ("AsciiDoc", "Bread\n\nimage::loaf.png[A loaf]\n\nBakers met.\n"),
    ("a YAML document", "title: Bread\nauthor: Ada\nbody: |\n  Bakers met.\n\n  They talked.\n"),
    (
        "a YAML document",
        "---\n# a remark\ntitle: Bread\ntags:\n- salt\n- flour\ndate: 2026-03-04\n",
    ),
    (
        "a diff",
        "diff --git a/bread b/bread\n--- a/bread\n+++ b/bread\n@@ -1 +1 @@\n-Bread\n+Salt\n",
    ),
    ("a diff", "--- bread\t2026\n+++ salt\t2026\n@@ -1,2 +1,2 @@\n-Bread\n+Salt\n"),
    ("a text of Slack", "Bread costs more\n\nBakers read <https://example.org/|the report>.\n"),
    (
        "an export of a chat",
        "04/03/2026, 09:00 - Ada: Bread is up.\n04/03/2026, 09:01 - Ben: And salt.\n",
    ),
    (
        "an export of a chat",
        "[04.03.26, 09:00:05] Ada: Bread\n\nis up.\n\u200e[04.03.26, 09:01:00] Ben: And salt.\n",
    ),
    (
        "an export of a chat",
        "3/4/26, 9:00\u202fAM - X.\n3/4/26, 9:01\u202fAM - A: B\n3/4/26, 9:02\u202fPM - B: C\n",
    ),
    (
        "an export of a chat",
        "Ada, [04.03.2026 09:00]\nBread is up.\n\nBen, [04.03.2026 09:01]\nAnd salt.\n",
    ),
    (
        "a copy of a database (SQL)",
        "INSERT INTO stories (title, body)\nVALUES ('Bread', 'Bakers met.');\n",
    ),
    (
        "a copy of a database (SQL)",
        "-- a remark\nSET NAMES utf8;\n\nCREATE TABLE bread (\n  id int\n);\n",
    ),
    ("a copy of a database (SQL)", "-- MySQL dump 10.13\n\nINSERT INTO bread VALUES (1);\n"),
]

BINARIES = [
    (
        "a Word document (docx)",
        a_zip(("[Content_Types].xml", "<x/>"), ("word/document.xml", "<w/>")),
    ),
    ("an OpenDocument text (odt)", a_zip(("mimetype", ODT), ("content.xml", "<x/>"))),
    ("a spreadsheet", a_zip(("xl/workbook.xml", "<x/>"))),
    ("a presentation", a_zip(("ppt/presentation.xml", "<x/>"))),
    ("an archive (zip)", a_zip(("bread.txt", "Bakers met."))),
    ("an archive (tar)", a_tar()),
    ("an archive (gzip)", b"\x1f\x8b\x08\0\0\0\0\0bread"),
    ("an archive (bzip2, xz, 7z, rar or zstd)", b"7z\xbc\xaf\x27\x1c\0\4bread"),
    ("a PDF", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n"),
    ("a PDF", b"\xef\xbb\xbf\n%PDF-1.4\nbread"),
    ("an RTF document", rb"{\rtf1\ansi\deff0 Bakers met.\par}"),
    (
        "an older Office document (doc, xls) or a mail of Outlook",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 60,
    ),
    ("a JPEG picture", b"\xff\xd8\xff\xe0\0\x10JFIF"),
    ("a PNG picture", b"\x89PNG\r\n\x1a\n\0\0"),
    ("a GIF picture", b"GIF89a\1\0\1\0"),
    ("a WebP picture", b"RIFF\x10\0\0\0WEBPVP8 "),
    ("a TIFF picture", b"II*\0\x08\0\0\0"),
    ("a HEIC or AVIF picture", b"\0\0\0\x18ftypheic\0\0\0\0"),
    ("a bitmap picture", b"BM\x46\0\0\0\0\0\0\0\x36\0\0\0"),
    ("a sound or a film", b"\0\0\0\x18ftypisom\0\0\0\0"),
    ("a sound or a film", b"ID3\4\0\0\0\0\0\0"),
    ("a database (SQLite)", b"SQLite format 3\0\x10\0"),
    ("a program", b"\x7fELF\2\1\1\0"),
    ("UTF-16 text", RUSSIAN.encode("utf-16")),
    ("UTF-16 text", b"\xfe\xff" + RUSSIAN.encode("utf-16-be")),
    ("UTF-16 text without a mark", RUSSIAN.encode("utf-16-le")),
    ("UTF-16 text without a mark", "Bread costs more\n\nBakers met.".encode("utf-16-be")),
    ("UTF-32 text", RUSSIAN.encode("utf-32")),
    ("UTF-32 text without a mark", RUSSIAN.encode("utf-32-le")),
    ("UTF-32 text without a mark", RUSSIAN.encode("utf-32-be")),
]

PLAIN = [
    "What bakers want\n\n* bread\n* salt\n* flour\n\nThey want it now.",
    "What bakers want\n\n- bread\n- salt\n\n1. flour\n2. water\n",
    "Bread <3 salt\n\nBakers love it: 1 < 2 > 0.",
    "<3 is what she wrote\n\nNobody knew why.",
    "<ada@example.org> wrote to us\n\nShe bakes.",
    "Letters\n\n> “Bread is dear,” she wrote.\n> It is.\n\nWe agree.",
    "Bread, salt, flour and water\n\nAll of them, she said, cost more, and bakers, who met, agreed.",
    "From: the mill\n\nFlour comes from the mill.",
    "From: Tashkent\nTo: Bukhara\n\nThe road is long.",
    "Subject: bread\n\nAn exhibition of that name opened.",
    "Date: 2026-03-04\n\nBread costs more\n\nBakers met.",
    "To: whom it concerns\n\nBakers met.",
    "#MeToo, and the bakers\n\nThey talked.",
    "# 1 in the country\n\nThe bakery won.",
    "# Bread costs more\n\nBakers met.",
    "#1 bread\n#2 salt\n#3 flour\n\nThe list is short.",
    "# 1 bread\n# 2 salt\n# 3 flour\n\nThe list is short.",
    "He said f**k and s**t, twice\n\nBakers heard it. D**n, they said.",
    "Bread **\n\n** costs more since March.",
    "The **new** bread\n\nIt is *really* new, and _hot_.",
    "Bread costs more\n================\n\nBakers met.",
    "First part\n\n***\n\nSecond part.\n\n* * *\n\nThird part.",
    "First part\n\n---\n\nSecond part.",
    "---\nBread costs more\n---\n\nBakers met.",
    "[Translated from Russian]\n\nBread costs more.",
    "[1] and [2] are notes\n\nBread costs more [3].\n\n[1] A book.\n[2] Another (page 5).",
    "{Editor’s note: shortened}\n\nBread costs more.",
    '"Bread is dear"\n\nHe said so.',
    "How to write HTML\n\nA paragraph is <p> and </p>; <b>bold</b> is bold.\n\nThat is all.\n\nReally.\n\nYes.",
    "<Laughter> The hall was full\n\nBakers met.",
    "Mathematics\n\nIf a < b and b > c, then a <b> c is nothing.",
    "Bread & salt; 5 > 3; AT&T; &amp; is an ampersand\n\nBakers met.",
    "See https://example.org/bread(2026) and www.example.com\n\nBakers met (https://example.org/).",
    "Prices | Bread | Salt\n\nBread: 5 | 6. Salt: 3.",
    "Bread; salt; flour\n\nAll three; all dear.",
    "\tBread costs more.\n\tBakers met.\n\tThey talked.",
    "Bread\tsalt\n\nBakers met.",
    "Рост на 1,5 процента\n\nЦены выросли на 2,7 процента.\n\nСоль подешевела на 0,3 процента.",
    "Roses are red, violets blue\nBread is brown, and flour too\nSalt is white, and so are you",
    "Bread, milk\n\nSalt, sugar",
    "Dear reader,\n\nbread costs more,\n\nyours, the baker",
    "BM is a bakery\n\nIt bakes.",
    "PK said no\n\nBakers met.",
    "ID3 is a tag\n\nOf music.",
    "GIF or JPEG? %PDF- is a mark\n\nSo is {\\rtf.",
    "Bakery 2: C:\\bread\\salt\n\n\\o/ they cried.",
    "== sign of equality\n\n5 == 5, they say [[sic]].",
    "Why [b] is B flat\n\nAnd [i] is not.",
    "Note_to_self: snake_case __init__ is Python\n\nBakers met.",
    "Q: Why?\nA: Bread.\n\nQ: When?\nA: Now.",
    "title: none\n\nBakers met.",
    "Title: Bread\nAuthor: a baker\n\nBakers met.",
    "title: bread\nauthor: a baker\n\nBakers met.",
    "Wow![1] he said (x.png)\n\nBakers met [sic](so it stands).",
    "Bakers met .. and went :: home\n\n.. and came back.",
    "She said ``bread'' and `salt`\n\nType ``bread`` there.",
    "#+1 for bread\n\n* bread\n** more bread\n",
    "= is a sign\n\n:) is a face: smile.",
    "See https://example.org/bread[1] and https://example.org/salt[sic].\n\n[NOTE] Bakers met.",
    "INSERT INTO is how a row is made; SELECT finds it\n\nBakers met; they talked.",
    "Select bread from the best; update your oven\n\nDelete from memory; drop table manners.",
    "CREATE TABLE manners\n\nBakers met.",
    "--- bread\n+++ salt\n\n@@ is a mark.",
    "- Bread is up, he said.\n- And salt, she said.\n+ So is flour.",
    "04.03.2026, 09:00 – Bakers meet.\n\n04.03.2026, 09:30 – They leave.",
    "04.03.2026, 09:00 - Bakers meet.\n\n04.03.2026, 09:30 - They leave: nobody stays.",
    "[09:00] Ada: Bread is up.\n[09:01] Ben: And salt.",
    "Letters\n\n<https://example.org/> is the address; <#1> is none, bread | salt.",
    RUSSIAN,
    "Noni narxi oshdi\n\nNovvoylar yigʻildi, dedi u.",
    "面包涨价了\n\n面包师开会了。",
    "زاد سعر الخبز\n\nاجتمع الخبازون.",
    "Bread 🍞 costs more\n\nBakers met 👩‍🍳.",
    "\ufeffBread costs more\r\n\r\nBakers met.\r\n",
]
