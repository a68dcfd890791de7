// Comforts for those who have JavaScript: every page works without it.
const root = document.documentElement;
root.classList.add('js');
const find = (selector, from = document) => from.querySelector(selector);
const findAll = (selector, from = document) => [...from.querySelectorAll(selector)];

// The bar at the foot of the agenda: how many, how much, until when.
const agenda = find('[data-agenda]');
const money = new Intl.NumberFormat('fr-FR', { style: 'currency', currency: 'EUR' });

function countWords(asked, given) {
  if (given === 0) return `${asked} ${asked > 1 ? 'cochées' : 'cochée'}`;
  const cancelled = `${given} à annuler`;
  return asked === 0 ? cancelled : `${asked} à réserver, ${cancelled}`;
}

function say(selector, words) {
  const place = find(selector);
  if (place && place.textContent !== words) place.textContent = words;
}

function tally() {
  const ticked = findAll('.slot__box:checked', agenda);
  const asked = ticked.filter((box) => box.name === 'reserver');
  const cents = asked.reduce((sum, box) => sum + Number(box.dataset.cents ?? 0), 0);
  const limits = ticked
    .map((box) => box.closest('[data-limit]'))
    .filter(Boolean)
    .sort((a, b) => (a.dataset.limit < b.dataset.limit ? -1 : 1));
  const words = countWords(asked.length, ticked.length - asked.length);
  const any = ticked.length > 0;
  find('[data-tally-neutral]')?.toggleAttribute('hidden', any);
  say(
    '[data-tally-count]',
    any ? (asked.length ? `${words} · ${money.format(cents / 100)}` : words) : '',
  );
  say('[data-tally-limit]', any && limits[0] ? `à envoyer ${limits[0].dataset.before}` : '');
}

const tickedMarks = { reserver: 'ticked', annuler: 'leaving' };

// The marks of a day in the month stand in the order of its row.
function redrawMark(box) {
  const day = box.closest('.day');
  const rank = findAll('.slot', day).indexOf(box.closest('.slot'));
  const mark = findAll(`.month [href="#${day.id}"] .mark`)[rank];
  if (!mark) return;
  const use = find('use', mark);
  const [sprite, drawn] = use.getAttribute('href').split('#mark-');
  mark.dataset.unticked ??= drawn;
  const name = box.checked ? tickedMarks[box.name] : mark.dataset.unticked;
  use.setAttribute('href', `${sprite}#mark-${name}`);
  mark.setAttribute('class', `mark mark--${name}`);
}

if (agenda) {
  agenda.addEventListener('change', ({ target }) => {
    if (!target.matches('.slot__box')) return;
    redrawMark(target);
    tally();
  });
  // Browsers put ticks back when one returns to the page.
  window.addEventListener('pageshow', () => {
    findAll('.slot__box', agenda).forEach(redrawMark);
    tally();
  });
  const unfold = () => {
    const day =
      location.hash.startsWith('#jour-') && document.getElementById(location.hash.slice(1));
    const folded = day && day.closest('details:not([open])');
    if (folded) {
      folded.open = true;
      day.scrollIntoView();
    }
  };
  window.addEventListener('hashchange', unfold);
  unfold();
}

// Windows, printing, what to look at first.
document.addEventListener('click', ({ target }) => {
  const opener = target.closest('[data-opens]');
  if (opener) document.getElementById(opener.dataset.opens)?.showModal();
  if (target.closest('[data-print]')) window.print();
  const fold = find('.fold[open]');
  if (fold && !fold.contains(target)) fold.open = false;
});
document.addEventListener('keydown', ({ key }) => {
  const fold = key === 'Escape' && find('.fold[open]');
  if (!fold) return;
  fold.open = false;
  find('summary', fold).focus();
});
find('[data-focus]')?.focus();

// Shortcuts of the staff: one letter each, silent while one types, and they can be switched off.
const form = find('form[data-shortcuts]');
const kept = 'portail.raccourcis';
const remembered = () => {
  try {
    return localStorage.getItem(kept) !== 'non';
  } catch {
    return true;
  }
};
const remember = (on) => {
  try {
    localStorage.setItem(kept, on ? 'oui' : 'non');
  } catch {
    // Private windows may refuse: the choice then lasts as long as the page.
  }
};
let active = remembered();
const toggle = find('[data-shortcut-switch]');
const show = () => root.classList.toggle('no-shortcuts', !active);
show();
if (toggle) {
  toggle.checked = active;
  toggle.addEventListener('change', () => {
    active = toggle.checked;
    remember(active);
    show();
  });
}
const typing = (element) =>
  element.closest('textarea, select, [contenteditable], input:not([type=radio], [type=checkbox])');

function shortcut(event) {
  if (!active || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  if (find('dialog[open]') || typing(event.target)) return;
  const choice = find(`[data-shortcut="${CSS.escape(event.key.toLowerCase())}"]`, form);
  if (choice?.matches('a')) {
    event.preventDefault();
    choice.click();
  } else if (choice) {
    choice.checked = true;
    choice.dispatchEvent(new Event('change', { bubbles: true }));
    const ready = event.key.toLowerCase() === 'r' && find('[data-ready]', form);
    (ready || choice).focus();
    event.preventDefault();
  } else if (event.key === 'Enter' && !event.target.closest('a, button, summary, input')) {
    event.preventDefault();
    form.requestSubmit();
  }
}
if (form) document.addEventListener('keydown', shortcut);
