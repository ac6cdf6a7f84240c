// The player. Nothing of a recording is asked for before somebody plays it: a media element waits by itself
// (`preload="none"`), and the frame of another site's player is made by the click. While it plays, the paragraph being
// heard is marked; a frame that does not answer is moved by making it anew.

import { speakTo } from "./embedded.js";
import { addressedSecond, paragraphAt, readSecond, transcript } from "./moments.js";

const player = document.querySelector(".player");
const tools = player?.closest(".tools");
const media = player?.querySelector("audio, video");

const SPEEDS = [0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2];

const isInView = (element) => {
  const { top, bottom } = element.getBoundingClientRect();
  return bottom > 0 && top < innerHeight;
};

let heard = null;

const mark = (second, isPlaying) => {
  const paragraph = paragraphAt(second);
  if (paragraph === heard) return;
  // Whoever has scrolled away to read elsewhere is left there, and so is who writes.
  const isFollowing = isPlaying && (heard === null || isInView(heard)) && !transcript.querySelector(".editing");
  heard?.classList.remove("heard");
  heard = paragraph;
  heard?.classList.add("heard");
  if (heard && isFollowing) heard.scrollIntoView({ block: "center" });
};

transcript.addEventListener("changed", () => {
  if (!heard || heard.isConnected) return;
  heard = document.getElementById(heard.id);
  heard?.classList.add("heard");
});

const useMedia = () => {
  media.addEventListener("play", () => tools.classList.add("in-use"));
  media.addEventListener("timeupdate", () => mark(media.currentTime, !media.paused));
  media.addEventListener("error", () => {
    player.querySelector(".player-problem").hidden = false;
  });
  return {
    isUsed: () => tools.classList.contains("in-use"),
    isPlaying: () => !media.paused,
    now: () => media.currentTime,
    seek: (second) => {
      media.currentTime = second;
    },
    play: () => media.play().catch(() => {}), // what went wrong is said by the listener above
    pause: () => media.pause(),
    setSpeed: (speed) => {
      media.playbackRate = speed;
    },
  };
};

const useEmbed = () => {
  let frame = null;
  let voice = null;
  let start = 0;
  const show = () => {
    // A new frame each time: a change of the fragment alone would not move a player that has begun.
    const made = document.createElement("iframe");
    made.src = player.dataset.embed + start;
    made.title = player.dataset.title;
    made.allow = "autoplay; encrypted-media; fullscreen; picture-in-picture";
    made.referrerPolicy = "strict-origin"; // YouTube refuses to play where it is not told which site asks
    made.setAttribute("sandbox", "allow-scripts allow-same-origin allow-presentation allow-popups");
    voice?.close();
    if (frame) frame.replaceWith(made);
    else player.replaceChildren(made);
    frame = made;
    voice = speakTo(frame, mark);
    tools.classList.add("in-use");
  };
  player.querySelector("button").addEventListener("click", () => {
    show();
    frame.focus();
  });
  player.hidden = false;
  return {
    isUsed: () => frame !== null,
    isPlaying: () => Boolean(voice?.isPlaying),
    now: () => voice?.second ?? start,
    seek: (second) => {
      start = second;
      if (voice?.isAnswering) voice.seek(second);
      else if (frame) show();
    },
    play: () => (frame ? voice.play() : show()),
    pause: () => voice?.pause(),
    setSpeed: (speed) => voice?.setSpeed(speed),
  };
};

const makeControls = (recording) => {
  let speed = 1;
  return {
    ...recording,
    toggle: () => (recording.isPlaying() ? recording.pause() : recording.play()),
    skip: (seconds) => recording.seek(Math.max(0, recording.now() + seconds)),
    /** The next slower (-1) or faster (1) speed, which is returned. */
    change: (by) => {
      speed = SPEEDS[Math.min(Math.max(SPEEDS.indexOf(speed) + by, 0), SPEEDS.length - 1)];
      recording.setSpeed(speed);
      return speed;
    },
  };
};

/** What the keyboard does with the recording; null where the page has none that it plays. */
export const controls = player && makeControls(media ? useMedia() : useEmbed());

if (controls) {
  // A click on a time that the address names already changes no hash, so clicks are heard too.
  transcript.addEventListener("click", (event) => {
    const moment = event.target.closest(".moment");
    const second = moment && readSecond(decodeURIComponent(moment.hash.slice(1)));
    if (second !== null) controls.seek(second);
  });
  for (const link of document.querySelectorAll(".chapters a")) {
    link.addEventListener("click", () => {
      const second = readSecond(decodeURIComponent(link.hash.slice(1)));
      if (second !== null) controls.seek(second);
    });
  }
  const second = addressedSecond();
  if (second !== null) controls.seek(second);
}
