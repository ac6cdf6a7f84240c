// Whoever selects words of the transcript is offered them as a quotation: the words, who said them where, and the
// address of the second at which their paragraph begins.

const transcript = document.querySelector(".transcript");
const button = document.querySelector(".quote");
const wording = button.textContent;
const marksOf = (paragraph) => (paragraph.matches(":lang(ja), :lang(zh)") ? ["「", "」"] : ["“", "”"]);

const selected = () => {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  if (!transcript.contains(range.commonAncestorContainer)) return null;
  const touched = [...transcript.querySelectorAll(".said")].filter((paragraph) => range.intersectsNode(paragraph));
  // Of two languages side by side, the one in which the selection begins.
  const isBeside = (paragraph) => paragraph.closest(".beside") !== null;
  const paragraphs = touched.filter((paragraph) => isBeside(paragraph) === isBeside(touched[0]));
  return paragraphs.length ? { range, paragraphs } : null;
};

// Words only: no times, no names of the page's own buttons.
const readWords = (range, paragraph) => {
  const part = document.createRange();
  part.selectNodeContents(paragraph);
  if (part.compareBoundaryPoints(Range.START_TO_START, range) < 0) part.setStart(range.startContainer, range.startOffset);
  if (part.compareBoundaryPoints(Range.END_TO_END, range) > 0) part.setEnd(range.endContainer, range.endOffset);
  const words = part.cloneContents();
  for (const other of words.querySelectorAll(".moment, summary, button, .somebody, .unseen")) other.remove();
  return words.textContent.replace(/\s+/g, " ").trim();
};

// Side by side, what comes before stands in the same column of the row above.
const before = (element) => {
  if (element.previousElementSibling) return element.previousElementSibling;
  const column = element.closest(".column");
  const above = column?.parentElement.previousElementSibling;
  return above?.querySelector(column.matches(".beside") ? ".beside" : ".column")?.lastElementChild ?? null;
};

const speakerOf = (paragraph) => {
  for (let element = paragraph; element; element = before(element)) {
    if (element.matches(".turn")) return element.textContent.trim();
    if (element.querySelector(":scope > .somebody")) return "";
  }
  return "";
};

const write = ({ range, paragraphs }) => {
  const said = paragraphs
    .map((paragraph) => ({ paragraph, words: readWords(range, paragraph), speaker: speakerOf(paragraph) }))
    .filter(({ words }) => words);
  if (!said.length) return null;
  const [opening, closing] = marksOf(said[0].paragraph);
  const speakers = new Set(said.map(({ speaker }) => speaker));
  const named = speakers.size === 1 ? [...speakers][0] : "";
  // Where several people speak, each of their turns begins with the name.
  const lines = said.map(({ words, speaker }, index) =>
    speakers.size > 1 && speaker && speaker !== said[index - 1]?.speaker ? `${speaker}: ${words}` : words,
  );
  const address = new URL(`#${said[0].paragraph.id}`, location.href).href;
  const credit = [named, document.querySelector("h1").textContent.trim()].filter(Boolean).join(", ");
  return `${opening}${lines.join("\n")}${closing}\n— ${credit}\n${address}`;
};

let quotation = null;

const offer = () => {
  const found = selected();
  quotation = found && write(found);
  button.hidden = !quotation;
  if (!quotation) return;
  button.textContent = wording;
  // After the paragraph, so that the Tab key leads to it; it is placed over the page and moves nothing.
  found.paragraphs.at(-1).after(button);
  const place = button.offsetParent.getBoundingClientRect();
  const end = [...found.range.getClientRects()].at(-1) ?? found.range.getBoundingClientRect();
  const room = place.width - button.offsetWidth;
  button.style.insetBlockStart = `${end.bottom - place.top + 8}px`;
  button.style.left = `${Math.max(0, Math.min(end.right - place.left - button.offsetWidth / 2, room))}px`;
};

if (navigator.clipboard) {
  let waiting = 0;
  document.addEventListener("selectionchange", () => {
    clearTimeout(waiting);
    waiting = setTimeout(offer, 200);
  });
  // A press on the button would end the selection before the click arrives.
  button.addEventListener("mousedown", (event) => event.preventDefault());
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(quotation);
    button.textContent = button.dataset.copied;
  });
}
