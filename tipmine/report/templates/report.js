// Filters the register and opens the folded lists before printing (further evidence stays in the workbook).
// The page says all it has to say without this script.
(function () {
  "use strict";
  var form = document.getElementById("filter");
  if (!form) { return; }
  form.hidden = false;
  var cards = Array.prototype.slice.call(document.querySelectorAll("article.rec"));
  var groups = Array.prototype.slice.call(document.querySelectorAll(".group"));
  var count = document.getElementById("count");
  function apply() {
    var words = form.words.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
    var coverage = form.coverage.value, pillar = form.pillar.value, state = form.state.value, shown = 0;
    cards.forEach(function (card) {
      var text = card.textContent.toLowerCase();
      var fits = words.every(function (word) { return text.indexOf(word) >= 0; }) &&
        (!coverage || card.dataset.coverage === coverage) &&
        (!state || (" " + card.dataset.state + " ").indexOf(" " + state + " ") >= 0) &&
        (!pillar || (" " + card.dataset.pillars + " ").indexOf(" " + pillar + " ") >= 0);
      card.hidden = !fits;
      shown += fits ? 1 : 0;
    });
    groups.forEach(function (group) { group.hidden = !group.querySelector(".rec:not([hidden])"); });
    count.textContent = shown;
  }
  form.addEventListener("input", apply);
  form.addEventListener("submit", function (event) { event.preventDefault(); });
  form.addEventListener("reset", function () { setTimeout(apply, 0); });
  var opened = [];
  window.addEventListener("beforeprint", function () {
    opened = Array.prototype.slice.call(document.querySelectorAll("details:not([open]):not(.more)"));
    opened.forEach(function (item) { item.open = true; });
  });
  window.addEventListener("afterprint", function () {
    opened.forEach(function (item) { item.open = false; });
  });
}());
