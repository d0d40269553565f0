// Says below a field what was understood of what somebody typed: a telephone number, a time. Without
// this script the form asks when it is sent.

const ADDRESS = document.querySelector("script[data-understood-at]").dataset.understoodAt;

function noteOf(input) {
  const id = `${input.id}_understood`;
  const there = document.getElementById(id);
  if (there) return there;
  const note = document.createElement("div");
  note.id = id;
  note.className = "help understood";
  note.setAttribute("role", "status");
  // Below the line of the form, or last in the cell of a table.
  (input.closest(".flex-container") ?? input.parentElement.lastElementChild).after(note);
  const described = input.getAttribute("aria-describedby") ?? "";
  input.setAttribute("aria-describedby", `${described} ${id}`.trim());
  return note;
}

async function ask(input) {
  const typed = input.value;
  const note = noteOf(input);
  if (!typed.trim()) {
    note.textContent = "";
    return;
  }
  const address = ADDRESS.replace("kind", input.dataset.understood);
  const response = await fetch(`${address}?${new URLSearchParams({ text: typed })}`);
  // Somebody who has gone on typing is asked again; without an answer the form asks.
  if (!response.ok || response.redirected || input.value !== typed) return;
  const { message, written } = await response.json();
  note.textContent = message;
  note.classList.toggle("is-question", written === undefined);
  if (written !== undefined) input.value = written;
}

document.addEventListener("change", ({ target }) => {
  if (target.matches("input[data-understood]")) ask(target);
});
