// Keys and small comforts. Every page works without this file: all it does is press buttons and follow links.
"use strict";

const OFF = "tipmine-keys-off";

function typing(target) {
  return target.isContentEditable || /^(TEXTAREA|SELECT)$/.test(target.tagName) ||
    (target.tagName === "INPUT" && !/^(checkbox|radio|button|submit)$/.test(target.type));
}

function keysOff() {
  try { return localStorage.getItem(OFF) === "1"; } catch { return false; }
}

// The element for a key: in the item that has the focus, else in the chosen one, else the first on the page.
function forKey(key) {
  const selector = `[data-key="${CSS.escape(key)}"]`;
  const item = document.activeElement?.closest("[data-item]");
  const own = item?.querySelector(selector);
  if (own) return own;
  const all = [...document.querySelectorAll(selector)];
  const free = all.filter((element) => !element.closest("[data-item]"));
  const chosen = document.querySelector(".passage.chosen .whole " + selector);
  return free[0] || chosen;
}

function step(by) {
  const items = [...document.querySelectorAll("[data-item]")].filter((item) => !item.classList.contains("passage"));
  if (!items.length) return false;
  const at = items.indexOf(document.activeElement?.closest("[data-item]"));
  const next = items[Math.min(Math.max(at + by, 0), items.length - 1)];
  next.focus();
  next.scrollIntoView({ block: "nearest" });
  return true;
}

function press(element) {
  if (element.tagName === "INPUT" && element.type !== "checkbox") {
    element.focus();
    element.select();
  } else {
    element.click();
  }
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || typing(event.target)) return;
  if (event.key !== "Enter" && keysOff()) return;
  // Enter on a link or a button means that link or button.
  if (event.key === "Enter" && event.target.closest("a, button, input, summary")) return;
  const direct = forKey(event.key);
  if (direct) {
    event.preventDefault();
    press(direct);
  } else if (event.key === "j" || event.key === "k") {
    if (step(event.key === "j" ? 1 : -1)) event.preventDefault();
  }
});

// A form is sent once, however often its button is pressed.
document.addEventListener("submit", (event) => {
  if (event.target.method !== "post") return;
  if (event.target.dataset.sent) event.preventDefault();
  event.target.dataset.sent = "1";
});
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

// The passage under the pointer is lit on the page picture, and the other way round.
function light(id, on) {
  for (const element of document.querySelectorAll(`[data-of="${CSS.escape(id)}"]`)) element.classList.toggle("near", on);
}
for (const kind of ["mouseover", "mouseout"]) {
  document.addEventListener(kind, (event) => {
    const id = event.target.closest?.("[data-of]")?.dataset.of;
    if (id) light(id, kind === "mouseover");
  });
}
document.addEventListener("click", (event) => {
  const strip = event.target.closest?.("rect.strip");
  if (strip) document.querySelector(`article[data-of="${CSS.escape(strip.dataset.of)}"] .meta a`)?.click();
});

// What the address names gets the focus, so that the keys go on from there.
const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
if (target) target.focus({ preventScroll: true });

const box = document.getElementById("keys");
if (box) {
  box.checked = !keysOff();
  box.addEventListener("change", () => {
    try { localStorage.setItem(OFF, box.checked ? "0" : "1"); } catch { /* private windows: keys stay on */ }
  });
}
