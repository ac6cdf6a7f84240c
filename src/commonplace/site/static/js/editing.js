// Editing in place: the paragraph becomes a field where it stands, and what the site makes of the text takes its place.
// The form comes from the page that corrects this paragraph, which is also where the link leads without this file.

import { transcript, wordNodes } from "./moments.js";

const status = document.querySelector(".editing-status");
const mayCorrect = "mayCorrect" in transcript.dataset;

let editing = null; // { key, paragraph, form, field, indent, initial }
let busy = null; // what is being asked of the site, so that nothing is asked twice
let dropped = null; // { key, text } of changes that somebody cancelled

/** Say something in the status line, with buttons and forms behind it. */
export const say = (text, ...parts) => {
  status.replaceChildren(...(text ? [text, ...parts] : []));
  if (!text) return;
  const close = document.createElement("button");
  close.type = "button";
  close.textContent = "×";
  close.setAttribute("aria-label", status.dataset.close);
  close.addEventListener("click", () => status.replaceChildren());
  status.append(close);
};

const sayPart = (part) => say(...part.querySelector(".message").content.cloneNode(true).childNodes);

const ask = async (address, body) => {
  const options = { headers: { "X-Requested-With": "fetch" }, ...(body && { method: "POST", body }) };
  try {
    const response = await fetch(address, options);
    const page = document.createElement("template");
    page.innerHTML = await response.text();
    return { code: response.status, part: page.content.querySelector(".editing, .corrected, .received") };
  } catch {
    return { code: 0, part: null };
  }
};

const send = async (form) => {
  const post = () => ask(form.action, new URLSearchParams(new FormData(form)));
  const answer = await post();
  if (answer.code !== 403 || answer.part) return answer;
  // Somebody signed in or out in another tab, and the form's token is no longer theirs: a new form brings a new one.
  const fresh = await ask(transcript.querySelector(".correct").href);
  const token = fresh.part?.querySelector("[name=csrfmiddlewaretoken]");
  if (!token) return answer;
  form.elements.csrfmiddlewaretoken.value = token.value;
  return post();
};

const complain = (code) => {
  const { offline, gone, failed } = status.dataset;
  say(code === 0 ? offline : code === 404 ? gone : failed.replace("{status}", code));
};

/** The key of a paragraph, by which the site knows it. */
export const keyOf = (paragraph) => /\/paragraphs\/(\d+)\//.exec(paragraph.querySelector(".correct")?.href)?.[1];

/** The paragraph with this key, or null. */
export const paragraphOf = (key) =>
  transcript.querySelector(`.correct[href$="/paragraphs/${Number(key)}/"]`)?.closest(".said") ?? null;

/** Put the keyboard on a paragraph, so that its keys work. */
export const focusOn = (paragraph) => {
  paragraph.tabIndex = -1;
  paragraph.focus({ preventScroll: true });
  paragraph.scrollIntoView({ block: "nearest" });
};

/** The form that is open: its key and its paragraph; null while nobody edits. */
export const current = () => editing;

const hasChanges = () => editing !== null && write(editing.form) !== editing.initial;
const write = (form) => `${form.elements.text.value}\n${form.elements.speaker?.value ?? ""}`;

// Words are found by counting letters: the page closes up the spaces of Japanese, and the text has them all.
const countLetters = (text) => text.replace(/\s/g, "").length;

const lettersBefore = (paragraph, node, offset) => {
  let letters = 0;
  for (const words of wordNodes(paragraph)) {
    if (words === node) return letters + countLetters(words.data.slice(0, offset));
    letters += countLetters(words.data);
  }
  return 0;
};

const placeOf = (text, letters, isEnd) => {
  let place = 0;
  for (let seen = 0; place < text.length && seen < letters; place += 1) if (/\S/.test(text[place])) seen += 1;
  while (!isEnd && place < text.length && /\s/.test(text[place])) place += 1;
  return place;
};

const fit = (field) => {
  if (CSS.supports("field-sizing", "content")) return;
  field.style.height = "auto";
  field.style.height = `${field.scrollHeight}px`;
};

// Where the first word begins on its line: on a narrow page the time and a dash stand before it.
const indentOf = (paragraph) => {
  const first = wordNodes(paragraph).find((node) => node.data.trim());
  if (!first || paragraph.matches(".loop")) return 0;
  const word = document.createRange();
  const start = first.data.search(/\S/);
  word.setStart(first, start);
  word.setEnd(first, start + 1);
  const [letter, block] = [word.getBoundingClientRect(), paragraph.getBoundingClientRect()];
  return getComputedStyle(paragraph).direction === "rtl" ? block.right - letter.right : letter.left - block.left;
};

const show = (form, paragraph, key, initial) => {
  const field = form.elements.text;
  field.dir = "auto";
  const indent = editing?.indent ?? `${indentOf(paragraph)}px`;
  form.style.setProperty("--indent", indent);
  const moment = paragraph.querySelector(".moment")?.cloneNode(true);
  if (moment) field.before(moment);
  if (editing) editing.form.replaceWith(form);
  else paragraph.after(form);
  paragraph.hidden = true;
  editing = { key, paragraph, form, field, indent, initial: initial ?? write(form) };
  fit(field);
  field.focus({ preventScroll: true });
  form.scrollIntoView({ block: "nearest" });
};

const close = () => {
  editing.form.remove();
  editing.paragraph.hidden = false;
  editing = null;
};

const blockOf = (paragraph) => {
  const block = [paragraph];
  for (let before = paragraph.previousElementSibling; before?.matches(".turn, .chapter, .quote"); ) {
    block.unshift(before);
    before = before.previousElementSibling;
  }
  return block.filter((element) => !element.matches(".quote"));
};

const replace = (part) => {
  const old = part.dataset.replaces.split(" ").map(paragraphOf).filter(Boolean).flatMap(blockOf);
  part.querySelector(".message").remove();
  const parents = new Set(old.map((element) => element.parentElement));
  // All that stood there had gone, or two languages stand side by side and their rows have to be laid anew.
  if (parents.size !== 1) {
    location.reload();
    return;
  }
  old[0].before(...part.children);
  for (const element of old) element.remove();
  transcript.dispatchEvent(new Event("changed"));
};

const take = (part, { isLeaving }) => {
  const key = part.dataset.key;
  sayPart(part);
  if (editing) {
    const paragraph = editing.paragraph;
    close();
    if (part.matches(".received")) focusOn(paragraph);
  }
  if (!part.matches(".corrected")) return;
  replace(part);
  const paragraph = paragraphOf(key);
  if (paragraph && !isLeaving) focusOn(paragraph);
};

const post = async (form, options) => {
  say(status.dataset.saving);
  const { code, part } = await send(form);
  if (!part) {
    complain(code);
    editing?.field.focus({ preventScroll: true });
    return false;
  }
  if (!part.matches(".editing")) {
    take(part, options);
    return true;
  }
  say("");
  const key = part.dataset.key;
  show(part, editing?.paragraph ?? paragraphOf(key), key, editing?.initial ?? "");
  return false;
};

const once = async (work) => {
  if (busy) return false;
  busy = work();
  try {
    return await busy;
  } finally {
    busy = null;
  }
};

/** Save what is being edited; whether that went well. */
export const save = (options = {}) => once(() => post(editing.form, options));

/** Take the last edit back, where the status line offers it. */
export const undo = () => status.querySelector("form")?.requestSubmit();

/** Close the form; changes can be brought back. */
export const cancel = () => {
  if (busy) return;
  const { key, paragraph, field } = editing;
  const text = field.value;
  const isDropped = hasChanges();
  close();
  focusOn(paragraph);
  say("");
  if (!isDropped) return;
  dropped = { key, text };
  const restore = document.createElement("button");
  restore.type = "button";
  restore.textContent = status.dataset.restore;
  restore.addEventListener("click", () => open(dropped.key, { text: dropped.text }));
  say(status.dataset.dropped, " ", restore);
};

const leave = async () => {
  if (!editing) return true;
  if (!hasChanges()) {
    close();
    return true;
  }
  if (mayCorrect) return save({ isLeaving: true });
  say(status.dataset.unsent);
  editing.field.focus();
  return false;
};

/** Open the paragraph with this key for editing, with these letters selected; what was open is saved before. */
export const open = async (key, { letters = [0, 0], text = null } = {}) => {
  if (editing?.key === key) return editing.field.focus();
  if (busy || !(await leave())) return undefined;
  const paragraph = paragraphOf(key);
  if (!paragraph) return undefined;
  return once(async () => {
    const { code, part } = await ask(paragraph.querySelector(".correct").href);
    if (!part?.matches(".editing")) return complain(code);
    if (!status.querySelector("form")) say("");
    getSelection().removeAllRanges();
    show(part, paragraph, key);
    const { field } = editing;
    if (text !== null) field.value = text;
    fit(field);
    field.setSelectionRange(placeOf(field.value, letters[0]), placeOf(field.value, letters[1], letters[1] > letters[0]));
    return undefined;
  });
};

const saidAt = (event) => (event.target.closest("a, button, summary, form") ? null : event.target.closest(".said"));

transcript.addEventListener("click", (event) => {
  if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  const link = event.target.closest(".correct");
  if (link) {
    event.preventDefault();
    open(keyOf(link.closest(".said")));
    return;
  }
  // While somebody edits, a click leads to the next place that is wrong.
  const paragraph = saidAt(event);
  if (!editing || !mayCorrect || !paragraph || !getSelection().isCollapsed) return;
  const { focusNode, focusOffset } = getSelection();
  const letter = lettersBefore(paragraph, focusNode, focusOffset);
  open(keyOf(paragraph), { letters: [letter, letter] });
});

transcript.addEventListener("dblclick", (event) => {
  const paragraph = mayCorrect && saidAt(event);
  const selection = getSelection();
  if (!paragraph || !selection.rangeCount) return;
  const { startContainer, startOffset, endContainer, endOffset } = selection.getRangeAt(0);
  const start = lettersBefore(paragraph, startContainer, startOffset);
  const end = lettersBefore(paragraph, endContainer, endOffset);
  open(keyOf(paragraph), { letters: [start, Math.max(start, end)] });
});

transcript.addEventListener("submit", (event) => {
  event.preventDefault();
  save();
});
transcript.addEventListener("input", (event) => {
  if (event.target === editing?.field) fit(editing.field);
});
transcript.addEventListener("click", (event) => {
  if (event.target.closest("[data-cancel]")) cancel();
});
status.addEventListener("submit", (event) => {
  event.preventDefault();
  leave().then((isLeft) => isLeft && once(() => post(event.target, {})));
});
addEventListener("beforeunload", (event) => {
  if (hasChanges()) event.preventDefault();
});
