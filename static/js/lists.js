// Lists whose entries are dragged. What a drag does a form does without it, so the server has the last word.

// The questions of a survey, by their grip, as the buttons beside them move them.
for (const list of document.querySelectorAll("[data-questions]")) {
  new Sortable(list, {
    handle: ".question-grip",
    onEnd({ item }) {
      const step = item.querySelector("[name=after]");
      step.value = item.previousElementSibling?.dataset.question || "";
      step.click();
    },
  });
}

// Measures, from status to status, as the menu of each card does; until the server answers a card lies where it lay.
for (const list of document.querySelectorAll(".measure-list")) {
  new Sortable(list, {
    group: "board",
    forceFallback: true,
    delay: 250,
    delayOnTouchOnly: true,
    onEnd({ item, from, to, oldIndex }) {
      from.insertBefore(item, from.children[oldIndex]);
      if (from !== to) item.querySelector(`[value=${to.dataset.status}]`).form.requestSubmit();
    },
  });
}

// <button data-copies="text"> copies that text, and says so.
for (const button of document.querySelectorAll("[data-copies]")) {
  button.addEventListener("click", () => {
    navigator.clipboard.writeText(button.dataset.copies);
    button.lastChild.textContent = button.dataset.copied;
  });
}
