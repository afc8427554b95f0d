/* Buttons that write the marks of a text, which can be typed as well. Only the page of an item has this file. */
(() => {
  "use strict";
  const bar = document.querySelector("[data-marks]"), field = document.querySelector("textarea[name=text]");
  if (!bar || !field) return;
  bar.hidden = false;
  // Puts text in place of what stands between two places, and selects a part of it; the browser's own undo takes it back.
  const put = (start, end, text, from, to) => {
    field.focus();
    field.setSelectionRange(start, end);
    if (!document.execCommand("insertText", false, text)) {
      field.setRangeText(text);
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
    field.setSelectionRange(start + from, start + to);
  };
  const mark = (kind) => {
    const { value } = field;
    let { selectionStart: start, selectionEnd: end } = field;
    if (kind === "list") {
      start = value.lastIndexOf("\n", start - 1) + 1;
      end = (value + "\n").indexOf("\n", end);
      const lines = value.slice(start, end).split("\n"), all = lines.every((line) => !line || line.startsWith("- "));
      const text = lines.map((line) => all && line ? line.slice(2) : line || lines.length < 2 ? "- " + line : line).join("\n");
      return put(start, end, text, text.length, text.length);
    }
    // A mark stands beside a letter, not beside a space.
    while (start < end && /\s/.test(value[start])) start++;
    while (start < end && /\s/.test(value[end - 1])) end--;
    const words = value.slice(start, end), many = kind.length;
    if (kind === "link") {
      const address = /^https?:\/\/\S+$/.test(words);
      return address ? put(start, end, `[](${words})`, 1, 1)
        : put(start, end, `[${words}](https://)`, words ? words.length + 3 : 1, words ? words.length + 11 : 1);
    }
    if (value.slice(start - many, start) === kind && value.slice(end, end + many) === kind)
      return put(start - many, end + many, words, 0, words.length);
    put(start, end, kind + words + kind, many, many + words.length);
  };
  for (const button of bar.querySelectorAll("[data-mark]"))
    button.addEventListener("click", () => mark(button.dataset.mark));
  field.addEventListener("keydown", (event) => {
    const kind = { b: "**", i: "*" }[event.key];
    if (!kind || event.altKey || event.shiftKey || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    mark(kind);
  });
})();
