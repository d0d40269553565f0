// Formatted text in the admin. The editor weighs more than all the rest of the page, so it comes
// when somebody begins to work in the form; until then the text is shown as readers see it.

const FIELDS = "textarea[data-django-prose-editor-configurable]";
const GERMAN = {
  paragraph: "Absatz",
  "heading 2": "Überschrift",
  "heading 3": "Zwischenüberschrift",
  "unordered list": "Liste mit Punkten",
  "ordered list": "Liste mit Nummern",
  "List properties": "Einstellungen der Liste",
  bold: "fett",
  italic: "kursiv",
  "german word": "deutsches Wort",
  "insert link": "Link einfügen",
  "remove link": "Link entfernen",
  undo: "rückgängig",
  redo: "wiederholen",
};
const BLOCKS = { heading2: "Überschrift", heading3: "Zwischenüberschrift", paragraph: "Absatz" };

let loading = null;

function load() {
  loading ??= import("django-prose-editor/configurable");
}

function nameOf(textarea) {
  const label = textarea.labels[0];
  if (!label) return {};
  label.id ||= `${textarea.id}_label`;
  return { "aria-labelledby": label.id };
}

function describe(element, textarea) {
  const attributes = {
    role: "textbox",
    "aria-multiline": "true",
    spellcheck: "true", // in the language of the text
    lang: textarea.lang,
    dir: textarea.dir,
    ...nameOf(textarea),
  };
  for (const [name, value] of Object.entries(attributes)) if (value) element.setAttribute(name, value);
}

function show(form) {
  for (const textarea of form.querySelectorAll(FIELDS)) {
    const shown = textarea.nextElementSibling;
    if (loading || !shown?.matches(".rich-preview")) continue;
    describe(shown, textarea);
    shown.tabIndex = 0;
    shown.hidden = false;
    textarea.hidden = true;
  }
}

function speakGerman(editor) {
  const frame = editor.closest(".prose-editor");
  for (const button of frame.querySelectorAll("button[title]")) {
    const word = GERMAN[button.title];
    if (!word) continue;
    button.title = word;
    button.setAttribute("aria-label", word);
    button.textContent = word; // instead of the name of an icon; the sheet draws the icon
  }
  for (const [name, word] of Object.entries(BLOCKS)) {
    const block = frame.querySelector(`button[data-name="${name}"] > *`);
    if (block && block.textContent !== word) block.textContent = word;
  }
}

document.addEventListener("prose-editor:ready", ({ detail: { editor, textarea } }) => {
  const element = editor.view.dom;
  const after = element.closest(".prose-editor").nextElementSibling;
  const shown = after?.matches(".rich-preview") ? after : null;
  describe(element, textarea);
  speakGerman(element);
  // The menu comes later, and writes the button of the kind of paragraph anew as the cursor moves.
  const frame = element.closest(".prose-editor");
  new MutationObserver(() => speakGerman(element)).observe(frame, { childList: true, subtree: true });
  const hadFocus = shown !== null && shown === document.activeElement;
  shown?.remove();
  textarea.hidden = false;
  if (hadFocus) editor.commands.focus("start");
});

for (const form of document.querySelectorAll("#content-main form")) {
  show(form);
  if (!form.querySelector(FIELDS)) continue;
  // Not with the first click: it is for the field, which the editor would take away under it.
  form.addEventListener("focusin", load, { once: true });
  form.addEventListener("pointerover", load, { once: true });
}
