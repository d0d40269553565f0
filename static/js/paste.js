// Text pasted from other programs, before the editor reads it. The editor tells bold and italics
// from styles, but our policy forbids styles in elements: so the styles become elements here.
"use strict";
{
  const MARKS = [[/font-weight:\s*(bold|[6-9]00)/i, "strong"], [/font-style:\s*italic/i, "em"]];
  const NOT_BOLD = /font-weight:\s*(normal|400)/i; // Google Docs puts all of a text into such a <b>
  const STYLE = /\sstyle\s*=/i;

  const withoutStyles = html => {
    const unread = html
      .replace(/<style\b[^]*?<\/style\s*>/gi, "")
      .replace(/<[^>]+>/g, tag => tag.replace(STYLE, " data-style="));
    const page = new DOMParser().parseFromString(unread, "text/html");
    for (const element of page.querySelectorAll("[data-style]")) {
      const style = element.dataset.style;
      element.removeAttribute("data-style");
      if (element.localName === "span") {
        for (const [pattern, name] of MARKS) {
          if (!pattern.test(style)) continue;
          const mark = page.createElement(name);
          mark.append(...element.childNodes);
          element.append(mark);
        }
      } else if (element.matches("b, strong") && NOT_BOLD.test(style)) {
        element.replaceWith(...element.childNodes);
      }
    }
    return page.body.innerHTML;
  };

  document.addEventListener("paste", event => {
    const html = event.clipboardData?.getData("text/html") ?? "";
    if (!event.target.closest?.(".ProseMirror") || !/<(style\b|[^>]+\sstyle\s*=)/i.test(html)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/html", withoutStyles(html));
    clipboardData.setData("text/plain", event.clipboardData.getData("text/plain"));
    const ours = new ClipboardEvent("paste", {clipboardData, bubbles: true, cancelable: true});
    event.target.dispatchEvent(ours);
  }, true);
}
