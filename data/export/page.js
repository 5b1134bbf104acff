'use strict';

const form = document.querySelector('.search');
const query = document.getElementById('query');
const topic = document.getElementById('topic');
const count = document.getElementById('count');
const articles = [...document.querySelectorAll('article')];
const sections = [...document.querySelectorAll('main section.letter')];

/** A text in lower case and without accents. */
const folded = text => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

const texts = articles.map(article => folded(article.textContent));
const topics = articles.map(article => (article.dataset.topics || '').split('\n'));

/** Show the terms that have all words of the query, and the topic. */
function filter() {
  const words = folded(query.value).split(/\s+/).filter(Boolean);
  const wanted = topic ? topic.value : '';
  let shown = 0;
  articles.forEach((article, at) => {
    const isShown = words.every(word => texts[at].includes(word)) && (!wanted || topics[at].includes(wanted));
    article.hidden = !isShown;
    shown += isShown;
  });
  for (const section of sections) {
    section.hidden = !section.querySelector('article:not([hidden])');
  }
  const all = articles.length;
  count.textContent = words.length || wanted ? `${shown} of ${all} terms` : `${all} terms`;
}

/** Move the focus to the term that the address names, even if a search hides it. */
function follow() {
  let id = location.hash.slice(1);
  try {
    id = decodeURIComponent(id);
  } catch {
    // Not an encoded text; it may be the name itself.
  }
  const target = document.getElementById(id);
  if (!target || !target.closest('main, nav')) {
    return;
  }
  if (target.closest('[hidden]')) {
    query.value = '';
    if (topic) {
      topic.value = '';
    }
    filter();
  }
  target.focus();
  target.scrollIntoView();
}

form.hidden = false;
form.addEventListener('input', filter);
form.addEventListener('submit', event => event.preventDefault());
window.addEventListener('hashchange', follow);
// A second click on a link to the same term changes no address.
document.addEventListener('click', event => {
  const link = event.target.closest('a[href^="#"]');
  if (link && link.getAttribute('href') === location.hash) {
    follow();
  }
});
filter();
follow();
