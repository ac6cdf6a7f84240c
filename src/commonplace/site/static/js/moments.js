// Moments: every second of a talk has an address, `#t=754`. The browser finds those at which a paragraph begins; this
// file finds the paragraph of any other, and offers the address of the moment for copying.

export const transcript = document.querySelector(".transcript");

// Anchors are `t=<seconds>`, or `t=<seconds>.<n>` for the n-th more in that second; `p=<n>` where no time is known.
export const readSecond = (anchor) => {
  const match = /^t=(\d+)/.exec(anchor);
  return match ? Number(match[1]) : null;
};

let timed = [];
const readTimes = () => {
  timed = [...transcript.querySelectorAll(".said")].filter((paragraph) => readSecond(paragraph.id) !== null);
};
readTimes();
transcript.addEventListener("changed", readTimes);

/** The nodes of a paragraph that hold its words: no time, no name of a button. */
export const wordNodes = (paragraph) => {
  const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT, (node) =>
    node.parentElement.closest(".moment, summary, button, .somebody, .unseen, .redaction")
      ? NodeFilter.FILTER_REJECT
      : NodeFilter.FILTER_ACCEPT,
  );
  const nodes = [];
  while (walker.nextNode()) nodes.push(walker.currentNode);
  return nodes;
};

/** The last paragraph that begins by this second, or null before the first. */
export const paragraphAt = (second) => {
  let from = 0;
  let to = timed.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    if (readSecond(timed[middle].id) <= second) from = middle + 1;
    else to = middle;
  }
  return timed[from - 1] ?? null;
};

/** The second that the address names, or null. */
export const addressedSecond = () => readSecond(decodeURIComponent(location.hash.slice(1)));

const copy = document.querySelector(".copy");
const wording = copy.textContent;
let addressed = null;

const follow = () => {
  addressed?.classList.remove("addressed");
  addressed = document.querySelector(".said:target");
  const second = addressedSecond();
  if (!addressed && second !== null) {
    addressed = paragraphAt(second) ?? timed[0] ?? null;
    addressed?.classList.add("addressed");
    addressed?.scrollIntoView({ behavior: "instant" });
  }
  if (!navigator.clipboard) return;
  copy.hidden = !addressed;
  copy.textContent = wording;
  addressed?.append(copy);
};
transcript.addEventListener("changed", () => {
  if (!addressed || addressed.isConnected) return;
  // What was addressed has been rendered anew: it keeps its mark, and the page stays where it is.
  addressed = document.getElementById(addressed.id);
  if (addressed && !addressed.matches(":target")) addressed.classList.add("addressed");
  addressed?.append(copy);
});

copy.addEventListener("click", async () => {
  await navigator.clipboard.writeText(location.href);
  copy.textContent = copy.dataset.copied;
});
addEventListener("hashchange", follow);
follow();
