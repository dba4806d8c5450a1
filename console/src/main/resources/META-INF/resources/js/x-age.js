// <x-age age="round:milliseconds:now">: how old the data is, counted on between two updates.
// It turns amber by itself when no update comes, so it also tells a lost connection.
const STALE_AFTER = 3500;

const words = (millis) => {
  const seconds = Math.max(0, Math.floor(millis / 1000));
  if (seconds < 100) return `${seconds}\u00a0s`;
  if (seconds < 6000) return `${Math.floor(seconds / 60)}\u00a0min`;
  return seconds < 172800 ? `${Math.floor(seconds / 3600)}\u00a0h` : `${Math.floor(seconds / 86400)}\u00a0d`;
};

// How far the server's clock is ahead of this browser's.
let ahead = 0;

// Ages in text grow between two updates too; only what has changed is written.
const grow = () => {
  for (const time of document.querySelectorAll('time[data-ago], time[data-age]')) {
    const age = Date.now() + ahead - Date.parse(time.dateTime);
    const text = words(age) + ('ago' in time.dataset ? ' ago' : '');
    if (age >= 0 && time.textContent !== text) time.textContent = text;
  }
};

class Age extends HTMLElement {
  static observedAttributes = ['age'];

  connectedCallback() {
    this.className = 'age';
    this.dot = document.createElement('i');
    this.label = document.createElement('span');
    this.count = document.createElement('span');
    this.count.className = 'num only-tab';
    this.append(this.dot, this.label, this.count);
    this.timer = setInterval(() => {
      this.draw();
      grow();
    }, 500);
    this.draw();
  }

  disconnectedCallback() {
    clearInterval(this.timer);
    delete document.documentElement.dataset.stale;
    this.replaceChildren();
  }

  attributeChangedCallback() {
    this.told = performance.now();
    ahead = Number(this.getAttribute('age').split(':')[2]) - Date.now();
    this.draw();
  }

  draw() {
    if (!this.label) return;
    const told = this.getAttribute('age');
    const age = told ? Number(told.split(':')[1]) + performance.now() - this.told : Infinity;
    const stale = age > STALE_AFTER;
    this.classList.toggle('stale', stale);
    this.label.textContent = stale ? 'Stale' : 'Live';
    this.count.textContent = Number.isFinite(age) ? ` ${words(age)}` : '';
    this.title = stale ? 'No newer data; what is shown is what was known last' : 'Age of the newest data';
    if (stale) document.documentElement.dataset.stale = '';
    else delete document.documentElement.dataset.stale;
  }
}

customElements.define('x-age', Age);

// What is cut off is told in full on hover.
document.addEventListener('mouseover', (event) => {
  const cut = event.target.closest?.('.cut, .cut2');
  if (cut && !cut.title && (cut.scrollWidth > cut.clientWidth || cut.scrollHeight > cut.clientHeight)) {
    cut.title = cut.textContent;
  }
});
