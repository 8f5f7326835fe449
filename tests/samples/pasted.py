"""What Word, Google Docs, LibreOffice and a web page put on the clipboard: (the HTML, what the story stores, what is
said to be left out)."""

GOOGLE = (
    '<meta charset="utf-8"><b style="font-weight:normal;" id="docs-internal-guid-1"><p dir="ltr">'
    '<span style="color:#000;font-weight:400;">Plain, </span><span style="font-weight:700;">bold</span>'
    '<span style="font-weight:400;font-style:italic;"> slanted</span><a href="https://www.google.com/url?q=https://a.example/x&amp;sa=D"><span>link'
    "</span></a></p>"
    '<h1><span style="font-weight:400">Head</span></h1><ul><li dir="ltr" aria-level="1"><p>One</p></li></ul>'
    '<p><br></p><p><img src="https://a.example/x.png"></p><div><table><colgroup><col></colgroup><tbody><tr><td><p>'
    '<span style="font-weight:700">Year</span></p></td><td><p><span>2026</span></p></td></tr></tbody></table></div></b>'
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
        '<h2>Head</h2><p><strong>Bold</strong> and <em>italic</em></p><p>red <a href="https://a.example/">link</a></p>'
        "<ul><li><p>First</p><ul><li><p>Inner</p></li></ul></li><li><p>Second</p></li></ul><ol><li><p>Numbered</p></li>"
        "</ol><table><tbody><tr><td><p>Cell</p></td></tr></tbody></table>",
        "1 picture, 1 comment, colours, fonts and other looks",
    ),
    "Google Docs": (
        GOOGLE,
        '<p>Plain, <strong>bold</strong><em> slanted</em><a href="https://a.example/x">link</a></p><h2>Head</h2><ul><li>'
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
        "<h2>Head</h2><p>Some <em>words</em> in a box</p><p>Said</p><p>Under it</p><p>Textno</p>",
        "1 picture, 1 film, sound or frame, colours, fonts and other looks",
    ),
}
