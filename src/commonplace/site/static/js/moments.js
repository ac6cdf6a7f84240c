// Moments: every second of a talk has an address, `#t=754`. The browser finds those at which a paragraph begins; this
// file finds the paragraph of any other, and offers the address of the moment for copying.

export const paragraphs = [...document.querySelectorAll(".said")];

// Anchors are `t=<seconds>`, or `t=<seconds>.<n>` for the n-th more in that second; `p=<n>` where no time is known.
export const readSecond = (anchor) => {
  const match = /^t=(\d+)/.exec(anchor);
  return match ? Number(match[1]) : null;
};

const timed = paragraphs.filter((paragraph) => readSecond(paragraph.id) !== null);

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

copy.addEventListener("click", async () => {
  await navigator.clipboard.writeText(location.href);
  copy.textContent = copy.dataset.copied;
});
addEventListener("hashchange", follow);
follow();
