// The dialog in which somebody says where a link leads: a page of ours from a list, or an address that
// is typed. What was typed is read on the server, by the same rule as when the text is saved
// (core/link_reading.py); without an answer it stands as it is, and saving decides.
import { Link as EditorLink } from "django-prose-editor/editor";

const PAGES = "/verwaltung/eigene-seiten/";
const READ = "/verwaltung/verstanden/verweis/";

let pages = null;

async function ask(address) {
  const response = await fetch(address);
  if (!response.ok || response.redirected) throw new Error(response.statusText);
  return response.json();
}

function element(name, properties = {}, children = []) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

async function offerPages(select) {
  pages ??= ask(PAGES).then(answer => answer.pages);
  try {
    for (const { address, name } of await pages) select.append(new Option(name, address));
  } catch {
    pages = null; // asked again with the next link
  }
}

async function read(typed) {
  try {
    return await ask(`${READ}?${new URLSearchParams({ text: typed })}`);
  } catch {
    return { written: typed };
  }
}

// Resolves with an address, "" for no link any more, or null where nothing shall change.
function askWhereTo(place, current) {
  const select = element("select", { id: "link-page" }, [new Option("– andere Adresse –", "")]);
  const input = element("input", { id: "link-address", type: "text", value: current, autocomplete: "off" });
  const problem = element("p", { id: "link-problem", className: "errornote", hidden: true });
  const help = element("p", {
    id: "link-help",
    className: "help",
    textContent: "Internetadresse (www.beispiel.de), E-Mail-Adresse oder Telefonnummer (tel:+49 …).",
  });
  const buttons = element("div", { className: "prose-editor-dialog-buttons" }, [
    element("button", { type: "submit", textContent: "Übernehmen" }),
    ...(current ? [element("button", { type: "button", value: "remove", textContent: "Link entfernen" })] : []),
    element("button", { type: "button", value: "cancel", textContent: "Abbrechen" }),
  ]);
  const form = element("form", { noValidate: true }, [
    element("h3", { id: "link-title", className: "prose-editor-dialog-title", textContent: "Wohin führt der Link?" }),
    element("div", { className: "prose-editor-dialog-field" }, [
      element("label", { htmlFor: select.id, textContent: "Eigene Seite" }),
      select,
    ]),
    element("div", { className: "prose-editor-dialog-field" }, [
      element("label", { htmlFor: input.id, textContent: "Adresse" }),
      input,
      help,
    ]),
    problem,
    buttons,
  ]);
  const dialog = element("dialog", { className: "prose-editor-dialog link-dialog" }, [form]);
  dialog.setAttribute("aria-labelledby", "link-title");
  problem.setAttribute("role", "alert");
  input.setAttribute("aria-describedby", "link-help link-problem");
  place.append(dialog);
  offerPages(select).then(() => {
    select.value = [...select.options].some(option => option.value === current) ? current : "";
  });
  return new Promise(resolve => {
    const close = answer => {
      dialog.remove();
      resolve(answer);
    };
    // Keys and events of the dialog are no matter of the form around it.
    for (const name of ["input", "change", "keydown"]) dialog.addEventListener(name, event => event.stopPropagation());
    dialog.addEventListener("close", () => close(null));
    buttons.querySelector("[value=cancel]").addEventListener("click", () => close(null));
    buttons.querySelector("[value=remove]")?.addEventListener("click", () => close(""));
    select.addEventListener("change", () => {
      if (select.value) input.value = select.value;
    });
    form.addEventListener("submit", async event => {
      event.preventDefault();
      event.stopPropagation();
      const typed = input.value.trim();
      if (!typed) return close(current ? "" : null);
      const { written, message } = await read(typed);
      if (written) return close(written);
      problem.textContent = message;
      problem.hidden = false;
      input.setAttribute("aria-invalid", "true");
      return input.focus();
    });
    dialog.showModal();
    (current && !current.startsWith("page:") ? input : select).focus();
  });
}

export const Link = EditorLink.extend({
  addCommands() {
    return {
      ...this.parent?.(),
      addLink:
        () =>
        ({ editor }) => {
          const isLink = editor.isActive("link");
          if (editor.state.selection.empty && !isLink) return false;
          const current = editor.getAttributes("link").href ?? "";
          askWhereTo(document.body, current).then(href => {
            const chain = editor.chain().focus();
            if (href === null) chain.run();
            else if (href === "") chain.extendMarkRange("link").unsetLink().run();
            else if (isLink) chain.extendMarkRange("link").updateAttributes("link", { href }).run();
            else chain.setMark("link", { href }).run();
          });
          return true;
        },
    };
  },
});
