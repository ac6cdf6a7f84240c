// The list of chapters follows the reader. Without this file it is a list of links.

const links = [...document.querySelectorAll(".chapters a")];
let chapters = new Map();

// A chapter is being read once its first paragraph has come up past the middle of the window, until the next one has.
const begun = new Set();
const follow = (entries) => {
  for (const entry of entries) {
    if (entry.isIntersecting) begun.add(entry.target);
    else begun.delete(entry.target);
  }
  const current = chapters.get([...chapters.keys()].filter((target) => begun.has(target)).pop());
  for (const link of chapters.values()) {
    if (link !== current) link.removeAttribute("aria-current");
  }
  if (!current || current.hasAttribute("aria-current")) return;
  current.setAttribute("aria-current", "location");
  const list = current.closest("ol");
  const above = current.offsetTop - list.offsetTop;
  if (above < list.scrollTop || above + current.offsetHeight > list.scrollTop + list.clientHeight) {
    list.scrollTop = above - list.clientHeight / 2;
  }
};

// What lies above the window counts as seen, so that a jump over several chapters is noticed too.
const observer = new IntersectionObserver(follow, { rootMargin: "99999999px 0px -60% 0px" });

const watch = () => {
  observer.disconnect();
  begun.clear();
  chapters = new Map(
    links
      .map((link) => [document.getElementById(decodeURIComponent(link.hash.slice(1))), link])
      .filter(([target]) => target),
  );
  for (const target of chapters.keys()) observer.observe(target);
};

if (links.length) {
  watch();
  document.querySelector(".transcript").addEventListener("changed", watch);
}
