// Asks the browser for a passkey (WebAuthn) before a form is sent: to make one, or to show one.

const OTHER = "Das hat nicht geklappt. Laden Sie die Seite neu und versuchen Sie es noch einmal.";
// By the names of the errors in the standard (W3C Web Authentication, 5.1.3 and 5.1.4).
const WORDS = {
  NotAllowedError: "Der Browser hat abgebrochen, oder die Zeit ist um. Versuchen Sie es noch einmal.",
  InvalidStateError: "Für dieses Gerät gibt es schon einen Passkey in Ihrem Konto.",
  SecurityError: "Passkeys gehen nur unter der richtigen Adresse der Website, mit https.",
};

const bytes = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0));

const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");

const withBytes = (list) => list?.map((known) => ({ ...known, id: bytes(known.id) }));

async function post(form, address, data) {
  const response = await fetch(address, {
    method: "POST",
    headers: {
      "Content-Type": "application/json",
      "X-CSRFToken": form.elements.csrfmiddlewaretoken.value,
    },
    body: JSON.stringify(data),
  });
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(answer.detail ?? OTHER);
  return answer;
}

async function make(options) {
  const user = { ...options.user, id: bytes(options.user.id) };
  const excludeCredentials = withBytes(options.excludeCredentials);
  const publicKey = { ...options, user, excludeCredentials, challenge: bytes(options.challenge) };
  const { response, ...made } = await credential("create", publicKey);
  return {
    ...made,
    response: {
      clientDataJSON: text(response.clientDataJSON),
      attestationObject: text(response.attestationObject),
      transports: response.getTransports?.() ?? [],
    },
  };
}

async function show(options) {
  const allowCredentials = withBytes(options.allowCredentials);
  const publicKey = { ...options, allowCredentials, challenge: bytes(options.challenge) };
  const { response, ...shown } = await credential("get", publicKey);
  return {
    ...shown,
    response: {
      clientDataJSON: text(response.clientDataJSON),
      authenticatorData: text(response.authenticatorData),
      signature: text(response.signature),
      userHandle: response.userHandle && text(response.userHandle),
    },
  };
}

async function credential(action, publicKey) {
  const found = await navigator.credentials[action]({ publicKey });
  const { id, type, response, authenticatorAttachment } = found;
  const clientExtensionResults = found.getClientExtensionResults();
  return { id, type, response, authenticatorAttachment, clientExtensionResults, rawId: text(found.rawId) };
}

async function ask(form) {
  const said = form.querySelector("[role=alert]");
  const button = form.querySelector("button");
  said.hidden = button.disabled = true;
  try {
    if (!navigator.credentials?.create) throw new DOMException("", "SecurityError");
    const options = await post(form, form.dataset.beginn, {});
    const answer = await (form.dataset.passkey === "neu" ? make(options) : show(options));
    await post(form, form.dataset.fertig, { ...answer, name: form.elements.name?.value });
    form.submit();
  } catch (error) {
    said.textContent = error instanceof DOMException ? (WORDS[error.name] ?? OTHER) : error.message;
    said.hidden = button.disabled = false;
    button.focus();
  }
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    ask(form);
  });
}
