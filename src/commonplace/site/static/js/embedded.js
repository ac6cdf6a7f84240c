// What a page and another site's player say to each other by messages, so that none of that site's scripts is loaded
// into the page. YouTube: the messages of its IFrame API, which `enablejsapi=1` turns on. Vimeo: those of its Player SDK.

const youtube = {
  greet: [{ event: "listening", id: 1, channel: "widget" }],
  seek: (second) => ({ event: "command", func: "seekTo", args: [second, true] }),
  play: { event: "command", func: "playVideo", args: [] },
  pause: { event: "command", func: "pauseVideo", args: [] },
  setSpeed: (speed) => ({ event: "command", func: "setPlaybackRate", args: [speed] }),
  read: ({ info }) => ({
    second: info?.currentTime,
    isPlaying: info?.playerState === undefined ? undefined : info.playerState === 1 || info.playerState === 3,
  }),
};

const vimeo = {
  greet: ["play", "pause", "timeupdate"].map((value) => ({ method: "addEventListener", value })),
  seek: (second) => ({ method: "setCurrentTime", value: second }),
  play: { method: "play" },
  pause: { method: "pause" },
  setSpeed: (speed) => ({ method: "setPlaybackRate", value: speed }),
  read: ({ event, data }) => ({
    second: data?.seconds,
    isPlaying: event === "pause" ? false : event === "play" || event === "timeupdate" ? true : undefined,
  }),
};

const read = (data) => {
  if (typeof data !== "string") return data ?? {};
  try {
    return JSON.parse(data) ?? {};
  } catch {
    return {}; // players send other things, too
  }
};

/** Speak to the player in this frame; `hear` is called with each second it tells, and whether it plays. */
export const speakTo = (frame, hear) => {
  const { origin, hostname } = new URL(frame.src);
  const language = hostname.endsWith("vimeo.com") ? vimeo : youtube;
  let timer = 0;
  const send = (message) => frame.contentWindow?.postMessage(JSON.stringify(message), origin);
  const voice = {
    isAnswering: false,
    isPlaying: false,
    second: undefined,
    seek: (second) => {
      voice.second = second; // until the player tells, which may be after the next key
      send(language.seek(second));
    },
    play: () => send(language.play),
    pause: () => send(language.pause),
    setSpeed: (speed) => send(language.setSpeed(speed)),
    close: () => {
      clearInterval(timer);
      removeEventListener("message", listen);
    },
  };
  const listen = (message) => {
    if (message.source !== frame.contentWindow || message.origin !== origin) return;
    voice.isAnswering = true;
    const told = read(message.data);
    if (told.event === "ready") greet();
    const { second, isPlaying } = language.read(told);
    voice.isPlaying = isPlaying ?? voice.isPlaying;
    if (!Number.isFinite(second)) return;
    voice.second = second;
    hear(second, voice.isPlaying);
  };
  addEventListener("message", listen);
  // A player listens some time after its page has come, and does not say when: it is greeted until it answers.
  const greet = () => language.greet.forEach(send);
  frame.addEventListener("load", () => {
    let tries = 20;
    greet();
    timer = setInterval(() => {
      tries -= 1;
      if (voice.isAnswering || !tries) clearInterval(timer);
      else greet();
    }, 500);
  });
  return voice;
};
