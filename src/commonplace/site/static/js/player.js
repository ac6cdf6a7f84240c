// The player. Nothing of a recording is asked for before somebody plays it: a media element waits by itself
// (`preload="none"`), and the frame of another site's player is made by the click. While a media element plays, the
// paragraph being heard is marked; a frame tells us nothing without a script of its site, which we do not load.

import { addressedSecond, paragraphAt, readSecond } from "./moments.js";

const player = document.querySelector(".player");
const tools = player.closest(".tools");
const media = player.querySelector("audio, video");

const isInView = (element) => {
  const { top, bottom } = element.getBoundingClientRect();
  return bottom > 0 && top < innerHeight;
};

let heard = null;

const mark = (paragraph) => {
  if (paragraph === heard) return;
  // Whoever has scrolled away to read elsewhere is left there.
  const isFollowing = heard === null || isInView(heard);
  heard?.classList.remove("heard");
  heard = paragraph;
  heard?.classList.add("heard");
  if (heard && isFollowing && !media.paused) heard.scrollIntoView({ block: "center" });
};

const useMedia = () => {
  media.addEventListener("play", () => tools.classList.add("in-use"));
  media.addEventListener("timeupdate", () => mark(paragraphAt(media.currentTime)));
  media.addEventListener("error", () => {
    player.querySelector(".player-problem").hidden = false;
  });
  return (second) => {
    media.currentTime = second;
  };
};

const useEmbed = () => {
  let frame = null;
  let start = 0;
  const show = () => {
    // A new frame each time: a change of the fragment alone would not move a player that has begun.
    const made = document.createElement("iframe");
    made.src = player.dataset.embed + start;
    made.title = player.dataset.title;
    made.allow = "autoplay; encrypted-media; fullscreen; picture-in-picture";
    made.referrerPolicy = "strict-origin"; // YouTube refuses to play where it is not told which site asks
    made.setAttribute("sandbox", "allow-scripts allow-same-origin allow-presentation allow-popups");
    if (frame) frame.replaceWith(made);
    else player.replaceChildren(made);
    frame = made;
    tools.classList.add("in-use");
  };
  player.querySelector("button").addEventListener("click", () => {
    show();
    frame.focus();
  });
  player.hidden = false;
  return (second) => {
    start = second;
    if (frame) show();
  };
};

const seek = media ? useMedia() : useEmbed();

// A click on a time that the address names already changes no hash, so clicks are heard too.
document.querySelector(".transcript").addEventListener("click", (event) => {
  const moment = event.target.closest(".moment");
  const second = moment && readSecond(decodeURIComponent(moment.hash.slice(1)));
  if (second !== null) seek(second);
});
for (const link of document.querySelectorAll(".chapters a")) {
  link.addEventListener("click", () => {
    const second = readSecond(decodeURIComponent(link.hash.slice(1)));
    if (second !== null) seek(second);
  });
}
const second = addressedSecond();
if (second !== null) seek(second);
