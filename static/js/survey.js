// Building a survey: questions are dragged by their grip, as the buttons beside it move them; what is linked is copied.

const list = document.querySelector("[data-questions]");
if (list) {
  Sortable.create(list, {
    handle: ".question-grip",
    onEnd({ item }) {
      const step = item.querySelector("[data-step]");
      step.value = item.previousElementSibling?.dataset.question ?? "";
      step.click();
    },
  });
}

document.addEventListener("click", ({ target }) => {
  const button = target.closest("[data-copies]");
  if (!button) return;
  navigator.clipboard.writeText(document.getElementById(button.dataset.copies).textContent);
  button.lastChild.textContent = button.dataset.copied;
});
