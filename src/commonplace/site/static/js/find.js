// Find in this talk: in the words alone, not in times and names as the browser's own find does. Matches are painted by
// the CSS Custom Highlight API, which changes nothing in the page; where a browser lacks it, the paragraph is marked.

import { transcript, wordNodes } from "./moments.js";

const form = document.querySelector(".find");

if (form) {
  const field = form.querySelector("input");
  const output = form.querySelector("output");
  const steps = form.querySelectorAll("[data-step]");
  const tools = form.closest(".tools");
  let matches = [];
  let current = -1;
  let marked = null;

  // The text of a paragraph with the node that each part of it comes from.
  const readParts = (paragraph) => {
    const parts = [];
    let length = 0;
    for (const node of wordNodes(paragraph)) {
      parts.push({ node, from: length });
      length += node.length;
    }
    return parts;
  };

  const placeOf = (parts, offset) => {
    const part = parts.findLast((candidate) => candidate.from <= offset);
    return [part.node, offset - part.from];
  };

  const search = (wanted) => {
    const words = wanted.normalize("NFC").trim().split(/\s+/).filter(Boolean);
    if (!words.length) return [];
    const pattern = new RegExp(words.map((word) => word.replace(/[\\^$.*+?()[\]{}|\/]/g, "\\$&")).join("\\s+"), "giu");
    const found = [];
    for (const paragraph of transcript.querySelectorAll(".said:not([hidden])")) {
      if (!pattern.test(paragraph.textContent)) {
        pattern.lastIndex = 0;
        continue;
      }
      pattern.lastIndex = 0;
      const parts = readParts(paragraph);
      for (const match of parts.map(({ node }) => node.data).join("").matchAll(pattern)) {
        const range = new Range();
        range.setStart(...placeOf(parts, match.index));
        const [last, offset] = placeOf(parts, match.index + match[0].length - 1);
        range.setEnd(last, offset + 1);
        found.push({ paragraph, range });
      }
    }
    return found;
  };

  const paint = () => {
    marked?.classList.remove("found");
    marked = null;
    if (!globalThis.CSS?.highlights) {
      marked = matches[current]?.paragraph ?? null;
      marked?.classList.add("found");
      return;
    }
    CSS.highlights.set("found", new Highlight(...matches.map(({ range }) => range)));
    CSS.highlights.set("found-here", new Highlight(...(matches[current] ? [matches[current].range] : [])));
  };

  const count = () => {
    const isAsked = field.value.trim() !== "";
    tools.classList.toggle("finding", isAsked);
    for (const step of steps) step.hidden = matches.length === 0;
    output.textContent = !isAsked
      ? ""
      : matches.length
        ? output.dataset.counted.replace("{number}", current + 1).replace("{total}", matches.length)
        : output.dataset.none;
  };

  const show = () => {
    count();
    paint();
    if (!matches[current]) return;
    const { paragraph, range } = matches[current];
    for (const fold of paragraph.querySelectorAll("details")) fold.open = true;
    bring(range, FRAMES);
  };

  // What comes into sight is laid out only then and pushes what is below it, so the place is looked at again until it
  // holds still.
  const FRAMES = 20;
  const bring = (range, frames) => {
    if (matches[current]?.range !== range) return;
    const { top, bottom } = range.getBoundingClientRect();
    if (top < tools.getBoundingClientRect().bottom || bottom > innerHeight) {
      scrollTo({ top: scrollY + top - innerHeight / 2, behavior: "instant" });
    }
    if (frames) requestAnimationFrame(() => bring(range, frames - 1));
  };

  const look = () => {
    matches = search(field.value);
    // The first match from where the reader is, so that looking for a word does not throw them to the beginning.
    current = matches.findIndex(({ paragraph }) => paragraph.getBoundingClientRect().bottom > 0);
    if (current < 0 && matches.length) current = 0;
    show();
  };

  const step = (by) => {
    if (!matches.length) return;
    current = (current + by + matches.length) % matches.length;
    show();
  };

  let waiting = 0;
  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(look, 120);
  });
  field.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && field.value) {
      event.preventDefault();
      field.value = "";
      look();
    } else if (event.key === "Enter") {
      event.preventDefault();
      step(event.shiftKey ? -1 : 1);
    }
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  // An edit takes words away and brings others: what is found is looked for again, and the reader stays where they are.
  transcript.addEventListener("changed", () => {
    if (!field.value.trim()) return;
    matches = search(field.value);
    current = Math.min(current, matches.length - 1);
    count();
    paint();
  });
  for (const button of steps) button.addEventListener("click", () => step(Number(button.dataset.step)));
  form.hidden = false;
}
