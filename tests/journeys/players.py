"""Stand-ins for recordings and for the players of other sites, which no test asks for anything."""

from __future__ import annotations

import io
import re
import wave
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

AUDIO = "https://recordings.example/boats.wav"

YOUTUBE_PLAYER = b"""<!doctype html><title>Player</title><p>Player</p><script>
// The messages of the IFrame API as its documentation names them: it tells nothing before somebody listens.
let second = Number(new URLSearchParams(location.search).get("start")), state = 1, listener = null;
const tell = (event) => listener?.postMessage(
  JSON.stringify({ event, info: { currentTime: second, playerState: state } }), "*");
const commands = {
  playVideo: () => { state = 1; }, pauseVideo: () => { state = 2; },
  seekTo: (wanted) => { second = wanted; }, setPlaybackRate: (rate) => { document.title = `rate ${rate}`; },
};
setTimeout(() => addEventListener("message", ({ data, source }) => {
  const message = JSON.parse(data);
  if (message.event === "listening") listener = source;
  commands[message.func]?.(...message.args);
  document.querySelector("p").textContent = `${state} at ${second}`;
  tell(message.event === "listening" ? "initialDelivery" : "infoDelivery");
}), 300);  // it listens only some time after its page has come
</script>"""

VIMEO_PLAYER = b"""<!doctype html><title>Player</title><p>Player</p><script>
// The messages of the Player SDK: an event is told to whoever asked for it.
let second = Number(location.hash.slice(3)), playing = true;
const wanted = new Set();
const tell = (source, event) => wanted.has(event) &&
  source.postMessage(JSON.stringify({ event, data: { seconds: second } }), "*");
const methods = {
  addEventListener: (value) => { wanted.add(value); return "timeupdate"; },
  play: () => { playing = true; return "play"; }, pause: () => { playing = false; return "pause"; },
  setCurrentTime: (value) => { second = value; return playing ? "timeupdate" : "seeked"; },
  setPlaybackRate: (value) => { document.title = `rate ${value}`; return "playbackratechange"; },
};
addEventListener("message", ({ data, source }) => {
  const { method, value } = JSON.parse(data);
  const event = methods[method](value);
  document.querySelector("p").textContent = `${playing ? 1 : 2} at ${second}`;
  tell(source, event);
});
</script>"""


def make_silence(seconds: int) -> bytes:
    """A WAV file, small enough to be sent whole."""
    file = io.BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(1)
        sound.setframerate(3_000)
        sound.writeframes(b"\x80" * 3_000 * seconds)
    return file.getvalue()


def play_from_outside(page: Page, pattern: str, *, body: bytes, content_type: str) -> list[str]:
    """Answer for the host of the recording; the addresses that were asked for are in the list."""
    asked: list[str] = []

    def answer(route: Route) -> None:
        asked.append(route.request.url)
        wanted = re.match(r"bytes=(\d+)-", route.request.headers.get("range", ""))
        if wanted is None:
            route.fulfill(body=body, content_type=content_type)
            return
        # Without parts, a browser takes a recording for one in which nobody can move.
        first = int(wanted[1])
        headers = {"Content-Range": f"bytes {first}-{len(body) - 1}/{len(body)}", "Accept-Ranges": "bytes"}
        route.fulfill(status=206, body=body[first:], content_type=content_type, headers=headers)

    page.route(pattern, answer)
    return asked
