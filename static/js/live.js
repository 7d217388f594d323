// News of the workspace as a DOM event: `etappe:news` on the body, detail as announced, for example {journey, revision}.
// A page that was away, or whose stream broke, hears {resync: true} and fetches what it shows.

const POLL = 30_000;

let source = null;
let attempts = 0;
let timer = 0;
let revoked = false;

const address = () => document.body.dataset.live;

function tell(news) {
  document.body.dispatchEvent(new CustomEvent("etappe:news", { detail: news }));
}

function open() {
  clearTimeout(timer);
  if (!address() || revoked || document.hidden || source) return;
  source = new EventSource(address(), { withCredentials: true });
  source.onopen = () => {
    attempts = 0;
    document.body.dataset.liveState = "open";
  };
  source.onmessage = (message) => {
    tell(JSON.parse(message.data));
  };
  source.addEventListener("revoked", () => {
    revoked = true;
    close();
    location.reload();
  });
  source.onerror = () => {
    document.body.dataset.liveState = "waiting";
    if (source?.readyState === EventSource.CLOSED) retry();
  };
}

function close() {
  source?.close();
  source = null;
  document.body.dataset.liveState = "closed";
}

function retry() {
  close();
  attempts += 1;
  const pause = Math.min(30_000, 500 * 2 ** attempts) * (0.5 + Math.random() / 2);
  timer = setTimeout(open, pause);
}

document.addEventListener("visibilitychange", () => (document.hidden ? close() : open()));
addEventListener("pagehide", close);
addEventListener("pageshow", open);

// Where no stream comes through, a page still follows, only later.
setInterval(() => {
  if (!document.hidden && document.body.dataset.liveState !== "open" && !revoked) tell({ resync: true });
}, POLL);

open();
