// Handing in captions: files that are dropped or chosen are sent one after the other, each with a key of its own, so that
// what is sent again after a failure is the same upload. And looking again, while work is under way.

const RETRY_SECONDS = [1, 3, 8];
const form = document.querySelector("form[data-hand-in]");
const announcer = document.querySelector("[data-announce]");
const words = announcer?.dataset ?? {};
const polled = document.querySelector("[data-poll]");

const waiting = [];
let sending = null;
let batch = { items: 0, addresses: [] };

// crypto.randomUUID is there on HTTPS only; a site on a home network has none.
const makeKey = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");

const pause = (seconds) => new Promise((resolve) => setTimeout(resolve, seconds * 1000));

const say = (item, text, { again = false, drop = false } = {}) => {
  item.row.querySelector("[data-state]").textContent = text;
  item.row.querySelector("[data-again]").hidden = !again;
  item.row.querySelector("[data-drop]").hidden = !drop;
  item.row.querySelector("progress").hidden = drop;
  if (drop) announcer.textContent = `${item.name}: ${text}`;
};

const forget = (item) => {
  item.row.remove();
  showSending();
};

const showSending = () => {
  const section = document.querySelector("[data-on-its-way]");
  section.hidden = section.querySelector("li") === null;
};

const add = (content) => {
  const fragment = document.querySelector("template[data-row]").content.cloneNode(true);
  const item = { ...content, key: makeKey(), row: fragment.querySelector("li") };
  item.row.querySelector(".row-name").textContent = item.name;
  item.row.querySelector("[data-again]").addEventListener("click", () => enqueue(item));
  item.row.querySelector("[data-drop]").addEventListener("click", () => forget(item));
  document.querySelector("[data-on-its-way] ol").append(item.row);
  showSending();
  if (item.file && item.file.size > Number(form.dataset.megabytes) * 2 ** 20) say(item, words.tooLarge, { drop: true });
  else enqueue(item);
};

const enqueue = (item) => {
  say(item, words.waiting);
  waiting.push(item);
  batch.items += 1;
  if (!sending) void sendAll();
};

const sendAll = async () => {
  while ((sending = waiting.shift())) {
    const address = await sendWithRetries(sending);
    if (!address) continue;
    announcer.textContent = `${sending.name}: ${words.arrived}`;
    batch.addresses.push(address);
    if (sending.isText) form.elements.text.value = "";
    forget(sending);
  }
  const { items, addresses } = batch;
  batch = { items: 0, addresses: [] };
  if (items === 1 && addresses.length === 1) location.assign(addresses[0]);
  else if (addresses.length) await look();
};

const sendWithRetries = async (item) => {
  for (const seconds of [...RETRY_SECONDS, null]) {
    const answer = await send(item);
    if (answer.address) return answer.address;
    if (answer.problem) {
      say(item, answer.problem, { again: answer.again, drop: true });
      return null;
    }
    if (seconds !== null) await pause(seconds);
  }
  say(item, words.lost, { again: true, drop: true });
  return null;
};

// An address where it arrived, a problem where it was refused, and neither where trying again may help.
const send = (item) =>
  new Promise((resolve) => {
    const body = new FormData();
    body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    body.set("key", item.key);
    if (item.file) body.set("captions", item.file);
    else body.set("text", item.text);
    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.setRequestHeader("Accept", "application/json");
    request.responseType = "text";
    const bar = item.row.querySelector("progress");
    request.upload.addEventListener("progress", ({ loaded, total }) => {
      bar.value = total ? loaded / total : 0;
      say(item, loaded === total ? words.reading : words.sending);
    });
    request.addEventListener("error", () => resolve({}));
    request.addEventListener("abort", () => resolve({}));
    request.addEventListener("load", () => resolve(readAnswer(request)));
    say(item, words.sending);
    request.send(body);
  });

const readAnswer = (request) => {
  if (request.status >= 500) return {};
  if (!request.getResponseHeader("Content-Type")?.startsWith("application/json")) {
    const problem = request.responseURL.startsWith(form.action) ? words.refused : words.signedOut;
    return { problem, again: true };
  }
  const answer = JSON.parse(request.responseText);
  return { ...answer, again: request.status === 429 };
};

const takeFiles = (files) => {
  for (const file of files) add({ file, name: file.name });
};

const useForm = () => {
  const drop = form.querySelector(".drop");
  const input = form.elements.captions;
  form.querySelector("[data-hint]").hidden = false;
  input.addEventListener("change", () => {
    takeFiles([...input.files]);
    input.value = "";
  });
  form.addEventListener("submit", (event) => {
    const text = form.elements.text.value;
    if (!text.trim()) return; // the site says what is missing
    event.preventDefault();
    add({ text, isText: true, name: form.elements.text.labels[0].textContent });
  });
  // A file that misses the field would else take the place of the page.
  for (const kind of ["dragover", "drop"]) addEventListener(kind, (event) => event.preventDefault());
  addEventListener("dragover", (event) => {
    drop.classList.toggle("over", event.dataTransfer.types.includes("Files"));
  });
  addEventListener("dragleave", (event) => {
    if (event.relatedTarget === null) drop.classList.remove("over");
  });
  addEventListener("drop", (event) => {
    drop.classList.remove("over");
    takeFiles([...event.dataTransfer.files]);
  });
  addEventListener("beforeunload", (event) => {
    if (sending || document.querySelector("[data-on-its-way] li")) event.preventDefault();
  });
};

// Looking again

const look = async () => {
  const answer = await fetch(polled.dataset.poll, { headers: { Accept: "text/html" } });
  if (!answer.ok || answer.redirected) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (page.body.innerHTML === polled.dataset.seen) return;
  polled.dataset.seen = page.body.innerHTML;
  const focused = polled.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
  polled.replaceChildren(...page.body.childNodes);
  if (focused) polled.querySelector(`[href="${CSS.escape(focused)}"]`)?.focus();
  const stage = polled.querySelector("[data-stage]")?.dataset.stage;
  if (!stage || polled.querySelector("[data-moving]")) return;
  if (stage !== "published") location.reload();
  for (const element of document.querySelectorAll("[data-while-moving]")) element.hidden = true;
};

const keepLooking = async () => {
  for (let seconds = 1; ; seconds = Math.min(seconds * 1.1, 5)) {
    await pause(seconds);
    if (document.hidden || !polled.querySelector("[data-moving]")) continue;
    try {
      await look();
    } catch {
      // the site is away for a moment: the next look finds it back
    }
  }
};

// Another name beside those that are there

for (const button of document.querySelectorAll("[data-add-name]")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    const inputs = button.parentElement.querySelectorAll("input");
    const last = inputs[inputs.length - 1];
    const next = last.cloneNode();
    next.value = "";
    next.setAttribute("aria-label", last.getAttribute("aria-label").replace(inputs.length, inputs.length + 1));
    last.after(next);
    next.focus();
  });
}

if (form) useForm();
if (polled) void keepLooking();
