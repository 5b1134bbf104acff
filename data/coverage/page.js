
'use strict';

const inOrder = new Intl.Collator(undefined, { numeric: true });

/** Sort a table by a column: numbers the greatest first, texts in their order; a second time the other way. */
function sort(table, head) {
  const at = head.cellIndex;
  const isNumber = head.classList.contains('number');
  const before = head.getAttribute('aria-sort');
  const isDescending = before ? before === 'ascending' : isNumber;
  const text = row => row.cells[at].textContent;
  const compare = isNumber
    ? (left, right) => parseFloat(text(left)) - parseFloat(text(right))
    : (left, right) => inOrder.compare(text(left), text(right));
  const body = table.tBodies[0];
  body.append(...[...body.rows].sort((left, right) => (isDescending ? compare(right, left) : compare(left, right))));
  for (const each of head.parentElement.cells) {
    each.removeAttribute('aria-sort');
  }
  head.setAttribute('aria-sort', isDescending ? 'descending' : 'ascending');
}

for (const table of document.querySelectorAll('table')) {
  for (const head of table.tHead.rows[0].cells) {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = head.textContent;
    button.addEventListener('click', () => sort(table, head));
    head.replaceChildren(button);
  }
}
