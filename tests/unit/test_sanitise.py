"""Nothing that runs, loads or asks survives in a body."""

from __future__ import annotations

import re

import pytest

from feedpub.extract import understand
from feedpub.model import Document, Rules
from feedpub.sanitise import TAGS, sanitise

ADDRESSES = (
    "javascript:go()",
    "JaVaScRiPt:go()",
    " javascript:go()",
    "java\tscript:go()",
    "java\nscript:go()",
    "java&#9;script:go()",
    "&#106;avascript:go()",
    "&#x6A&#x61vascript:go()",
    "\x01javascript:go()",
    "vbscript:go()",
    "data:text/html,<script>go()</script>",
    "data:image/svg+xml;base64,PHN2Zy8+",
    "livescript:go()",
    "file:///etc/passwd",
    "blob:https://example.org/1",
    "//evil.example/a",
    "feed:javascript:go()",
    "view-source:javascript:go()",
    "about:blank",
    "ftp://example.org/a",
)
MARKUP = (
    "<script>go()</script>",
    "<SCRIPT SRC=//evil.example/a.js></SCRIPT>",
    "<scr<script>ipt>go()</scr</script>ipt>",
    "<script\n>go()</script\n>",
    "<<script>go()//<</script>",
    "<script/x>go()</script>",
    "<img src=x onerror=go()>",
    '<img src="x` `<script>go()</script>"` `>',
    "<img/onerror=go() src=x>",
    "<img src=https://example.org/a.png onload=go()>",
    "<p onclick=go()>x</p>",
    "<p onmouseover='go()' style='background:url(javascript:go())'>x</p>",
    "<a href=https://example.org/ onfocus=go() autofocus>x</a>",
    "<body onload=go()>x",
    "<svg onload=go()><circle/></svg>",
    "<svg><script>go()</script></svg>",
    "<svg><a xlink:href=javascript:go()><text>x</text></a></svg>",
    "<svg><animate onbegin=go() attributeName=x>",
    "<svg><foreignObject><iframe srcdoc='<script>go()</script>'>",
    "<math><mi xlink:href=javascript:go()>x</mi></math>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=go()&gt;'>",
    "<math><annotation-xml encoding=text/html><script>go()</script>",
    "<svg><p><style><img src=x onerror=go()></style></p>",
    "<noscript><p title='</noscript><img src=x onerror=go()>'>",
    "<template><script>go()</script></template>",
    "<textarea><script>go()</script></textarea>",
    "<title><script>go()</script></title>",
    "<iframe src=javascript:go()></iframe>",
    "<iframe srcdoc='<script>go()</script>'></iframe>",
    "<object data=javascript:go()></object>",
    "<embed src=javascript:go()>",
    "<applet code=go.class></applet>",
    "<form action=javascript:go()><input type=submit></form>",
    "<button formaction=javascript:go()>x</button>",
    "<input onfocus=go() autofocus>",
    "<select onchange=go()><option>x</option></select>",
    "<details ontoggle=go() open>x</details>",
    "<video onerror=go()><source src=x></video>",
    "<audio src=x onerror=go()>",
    "<video poster=javascript:go()>",
    "<marquee onstart=go()>x</marquee>",
    "<isindex action=javascript:go() type=image>",
    "<meta http-equiv=refresh content='0;url=javascript:go()'>",
    "<base href=javascript:go()//>",
    "<link rel=stylesheet href=javascript:go()>",
    "<style>@import 'javascript:go()';</style>",
    "<style>p{background:url(javascript:go())}</style>",
    "<table background=javascript:go()><tr><td>x</td></tr></table>",
    "<div style=width:expression(go())>x</div>",
    "<xml id=x><x><c><![CDATA[<img src=x onerror=go()>]]></c></x></xml>",
    "<!--[if gte IE 4]><script>go()</script><![endif]-->",
    "<!--><img src=x onerror=go()>-->",
    "<?xml-stylesheet href='javascript:go()'?>",
    "<![CDATA[<script>go()</script>]]>",
    "<a href='https://example.org/' target=_top ping=https://evil.example/>x</a>",
    "<img srcset='javascript:go() 2x' src=https://example.org/a.png>",
    "<image src=x onerror=go()>",
    "<keygen autofocus onfocus=go()>",
    "<frameset onload=go()><frame src=javascript:go()></frameset>",
    "<dialog open onclose=go()>x</dialog>",
    "<x-widget onclick=go() is=x>x</x-widget>",
    "<p id=x class=y tabindex=1 contenteditable onblur=go()>x</p>",
    "\ud800<script>go()</script>",
)
VECTORS = (*MARKUP, *(f'<a href="{one}">x</a><img src="{one}">' for one in ADDRESSES))
STORY = "The ferry council met on Monday in the old customs house and settled the summer timetable for both islands. "
TAG = re.compile(r"<\s*/?\s*([a-zA-Z][^\s/>]*)([^>]*)>")


def assert_inert(html: str) -> None:
    """Hold that HTML has nothing but harmless elements, attributes and addresses."""
    for name, said in TAG.findall(html):
        assert name in TAGS
        attributes = re.findall(r'\s([^\s=]+)="([^"]*)"', said)
        assert re.sub(r'\s[^\s=]+="[^"]*"', "", said).strip(" /") == ""
        for attribute, value in attributes:
            assert attribute in {
                "href",
                "src",
                "alt",
                "width",
                "height",
                "dir",
                "lang",
                "start",
                "colspan",
                "rowspan",
                "datetime",
            }
            assert attribute not in {"href", "src"} or value.startswith(("https://", "http://"))
    assert "<!" not in html
    assert "<?" not in html


def test_there_are_enough_vectors() -> None:
    assert len(VECTORS) >= 80


@pytest.mark.parametrize("markup", VECTORS)
def test_nothing_that_runs_is_left_of_markup(markup: str) -> None:
    assert_inert(sanitise(f"<p>{STORY}</p>{markup}<p>{STORY}</p>"))


@pytest.mark.parametrize("markup", VECTORS)
def test_nothing_that_runs_is_left_of_a_saved_page(markup: str) -> None:
    paragraphs = [f"<p>{STORY * 2}{number} people came.</p>" for number in range(6)]
    page = f"<html><body><article><h1>Late boats stay</h1>{paragraphs[0]}{markup}{''.join(paragraphs[1:])}</article>"
    data = page.encode("utf-8", "surrogatepass")
    reading = understand(Document("seeds/boats.html", data, ""), Rules())
    if reading.article:
        assert_inert(reading.article.body)


def test_what_a_feed_may_carry_is_kept() -> None:
    html = (
        '<h2>A</h2><p>B <a href="https://example.org/c">c</a> <em>d</em></p>'
        '<table><tbody><tr><td colspan="2">e</td></tr></tbody></table>'
    )
    assert sanitise(html) == html
