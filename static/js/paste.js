// Text pasted or dropped from other programs. What of it becomes text is decided in one place, where
// every text passes that is saved (core/pasted): the server is asked before the editor reads it. The
// editor itself could not tell, because our policy forbids the styles that say what is struck out.
"use strict";
{
  const ADDRESS = "/verwaltung/einfuegen/";
  const FAILED =
    "Nicht eingefügt: Der Server hat nicht geantwortet. Prüfen Sie, ob Sie noch angemeldet sind, und " +
    "fügen Sie den Text noch einmal ein.";
  const READING = "Der Text wird eingefügt …";
  const THEIR_ELEMENT = /<(?!\/?(?:html|head|body|meta|h[23]|p|br|ul|ol|li|strong|em|a)[\s>/]|span lang="de">|\/span>|!--)/;
  const THEIR_ATTRIBUTE = /[\s"'/](?:style|class|hidden)[\s=>/]/i;
  const PICTURE = /\ssrc\s*=\s*(?:"data:[^"]*"|'data:[^']*')/gi; // as long as a book, and not needed

  let reading = 0; // texts that the server still has
  let waiting = null; // the form that is saved once they are there

  const isOurs = html => !THEIR_ELEMENT.test(html) && !THEIR_ATTRIBUTE.test(html);

  const say = (element, words) => {
    const frame = element.closest(".prose-editor") ?? element;
    const row = frame.closest(".flex-container") ?? frame;
    let said = row.nextElementSibling;
    if (!said?.matches(".paste-said")) {
      said = document.createElement("p");
      said.className = "paste-said";
      said.setAttribute("role", "status");
      row.after(said);
    }
    said.textContent = words;
    said.hidden = !words;
  };

  const read = async (element, html) => {
    const token = element.closest("form")?.elements.csrfmiddlewaretoken?.value ?? "";
    const response = await fetch(ADDRESS, {
      method: "POST",
      headers: { "Content-Type": "text/html; charset=utf-8", "X-CSRFToken": token },
      body: html.replace(PICTURE, ""),
      redirect: "error", // to the log-in
    });
    if (!response.ok) throw new Error(response.statusText);
    return response.json();
  };

  const insert = async (element, html, point) => {
    reading += 1;
    say(element, READING);
    try {
      const answer = await read(element, html);
      const { view, commands } = element.editor;
      const place = point && view.posAtCoords(point);
      if (place) commands.focus(place.pos);
      if (answer.html) view.pasteHTML(answer.html);
      say(element, answer.said);
    } catch {
      say(element, FAILED);
      waiting = null; // nobody saves a text without what was to be in it
    }
    reading -= 1;
    if (!reading) {
      waiting?.form.requestSubmit(waiting.button);
      waiting = null;
    }
  };

  const take = (event, transfer, point) => {
    const element = event.target.closest?.(".ProseMirror");
    const html = transfer?.getData("text/html") ?? "";
    if (!element || !html || isOurs(html)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    insert(element, html, point);
  };

  document.addEventListener("paste", event => take(event, event.clipboardData), true);
  document.addEventListener(
    "drop",
    event => take(event, event.dataTransfer, { left: event.clientX, top: event.clientY }),
    true,
  );
  document.addEventListener(
    "submit",
    event => {
      if (!reading) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      waiting = { form: event.target, button: event.submitter };
    },
    true,
  );
}
