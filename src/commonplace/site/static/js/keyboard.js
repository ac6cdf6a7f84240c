// The keys that transcribers are used to. Function keys and Alt with a letter work while one writes, too; letters alone
// only while the keyboard is in the transcript or the player (WCAG 2.2, 2.1.4), so that dictation triggers none of them.

import { cancel, current, focusOn, keyOf, open, save, say, undo } from "./editing.js";
import { readSecond, transcript } from "./moments.js";
import { controls } from "./player.js";

const status = document.querySelector(".editing-status");
const help = document.querySelector(".keyboard");
const helpButton = document.querySelector(".keyboard-button");

const changeSpeed = (by) => () => say(status.dataset.speed.replace("{rate}", controls.change(by)));

const playing = controls && {
  k: controls.toggle,
  j: () => controls.skip(-2),
  l: () => controls.skip(2),
  ",": changeSpeed(-1),
  ".": changeSpeed(1),
};
const functionKeys = { F8: "k", F2: "j", F4: "l" };

const isInView = (paragraph) => paragraph.getBoundingClientRect().bottom > 0;

const step = async (by) => {
  const said = [...transcript.querySelectorAll(".said")];
  const here = current()?.paragraph ?? document.activeElement.closest(".said");
  // From nowhere, the first step leads to what is heard, was shared, or is in sight.
  const next = here
    ? said[said.indexOf(here) + by]
    : (transcript.querySelector(".heard, .addressed, .said:target") ?? said.find(isInView));
  if (!next) return;
  if (current()) await open(keyOf(next));
  else focusOn(next);
  const second = readSecond(next.id);
  if (!controls?.isUsed() || second === null) return;
  controls.seek(second);
  controls.play();
};

const showHelp = () => help.showModal();

// Option on a Mac makes another sign of a letter, so the key is then read by its place.
const letterOf = (event) => {
  if (/^[\x20-\x7e]$/.test(event.key) || !event.altKey) return event.key.toLowerCase();
  return { Comma: ",", Period: "." }[event.code] ?? event.code.replace("Key", "").toLowerCase();
};

const findDeed = (event) => {
  const { key, target } = event;
  const isControl = event.ctrlKey || event.metaKey;
  const form = target.closest(".editing");
  const paragraph = target.closest(".said");
  const isWriting = target.matches("input, textarea, select");
  if (event.getModifierState("AltGraph")) return null;
  if (form && key === "Enter" && isControl && !event.altKey) return () => save();
  if (form && key === "Escape") return cancel;
  if (isControl) return key === "z" && paragraph && !event.shiftKey ? undo : null;
  if (event.altKey) {
    const by = { ArrowDown: 1, ArrowUp: -1 }[key];
    if (by && !target.matches("select")) return () => step(by);
    return playing?.[letterOf(event)] ?? null;
  }
  if (functionKeys[key] && !event.shiftKey) return playing?.[functionKeys[key]] ?? null;
  if (isWriting || !target.closest(".transcript, .player")) return null;
  if (key === "?") return showHelp;
  if (event.shiftKey) return null;
  if (paragraph && (letterOf(event) === "e" || (key === "Enter" && target === paragraph))) {
    return () => open(keyOf(paragraph));
  }
  return playing?.[letterOf(event)] ?? null;
};

document.addEventListener("keydown", (event) => {
  // While a Japanese word is being chosen, keys belong to the input method; and a dialog has its own.
  if (event.isComposing || event.defaultPrevented || help.open) return;
  const deed = findDeed(event);
  if (!deed) return;
  event.preventDefault();
  deed();
});

helpButton.hidden = false;
helpButton.addEventListener("click", showHelp);
