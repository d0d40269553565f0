// The page beside its form, from what is typed and not saved. Without this script, and where there is no
// room, the button opens it in a tab.

const pane = document.querySelector(".preview-beside");
const EVERY = 2000; // milliseconds
const OPEN = "preview beside";

function attach(form) {
  const frame = pane.querySelector("iframe");
  const said = pane.querySelector("[role=status]");
  const language = pane.querySelector("select");
  const toggle = document.querySelector(".preview-toggle");
  let shown = "";
  let isBusy = false;

  const isOpen = () => document.body.classList.contains("shows-preview");

  const put = page => {
    const { scrollY = 0 } = frame.contentWindow ?? {};
    frame.onload = () => {
      frame.contentWindow.scrollTo(0, scrollY);
      // A page to look at; what its links lead to would take its place.
      frame.contentDocument.addEventListener("click", event => event.preventDefault(), true);
    };
    frame.srcdoc = page;
  };

  const look = async () => {
    const typed = new FormData(form);
    typed.set("_preview", language.value);
    const state = new URLSearchParams(typed).toString();
    if (!isOpen() || isBusy || state === shown) return;
    isBusy = true;
    shown = state;
    try {
      const answer = await fetch(location.href, { method: "POST", body: typed, redirect: "manual" });
      const page = await answer.text();
      if (answer.ok) put(page);
      const reason = new DOMParser().parseFromString(page, "text/html").querySelector(".no-preview");
      said.textContent = answer.ok ? "" : (reason?.textContent.trim() ?? "Gerade geht die Vorschau nicht.");
    } catch {
      said.textContent = "Der Server antwortet nicht.";
      shown = "";
    }
    isBusy = false;
  };

  const open = does => {
    document.body.classList.toggle("shows-preview", does);
    toggle.setAttribute("aria-pressed", String(does));
    sessionStorage.setItem(OPEN, does ? "1" : "");
    look();
  };

  pane.hidden = toggle.hidden = false;
  toggle.addEventListener("click", () => open(!isOpen()));
  language.addEventListener("change", look);
  pane.addEventListener("change", () => {
    pane.classList.toggle("is-phone", pane.querySelector("[value=phone]").checked);
  });
  setInterval(look, EVERY);
  if (sessionStorage.getItem(OPEN)) open(true);
}

if (pane) attach(document.getElementById(pane.dataset.previewOf));
