// News of the workspace as a DOM event: `etappe:news` on the body, detail as announced, for example {journey, revision}.
// A page that was away, or whose stream broke, hears {resync: true} and fetches what it shows.

const POLL = 30_000;
htmx.config.morphIgnore.push("open"); // what somebody has opened stays open when news are drawn

let source = null;
let attempts = 0;
let timer = 0;
let revoked = false;

const address = () => document.body.dataset.live;
// Whoever has a map open is seen there by the others who have.
const place = `?journey=${document.getElementById("map")?.dataset.journey ?? 0}`;

// Parts of a page that say what concerns them, as in data-hears="thread-9 touchpoint-4", hear `etappe:heard`.
function tell(news) {
  document.body.dispatchEvent(new CustomEvent("etappe:news", { detail: news }));
  const ids = Object.entries(news).filter(([, id]) => Number.isInteger(id));
  const concerned = ids.map(([kind, id]) => `[data-hears~="${kind}-${id}"]`);
  for (const part of document.querySelectorAll(news.resync ? "[data-hears]" : concerned.join())) htmx.trigger(part, "etappe:heard");
}

function open() {
  clearTimeout(timer);
  if (!address() || revoked || document.hidden || source) return;
  source = new EventSource(address() + place, { withCredentials: true });
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
addEventListener("pageshow", open); // once every module listens

// Where no stream comes through, a page still follows, only later.
setInterval(() => {
  if (!document.hidden && document.body.dataset.liveState !== "open" && !revoked) tell({ resync: true });
}, POLL);
