// What is typed into a form is kept on the server every three seconds until the form is saved, and asked
// for when somebody returns. Where the server does not answer, this tab of the browser keeps it.

const place = document.querySelector("[data-typed-at]");
const EVERY = 3000; // milliseconds
const BEAT = 25000; // how often the server hears that the form is open
const LOCAL = `typed ${location.pathname}${location.search}`;
const ENDED =
  "Ihre Anmeldung ist zu Ende. Was Sie tippen, merkt sich nur noch dieser Tab: Lassen Sie ihn offen, melden Sie " +
  "sich in einem zweiten an und schreiben Sie hier weiter.";
const AWAY =
  "Der Server antwortet nicht. Was Sie tippen, merkt sich nur noch dieser Tab: Lassen Sie ihn offen. " +
  "Es geht von selbst weiter.";
const TOO_LONG = "Das Formular ist zu lang, um es zu merken. Sichern Sie es.";
const NOT_YOURS = "Nicht gemerkt: Sie sind in diesem Browser jetzt mit einem anderen Konto angemeldet.";

function watch(form) {
  const { typedAt, typedForm, typedUnsaved } = place.dataset;
  const [problem, kept, others] = place.querySelectorAll(".typing-problem, .typing-kept, .typing-others");
  let beat = 0;
  let busy = null;
  let isTouched = false;
  let isLeaving = false;
  let isStopped = false; // once: whoever presses again sends the form whatever happens

  const read = () => {
    const sent = new URLSearchParams();
    for (const [name, value] of new FormData(form)) {
      if (typeof value === "string" && name !== "csrfmiddlewaretoken") sent.append(name, value);
    }
    return sent.toString();
  };
  const untouched = read();
  let last = untouched;
  const hasChanged = text => Boolean(typedUnsaved) || (isTouched && text !== untouched);

  const say = words => {
    problem.hidden = !words;
    if (problem.firstElementChild.textContent !== words) problem.firstElementChild.textContent = words;
    problem.lastElementChild.hidden = words !== ENDED;
  };

  const send = (body, more) =>
    fetch(typedAt, {
      method: "POST",
      headers: {
        "Content-Type": "text/plain; charset=utf-8",
        "X-CSRFToken": form.elements.csrfmiddlewaretoken.value,
        "X-Typed-Form": typedForm,
        ...(more && { "X-Typed-Closed": "1" }),
      },
      body,
      redirect: "manual", // to the log-in
      ...more,
    });

  // Who has logged in again has another token, in this form as well.
  const renew = async () => {
    const answer = await fetch(typedAt, { redirect: "manual" });
    if (!answer.ok) return false;
    const { token } = await answer.json();
    for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = token;
    return true;
  };

  const problemOf = async answer => {
    if (answer.status === 413) return TOO_LONG;
    if (answer.status === 0) return ENDED;
    return answer.status === 403 ? NOT_YOURS : AWAY;
  };

  const keep = async text => {
    let words = "";
    try {
      let answer = await send(text);
      if (answer.status === 403) {
        if (await renew()) answer = await send(text);
        else words = ENDED;
      }
      if (answer.ok) {
        const { at, others: told } = await answer.json();
        others.textContent = told;
        if (text) kept.textContent = `Um ${at} gemerkt, noch nicht gesichert.`;
      } else words ||= await problemOf(answer);
    } catch {
      words = AWAY;
    }
    say(words);
    if (words && text) sessionStorage.setItem(LOCAL, text);
    if (!words) {
      beat = Date.now() + BEAT;
      if (text) {
        last = text;
        sessionStorage.removeItem(LOCAL);
      }
    }
    return words;
  };

  const unsent = () => {
    const text = read();
    return hasChanged(text) && text !== last ? text : "";
  };

  const tick = async () => {
    if (isLeaving || busy) return;
    const text = unsent();
    if (!text && Date.now() < beat) return;
    busy = keep(text);
    await busy;
    busy = null;
  };

  const save = async (event, button) => {
    event.preventDefault();
    await busy;
    const words = await keep(read());
    if (isLeaving) return; // pressed twice
    isLeaving = isStopped || ![ENDED, AWAY].includes(words);
    isStopped = true;
    if (isLeaving) form.requestSubmit(button);
  };

  for (const kind of ["keydown", "pointerdown", "paste", "drop"]) {
    form.addEventListener(kind, () => (isTouched = true), true);
  }
  form.addEventListener("submit", event => {
    if (!isLeaving && event.submitter?.name !== "_preview") save(event, event.submitter);
  });
  document.addEventListener("keydown", event => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.key.toLowerCase() !== "s") return;
    event.preventDefault();
    const names = ["_continue", "_save", "_prepare"]; // of a note no button is the one to save it
    const button = names.map(name => form.querySelector(`[name=${name}]`)).find(Boolean);
    if (button) form.requestSubmit(button);
  });
  addEventListener("beforeunload", event => {
    if (!isLeaving && hasChanged(read())) event.preventDefault();
  });
  addEventListener("pagehide", () => {
    if (isLeaving) return;
    const text = unsent();
    if (text && !problem.hidden) sessionStorage.setItem(LOCAL, text); // nobody would take it
    send(text, { keepalive: true }).catch(() => {});
  });
  document.addEventListener("visibilitychange", tick);

  // What this tab has kept while nobody was logged in goes to the server, which offers it.
  const left = sessionStorage.getItem(LOCAL);
  if (left) keep(left).then(words => words || location.reload());
  else tick();
  setInterval(tick, EVERY);
}

if (place) watch(place.closest("form"));
