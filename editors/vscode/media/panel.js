// @ts-check
// Shows the content sent by the extension, and reports which button was pressed.
(() => {
  // @ts-expect-error because the editor provides this function
  const editor = acquireVsCodeApi();
  const main = /** @type {HTMLElement} */ (document.querySelector('main'));
  let serial = 0;
  let shown = '';

  /** Return a selector that finds the focused element after an update. */
  const focused = () => {
    const element = document.activeElement;
    const target = element instanceof HTMLElement ? element.dataset.target : undefined;
    return target === undefined ? (element?.tagName === 'H1' ? 'h1' : '') : `[data-target="${target}"]`;
  };

  /** @param {string} selector */
  const focus = (selector) => {
    const found = selector ? main.querySelector(selector) : null;
    if (found instanceof HTMLElement) {
      found.focus();
    }
  };

  addEventListener('message', ({ data }) => {
    serial = data.serial;
    editor.setState(data.state);
    if (data.isNew) {
      shown = '';
      scrollTo(0, 0);
    }
    if (data.html !== shown) {
      shown = data.html;
      const before = data.isNew ? '' : focused();
      main.innerHTML = data.html;
      focus(data.focus ? 'h1' : before);
    }
  });

  addEventListener('click', (event) => {
    const pressed = event.target instanceof Element ? event.target.closest('[data-target]') : null;
    if (pressed instanceof HTMLElement) {
      editor.postMessage({ serial, target: Number(pressed.dataset.target) });
    }
  });

  editor.postMessage({ ready: true });
})();
