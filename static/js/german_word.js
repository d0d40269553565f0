// A German word in a text of another language: screen readers say it in German, and in text from
// right to left it stands apart. Stored as <span lang="de">; what keeps it is core/richtext.py.
import { Mark } from "django-prose-editor/editor";

export const GermanWord = Mark.create({
  name: "germanWord",

  parseHTML() {
    // Word marks whole texts so, in capital letters, which a selector does not tell apart.
    return [{ tag: "span[lang]", getAttrs: element => element.getAttribute("lang") === "de" && null }];
  },

  renderHTML() {
    return ["span", { lang: "de" }, 0];
  },

  addMenuItems({ menu, buttons }) {
    menu.defineItem({
      name: "germanWord",
      groups: "marks",
      button: buttons.material("language_german", "german word"),
      command: editor => editor.chain().focus().toggleMark("germanWord").run(),
      active: editor => editor.isActive("germanWord"),
      enabled: editor => editor.can().toggleMark("germanWord"),
    });
  },
});
