"""What Word, Google Docs, LibreOffice and a web page put on the clipboard: (the HTML, what the story stores, what is
said to be left out)."""

GOOGLE = (
    '<meta charset="utf-8"><b style="font-weight:normal;" id="docs-internal-guid-1"><p dir="ltr">'
    '<span style="color:#000;font-weight:400;">Plain, </span><span style="font-weight:700;">bold</span>'
    '<span style="font-weight:400;font-style:italic;"> slanted</span><a '
    'href="https://www.google.com/url?q=https://a.example/x&amp;sa=D"><span>link'
    "</span></a></p>"
    '<h1><span style="font-weight:400">Head</span></h1><ul><li dir="ltr" aria-level="1"><p>One</p></li></ul>'
    '<p><br></p><p><img src="https://a.example/x.png"></p><div><table><colgroup><col></colgroup><tbody><tr><td><p>'
    '<span style="font-weight:700">Year</span></p></td><td><p><span>2026</span></p></td></tr></tbody></table>'
    "</div></b>"
)
WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p {margin:0}</style></head><body>
<h1>Head<o:p></o:p></h1>
<p class="MsoNormal" style="margin:0"><b>Bold</b> and <i style="mso-bidi-font-style:normal">italic</i><o:p></o:p></p>
<p class="MsoNormal"><span style="color:red">red</span> <a name="_Toc1"></a><a href="https://a.example/">link</a></p>
<p class="MsoListParagraphCxSpFirst" style="mso-list:l0 level1 lfo1"><![if !supportLists]><span
style="font-family:Symbol"><span style="mso-list:Ignore">·<span style="font:7pt"> </span></span></span><![endif]>First
</p>
<p class="MsoListParagraphCxSpMiddle" style="mso-list:l0 level2 lfo1"><span style="mso-list:Ignore">o </span>Inner</p>
<p class="MsoListParagraphCxSpLast" style="mso-list:l0 level1 lfo1"><span style="mso-list:Ignore">· </span>Second</p>
<p class="MsoListParagraph" style="mso-list:l1 level1 lfo2"><span style="mso-list:Ignore">1.  </span>Numbered</p>
<table class="MsoTableGrid"><tr><td style="border:1pt"><p class="MsoNormal">Cell</p></td></tr></table>
<p class="MsoNormal"><v:shape><v:imagedata src="file:///x.png"></v:imagedata></v:shape></p>
<p class="MsoCommentText">A comment</p></body></html>"""
LIBRE = """<p class="western" align="left" style="margin-bottom: 0in"><font color="#c9211e"><font
face="Liberation Serif"><b>Bold</b></font></font> and <i>italic</i>, <u>under</u> 5 m<sup>2</sup>, CO<sub>2</sub></p>
<h4 class="western">Small</h4>
<ol><li><p>One</p></li></ol><table width="100%"><col width="9"><thead><tr valign="top"><th><p>Year</p></th></tr></thead>
<tbody><tr><td><p>2026</p></td></tr></tbody></table>"""
WEB = """<article><header><h1 class="t"><span>Head</span></h1></header><div><div>Some <em>words</em> in a box</div>
<script>alert(1)</script><blockquote><p>Said</p></blockquote><figure><img src="//evil.example/x.png"><figcaption>Under
it</figcaption></figure><p onclick="alert(1)" style="background: url(javascript:1)">Text<a
href="javascript:alert(1)">no</a></p><iframe src="https://x.example"></iframe></div></article>"""
FOUR = {
    "Word": (
        WORD,
        '<h2>Head</h2><p><strong>Bold</strong> and <em>italic</em></p><p>red <a href="https://a.example/">link'
        "</a></p>"
        "<ul><li><p>First</p><ul><li><p>Inner</p></li></ul></li><li><p>Second</p></li></ul><ol><li><p>Numbered"
        "</p></li>"
        "</ol><table><tbody><tr><td><p>Cell</p></td></tr></tbody></table>",
        "1 picture, 1 comment, colours, fonts and other looks",
    ),
    "Google Docs": (
        GOOGLE,
        '<p>Plain, <strong>bold</strong><em> slanted</em><a href="https://a.example/x">link</a></p><h2>Head'
        "</h2><ul><li>"
        "<p>One</p></li></ul><table><tbody><tr><td><p><strong>Year</strong></p></td>"
        "<td><p>2026</p></td></tr></tbody></table>",
        "1 picture",
    ),
    "LibreOffice": (
        LIBRE,
        "<p><strong>Bold</strong> and <em>italic</em>, under 5 m², CO₂</p><h3>Small</h3><ol><li><p>One</p></li></ol>"
        "<table><tbody><tr><th><p>Year</p></th></tr><tr><td><p>2026</p></td></tr>"
        "</tbody></table>",
        "colours, fonts and other looks",
    ),
    "a web page": (
        WEB,
        "<h2>Head</h2><p>Some <em>words</em> in a box</p><blockquote><p>Said</p></blockquote><p>Under it</p>"
        "<p>Textno</p>",
        "1 picture, 1 film, sound or frame, colours, fonts and other looks",
    ),
}

# Small fragments, each in the shape in which its program writes it: {what: (the HTML, what it becomes, what is said)}.
WORD_NOTES = """<p class=MsoNormal>Bread is up<a
style='mso-footnote-id:ftn1' href="#_ftn1" name="_ftnref1" title=""><span
class=MsoFootnoteReference><span style='mso-special-character:footnote'>[1]</span></span></a> and salt<a
style='mso-footnote-id:ftn2' href="#_ftn2" name="_ftnref2"><span class=MsoFootnoteReference>[2]</span></a>.</p>
<div style='mso-element:footnote-list'><br clear=all><hr align=left size=1 width="33%">
<div style='mso-element:footnote' id=ftn1><p class=MsoFootnoteText><a style='mso-footnote-id:ftn1' href="#_ftnref1"
name="_ftn1"><span class=MsoFootnoteReference>[1]</span></a> Says the <i>mill</i>.</p></div>
<div style='mso-element:footnote' id=ftn2><p class=MsoFootnoteText><a href="#_ftnref2" name="_ftn2">[2]</a> Says
the mine.</p></div></div>"""
FOOTNOTES = (
    "<p>Bread is up[1] and salt[2].</p>"
    "<ol><li><p>Says the <em>mill</em>.</p></li><li><p>Says the mine.</p></li></ol>"
)
WORD_LISTS = """<style><!-- @list l0:level1 {mso-level-number-format:roman-lower; mso-level-text:"%1.";}
@list l1:level1 {mso-level-number-format:alpha-upper;} --></style>
<p class=MsoNormal style='mso-list:l3 level1 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>1.<span
style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;</span></span><![endif]>One</p><p class=MsoNormal>Between</p>
<p style='mso-list:l3 level1 lfo1'><span style='mso-list:Ignore'>2. </span>Two</p>
<p class=MsoNormal>Roman</p><p style='mso-list:l0 level1 lfo2'><span style='mso-list:Ignore'>v.</span>Five</p>
<p class=MsoNormal>Letters</p><p style='mso-list:l1 level1 lfo3'><span style='mso-list:Ignore'>C) </span>See</p>
<p style='mso-list:l1 level1 lfo3'><span style='mso-list:Ignore'>D)</span>Dee</p>"""
PASTES = {
    "Word: powers and formulas": (
        "<p class=MsoNormal>10<sup>6</sup> m<span style='mso-text-raise:3.0pt;position:relative;top:-3.0pt'>2"
        "</span>, "
        "CO<span style='vertical-align:sub'>2</span>, the 1<sup>st</sup></p>",
        "<p>10⁶ m², CO₂, the 1st</p>",
        [],
    ),
    "Google Docs: powers and formulas": (
        '<b style="font-weight:normal" id="docs-internal-guid-2"><p><span style="font-size:11pt">10</span>'
        '<span style="'
        'font-size:0.6em;vertical-align:super">−6,5</span><span> m</span><span style="vertical-align:super">'
        "<b>2</b></span>"
        ' V<span style="vertical-align:sub">max</span></p></b>',
        "<p>10−6,5 m<strong>²</strong> Vmax</p>",
        ["Raised or lowered before, on the line now: “−6,5 max”."],
    ),
    "a web page: a power without a sign": (
        "<p>10<sup>6,5</sup></p>",
        "<p>10^6,5</p>",
        ["on the line now: “^6,5”"],
    ),
    "Word: struck out and tracked": (
        "<p class=MsoNormal>Bread <s>falls a lot</s> rises <del cite='mailto:Ada' datetime='2026-01-01'>today"
        "</del><ins>now"
        "</ins><span style='text-decoration:line-through'> never</span></p>",
        "<p>Bread  rises now</p>",
        ["5 words that were struck out were left out: “falls a lot today never”."],
    ),
    "Google Docs: struck out": (
        '<p><span style="font-weight:400;text-decoration:underline line-through">old</span><span> new</span></p>',
        "<p>new</p>",
        ["1 word that was struck out was left out: “old”."],
    ),
    "a web page: struck out across blocks": (
        '<div style="text-decoration-line: line-through"><p>One two</p><p>three</p></div><p>Four</p>',
        "<p>Four</p>",
        ["words that were struck out were left out"],
    ),
    "hidden words": (
        "<p>Seen<span style='display:none;mso-hide:all'>, unseen</span></p>",
        "<p>Seen</p>",
        ["2 words that were hidden were left out: “, unseen”."],
    ),
    "Gmail: a quotation and its rule": (
        '<div dir="ltr"><div>She wrote:</div><div><br></div><blockquote class="gmail_quote" style="margin:0px '
        "0px 0px "
        '0.8ex;border-left:1px solid rgb(204,204,204)"><div>Bread is up.<br></div><div>Salt too.</div>'
        "</blockquote><hr>"
        "<div>After</div></div>",
        "<p>She wrote:</p><blockquote><p>Bread is up.</p><p>Salt too.</p></blockquote><hr><p>After</p>",
        [],
    ),
    "Word: a quotation and a rule": (
        "<p class=MsoNormal>Before</p><p class=MsoQuote>Said</p><p class=MsoQuote>and done</p><div "
        "style='mso-element:"
        "para-border-div;border:none;border-bottom:solid windowtext 1.5pt'><p class=MsoNormal><o:p>&nbsp;"
        "</o:p></p></div>"
        "<p class=MsoNormal>After</p>",
        "<p>Before</p><blockquote><p>Said</p><p>and done</p></blockquote><hr><p>After</p>",
        [],
    ),
    "a web page: a quotation inside a sentence": (
        "<p>He said <q>no</q>.</p>",
        "<p>He said “no”.</p>",
        [],
    ),
    "Word: numbers, Roman ones and letters": (
        WORD_LISTS,
        '<ol><li><p>One</p></li></ol><p>Between</p><ol start="2"><li><p>Two</p></li></ol><p>Roman</p><ol '
        'type="i" start="5">'
        '<li><p>Five</p></li></ol><p>Letters</p><ol type="A" start="3"><li><p>See</p></li><li><p>Dee</p></li>'
        "</ol>",
        [],
    ),
    "Word on the web: an item a list": (
        '<div class="ListContainerWrapper SCXW1"><ol class="NumberListStyle1 SCXW1" start="1"><li><p>One</p>'
        "</li></ol></div>"
        '<div class="ListContainerWrapper SCXW1"><ol class="NumberListStyle1 SCXW1" start="2"><li><p>Two</p>'
        "</li></ol></div>",
        "<ol><li><p>One</p></li><li><p>Two</p></li></ol>",
        [],
    ),
    "Word on the web: lists in lists": (
        "".join(
            f'<div class="ListContainerWrapper SCXW1"><{name} class="SCXW1"><li data-aria-level="{level}" '
            f'data-leveltext="x" class="OutlineElement SCXW1"><p>{words}</p></li></{name}></div>'
            for name, level, words in (
                ("ul", 1, "one"),
                ("ul", 2, "in it"),
                ("ul", 2, "beside"),
                ("ul", 3, "deep"),
                ("ol", 2, "numbered"),
                ("ul", 1, "two"),
            )
        ),
        "<ul><li><p>one</p><ul><li><p>in it</p></li><li><p>beside</p><ul><li><p>deep</p></li></ul></li></ul>"
        "<ol><li><p>numbered</p></li></ol></li><li><p>two</p></li></ul>",
        [],
    ),
    "Google Docs: numbers that go on, lists in lists": (
        '<ol start="3" style="margin:0"><li style="list-style-type:lower-alpha"><p>c</p></li><ul><li><p>in it'
        "</p></li></ul>"
        '<li style="list-style-type:lower-alpha"><p>d</p></li></ol>',
        '<ol type="a" start="3"><li><p>c</p><ul><li><p>in it</p></li></ul></li><li><p>d</p></li></ol>',
        [],
    ),
    "LibreOffice: a number of its own, and counting down": (
        '<ol><li value="4"><p>four</p></li><li><p>five</p></li><li value="9"><p>nine</p></li></ol><ol '
        "reversed><li>b</li><li>a"
        "</li></ol>",
        '<ol start="4"><li><p>four</p></li><li><p>five</p></li></ol><ol start="9"><li><p>nine</p></li></ol>'
        '<ol start="2"><li>b</li></ol><ol><li>a</li></ol>',
        [],
    ),
    "Word: footnotes": (WORD_NOTES, FOOTNOTES, ["2 footnotes stand as a list under the text."]),
    "LibreOffice: footnotes": (
        '<p>Bread is up<a class="sdfootnoteanc" name="sdfootnote1anc" href="#sdfootnote1sym"><sup>1</sup></a> '
        "and salt<a "
        'class="sdfootnoteanc" name="sdfootnote2anc" href="#sdfootnote2sym"><sup>2</sup></a>.</p><div '
        'id="sdfootnote1"><p '
        'class="sdfootnote"><a class="sdfootnotesym" name="sdfootnote1sym" href="#sdfootnote1anc">1</a> Says '
        "the <i>mill</i>"
        '.</p></div><div id="sdfootnote2"><p><a name="sdfootnote2sym" href="#sdfootnote2anc">2</a> Says the '
        "mine.</p></div>",
        FOOTNOTES,
        ["2 footnotes stand"],
    ),
    "Google Docs: footnotes": (
        '<p>Bread is up<sup><a href="#ftnt1" id="ftnt_ref1">[1]</a></sup> and salt<sup><a href="#ftnt2" '
        'id="ftnt_ref2">[2]</a>'
        '</sup>.</p><hr><div><p><a href="#ftnt_ref1" id="ftnt1">[1]</a><span> Says the <i>mill</i>.</span></p>'
        "</div><div><p><a "
        'href="#ftnt_ref2" id="ftnt2">[2]</a> Says the mine.</p></div>',
        FOOTNOTES.replace("<ol>", "<hr><ol>"),
        ["2 footnotes stand"],
    ),
    "a web page: footnotes": (
        '<p>Bread is up<sup class="reference"><a href="https://a.example/x#cite_note-1">[1]</a></sup> and salt'
        "<sup><a "
        'href="#cite_note-2">[2]</a></sup>.</p><ol class="references"><li id="cite_note-1"><a '
        'href="#cite_ref-1">^</a> Says '
        'the <i>mill</i>.</li><li id="cite_note-2"><a href="#cite_ref-2">↑</a> Says the mine.</li></ol>',
        FOOTNOTES,
        ["2 footnotes stand"],
    ),
    "a web page: a footnote that was not copied": (
        '<p>Bread<sup><a href="#cite_note-1">[1]</a></sup> is up, see <a href="#prices">below</a>.</p>',
        "<p>Bread is up, see below.</p>",
        [
            "Left out: 1 mark of footnotes that were not copied: “1”.",
            "“below” is no link any more: “#prices”",
        ],
    ),
    "a web page: verse": (
        '<pre class="wp-block-verse">First line\nsecond <em>line</em>\n\nthird</pre><p style="white-space: '
        'pre-wrap">a\nb</p>'
        "<p>one\nline</p>",
        "<p>First line<br>second <em>line</em></p><p>third</p><p>a<br>b</p><p>one line</p>",
        [],
    ),
    "a web page: verse that is set in": (
        "<pre>First line\n  second\n\t<em>third</em> line\n\n  last</pre>",
        "<p>First line<br>&nbsp;&nbsp;second<br><em>&nbsp;&nbsp;&nbsp;&nbsp;third</em> line</p>"
        "<p>&nbsp;&nbsp;last</p>",
        [],
    ),
    "a web page: capitals by style": (
        '<p>Says the <span style="text-transform: uppercase">un agency</span>, <span style="font-variant: small-caps">'
        'Ada</span> <span style="text-transform:uppercase">BBC</span></p>',
        "<p>Says the un agency, Ada BBC</p>",
        ["In capitals by their look alone, in the letters that were typed now: “un agency Ada”."],
    ),
    "Slack: lines and signs": (
        '<meta charset="utf-8"><span style="white-space: pre-wrap">Bread is up<img '
        'data-stringify-emoji=":bread:" alt="🍞" '
        'src="https://a.example/e.png"><br><br>and salt <a href="https://a.example/">here</a></span>',
        '<p>Bread is up🍞</p><p>and salt <a href="https://a.example/">here</a></p>',
        [],
    ),
    "a single word stays one": ('<meta charset="utf-8"><b>word</b>', "<strong>word</strong>", []),
    "empty paragraphs": (
        "<p>a</p><p>&nbsp;</p><p><br></p><div><br></div><h2> </h2><ul><li></li></ul><p><span>\u200b</span></p>"
        "<p>b<br></p>",
        "<p>a</p><p>b</p>",
        [],
    ),
    "links": (
        '<p><a href="www.example.com">one</a> <a href="mailto:a@b.c?subject=Hello world">two</a> <a '
        'href="ftp://b.example/">'
        'our three</a> <a href="file:///C:/x.doc">four</a> <a name="_Toc1">five</a></p>',
        '<p><a href="https://www.example.com">one</a> <a href="mailto:a@b.c?subject=Hello%20world">two</a> our '
        "three four five"
        "</p>",
        [
            "“our three” is no link any more: “ftp://b.example/” leads nowhere from here.",
            "“four” is no link any more",
        ],
    ),
    "a page of ours": (
        '<blockquote class="pull-quote"><p>Set apart</p></blockquote><div class="fact-box" role="group" '
        'aria-label="Fact box">'
        '<p>A fact</p></div><figure class="embed embed--video"><p class="embed-from">Video on YouTube</p><p><a '
        'href="https://'
        'youtu.be/abcdefghijk" rel="noopener">A film</a></p></figure><figure class="photo"><picture><img '
        'src="/media/x.jpg" '
        'alt="A loaf"></picture><figcaption>Bread. <span>Photo: Desk</span></figcaption></figure>',
        '<blockquote data-pull-quote=""><p>Set apart</p></blockquote><aside data-fact-box=""><p>A fact</p></aside>'
        '<figure data-embed=""><a href="https://youtu.be/abcdefghijk">A film</a></figure>',
        ["Left out: 1 picture (“A loaf”). Add pictures under “Photo”."],
    ),
    "another editor, not ours": (
        '<h1 data-pm-slice="1 1 []">Head</h1><p>Old <s>price</s> m<sup>2</sup> <img src="x.png" alt="A chart"></p>',
        "<h2>Head</h2><p>Old  m²</p>",
        ["1 word that was struck out was left out: “price”.", "1 picture (“A chart”)"],
    ),
    "attributes that hide others": (
        """<p title="a > b" style="color:red" class='"'>a <span data-x='<b' style='font-weight:700'>b</span></p>""",
        "<p>a <strong>b</strong></p>",
        ["colours"],
    ),
}
HASH = "a" * 64
OF_OUR_EDITOR = (
    '<p data-pm-slice="0 0 []">A <mark data-note="" title="A note">note</mark></p>'
    f'<figure data-photo="{HASH}"><figcaption>Its caption</figcaption></figure>'
    '<figure data-embed=""><a href="https://a.example/">Card</a></figure>'
    '<blockquote data-pull-quote=""><p>Apart</p></blockquote><aside data-fact-box=""><p>Fact</p></aside>'
    '<ol start="3" type="a"><li><p>c</p></li></ol><table><caption>Prices</caption><tbody><tr><th colspan="1"><p>A</p>'
    "</th></tr></tbody></table><hr><p>End</p>"
)
