// The keys of every page that takes back and does again.

/** Whether keys write into this element. */
export const isTyping = (element) => element.matches("input:not([type=checkbox], [type=range]), textarea, select");

/** What Ctrl or Cmd with Z or Y asks for: "undo", "redo" or nothing. */
export function wishOf({ key, ctrlKey, metaKey, shiftKey, altKey }) {
  if (altKey || !(ctrlKey || metaKey)) return "";
  return { z: shiftKey ? "redo" : "undo", y: "redo" }[key.toLowerCase()] ?? "";
}
