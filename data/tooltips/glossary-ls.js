// What style sheets cannot do for tooltips of terms: Escape hides one, and none leaves the window or is cut off.
(() => {
  const gap = 8;
  // From a term to its tooltip: the margin in the style sheet.
  const distance = 6;
  const around = (event) => event.target instanceof Element && event.target.closest(".glossary-ls");

  const place = (event) => {
    const term = around(event);
    const tip = term && term.querySelector(".glossary-ls-tip");
    if (!tip || !tip.offsetParent && getComputedStyle(tip).display === "none") return;
    const box = term.firstElementChild.getClientRects()[0];
    if (!box) return;
    tip.style.position = "fixed";
    const right = document.documentElement.clientWidth - tip.offsetWidth - gap;
    tip.style.left = `${Math.max(gap, Math.min(box.left, right))}px`;
    const height = tip.offsetHeight + distance;
    const below = box.bottom + height <= document.documentElement.clientHeight || box.top < height;
    tip.style.margin = "0";
    tip.style.top = `${below ? box.bottom + distance : box.top - height}px`;
  };

  const restore = (event) => {
    const term = around(event);
    if (term && !term.contains(event.relatedTarget)) term.removeAttribute("data-dismissed");
  };

  const scrolled = () => {
    for (const tip of document.querySelectorAll(".glossary-ls-tip[style]")) tip.removeAttribute("style");
  };

  document.addEventListener("pointerover", place);
  document.addEventListener("focusin", place);
  document.addEventListener("pointerout", restore);
  document.addEventListener("focusout", restore);
  document.addEventListener("scroll", scrolled, { capture: true, passive: true });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const term of document.querySelectorAll(".glossary-ls:hover, .glossary-ls:focus-within")) {
      term.setAttribute("data-dismissed", "");
    }
  });
})();
