// <x-age age="round:milliseconds">: how old the data is, counted on between two updates.
// It turns amber by itself when no update comes, so it also tells a lost connection.
const STALE_AFTER = 3500;

const words = (millis) => {
  const seconds = Math.floor(millis / 1000);
  return seconds < 100 ? `${seconds} s` : seconds < 6000 ? `${Math.floor(seconds / 60)} min` : `${Math.floor(seconds / 3600)} h`;
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
    this.timer = setInterval(() => this.draw(), 500);
    this.draw();
  }

  disconnectedCallback() {
    clearInterval(this.timer);
    delete document.documentElement.dataset.stale;
    this.replaceChildren();
  }

  attributeChangedCallback() {
    this.told = performance.now();
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
