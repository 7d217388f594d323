// Lanes are shown, hidden, put in order and added in place, and needs are linked beside the map: forms whose answers are
// drawn as those of every other change.

import { nameOf, root, say } from "./page.js";
import { send } from "./sending.js";

const dialog = document.getElementById("needs-dialog");

async function ask({ href }, cell) {
  const response = await fetch(href, { headers: { "HX-Request": "true" } });
  if (!response.ok) return location.assign(href);
  dialog.querySelector("h2").textContent = `${cell.parentElement.dataset.label}: ${nameOf(document.getElementById(cell.dataset.of))}`;
  await htmx.swap({ text: await response.text(), sourceElement: dialog, target: dialog.lastElementChild, swap: "innerHTML" });
  dialog.showModal();
}

root.addEventListener("click", (event) => {
  const link = event.target.closest(".cell-link");
  if (!link) return;
  event.preventDefault();
  ask(link, link.closest(".cell"));
});

document.addEventListener("submit", (event) => {
  const form = event.target.closest("#lanes form, #needs-dialog form");
  if (!form) return;
  event.preventDefault();
  const said = new FormData(form, event.submitter);
  dialog.close();
  send({
    address: event.submitter?.getAttribute("formaction") ?? form.action,
    fields: () => said,
    answered: ({ ok, news }) => {
      if (news) say(news.say, { now: !ok });
      if (ok && form.id === "lanes-add") form.reset();
    },
  });
});

dialog.addEventListener("click", (event) => {
  if (!event.target.closest("[data-close]")) return;
  event.preventDefault();
  dialog.close();
});
