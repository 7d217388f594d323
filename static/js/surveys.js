// The page of a survey. Its questions are dragged by their grip, as the buttons beside it move them.
for (const list of document.querySelectorAll("[data-questions]")) {
  new Sortable(list, {
    handle: ".question-grip",
    onEnd({ item }) {
      const step = item.querySelector("[name=after]");
      step.value = item.previousElementSibling?.dataset.question ?? "";
      step.click();
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
