// The board of measures: a card is dragged onto another status, or goes there by Alt and an arrow key. What it takes is
// the form behind the card's menu, so the server has the last word: the board that it answers with takes the place.

const board = () => document.getElementById("measures");
const lists = () => [...board().querySelectorAll(".measure-list")];

const options = {
  group: "measures",
  draggable: ".measure-card",
  sort: false,
  forceFallback: true,
  fallbackOnBody: true,
  fallbackTolerance: 4,
  delay: 250,
  delayOnTouchOnly: true,
  touchStartThreshold: 8,
  filter: "a, button, summary",
  preventOnFilter: false,
  onEnd: ({ item, from, to }) => from !== to && move(item, to),
};

function carry() {
  for (const list of lists()) if (!Sortable.get(list)) Sortable.create(list, options);
}

function move(card, list) {
  card.querySelector(`form input[name="to"][value="${list.dataset.status}"]`).form.requestSubmit();
}

document.addEventListener("keydown", (event) => {
  const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  const card = event.altKey && step && event.target.closest(".measure-card");
  if (!card) return;
  const all = lists();
  const there = all[all.indexOf(card.closest(".measure-list")) + step];
  event.preventDefault();
  if (there) move(card, there);
});

document.addEventListener("htmx:after:swap", carry);
// Where nothing came back the card would lie where it is not.
document.addEventListener("htmx:error", () => location.reload());
carry();
