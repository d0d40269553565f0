// Puts a placeholder ([[telefon:buero]]) into a text from a menu. Without this script, the list below
// the form says what to write.

const FIELDS = "textarea[data-placeholders]";
const list = document.getElementById("platzhalter");
const editors = new WeakMap(); // of formatted texts, by their field
const waiting = new WeakMap(); // what was chosen before the editor had come
let field = null; // whose menu is open

function insert(placeholder) {
  const editor = editors.get(field);
  if (editor) {
    editor.chain().focus().insertContent(placeholder).run();
  } else if (field.hidden) {
    waiting.set(field, placeholder);
  } else {
    field.focus();
    field.setRangeText(placeholder, field.selectionStart, field.selectionEnd, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

function menu() {
  const found = document.createElement("div");
  found.popover = "auto";
  found.id = "platzhalter-menue";
  found.className = "placeholder-menu";
  found.setAttribute("aria-label", "Angabe einsetzen");
  found.setAttribute("role", "group");
  for (const item of list.querySelectorAll("[data-placeholder]")) {
    const choice = document.createElement("button");
    choice.type = "button";
    choice.textContent = item.textContent.replace(item.dataset.placeholder, "").trim();
    choice.addEventListener("click", () => {
      found.hidePopover();
      insert(item.dataset.placeholder);
    });
    found.append(choice);
  }
  return found;
}

function offer(textarea, choices) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "placeholder-button";
  button.textContent = "Angabe einsetzen …";
  const label = textarea.labels[0]?.textContent.replace(":", "").trim();
  if (label) button.setAttribute("aria-label", `Angabe einsetzen … in „${label}“`);
  button.popoverTargetElement = choices;
  button.addEventListener("click", () => (field = textarea));
  const shown = textarea.nextElementSibling;
  const line = document.createElement("div");
  line.className = "help"; // stands below the field, where its help does
  line.append(button);
  const row = textarea.closest(".flex-container");
  (row ?? (shown?.matches(".rich-preview") ? shown : textarea)).after(line);
}

document.addEventListener("prose-editor:ready", ({ detail: { editor, textarea } }) => {
  editors.set(textarea, editor);
  if (!waiting.has(textarea)) return;
  editor.chain().focus().insertContent(waiting.get(textarea)).run();
  waiting.delete(textarea);
});

const fields = list ? document.querySelectorAll(FIELDS) : [];
if (fields.length) {
  const choices = menu();
  document.body.append(choices);
  choices.addEventListener("toggle", ({ newState }) => {
    if (newState === "open") choices.querySelector("button")?.focus();
  });
  for (const textarea of fields) offer(textarea, choices);
}
