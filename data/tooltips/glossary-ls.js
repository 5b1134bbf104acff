// What style sheets cannot do for tooltips of terms: Escape hides one, and none leaves the window or is cut off.
(() => {
  const gap = 8;
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
    const below = box.bottom + tip.offsetHeight <= document.documentElement.clientHeight;
    tip.style.top = `${below || box.top < tip.offsetHeight ? box.bottom : box.top - tip.offsetHeight}px`;
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
