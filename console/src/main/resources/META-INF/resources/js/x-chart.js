// <x-chart spec='{"kind": "rows" | "line", …}'>: the spec says what is meant, the look lives here.
const probe = document.createElement('span');
probe.style.display = 'none';

const colour = (token) => {
  if (!probe.isConnected) document.body.append(probe);
  probe.style.color = `var(${token})`;
  return getComputedStyle(probe).color;
};
const faded = (rgb, alpha) => rgb.replace(/^rgb\(([^)]+)\)$/, (_, parts) => `rgba(${parts}, ${alpha})`);
const hoursMinutes = (time) => new Date(time).toISOString().slice(11, 16);
const clock = (time) => new Date(time).toISOString().slice(11, 19);
const short = (value) => {
  if (value === null || value === undefined) return '';
  const size = Math.abs(value);
  if (size >= 1e9) return `${+(value / 1e9).toFixed(1)} G`;
  if (size >= 1e6) return `${+(value / 1e6).toFixed(1)} M`;
  if (size >= 1e4) return `${+(value / 1e3).toFixed(1)} k`;
  return `${+value.toFixed(2)}`;
};
// What nobody has counted is a gap, not a zero.
const known = (spec, series, i) => (spec.start + spec.step * (i + 1) <= spec.known ? null : series.data[i]);
const narrow = () => innerWidth < 600;

class Chart extends HTMLElement {
  static observedAttributes = ['spec'];

  connectedCallback() {
    this.setAttribute('role', 'img');
    this.canvas = document.createElement('div');
    this.canvas.className = 'canvas';
    this.append(this.canvas);
    this.label();
    this.themes = new MutationObserver(() => this.draw());
    this.themes.observe(document.documentElement, { attributes: true, attributeFilter: ['theme', 'style'] });
    this.system = matchMedia('(prefers-color-scheme: dark)');
    this.redraw = () => this.draw();
    this.system.addEventListener('change', this.redraw);
    this.begin();
  }

  disconnectedCallback() {
    this.sizes?.disconnect();
    this.themes.disconnect();
    this.system.removeEventListener('change', this.redraw);
    this.chart?.dispose();
    this.chart = undefined;
    this.replaceChildren();
  }

  attributeChangedCallback() {
    this.label();
    if (this.table) this.fillTable();
    this.draw();
  }

  get spec() {
    const text = this.getAttribute('spec');
    return text ? JSON.parse(text) : undefined;
  }

  // The library is a script of its own and may come later.
  begin() {
    if (!this.isConnected || this.chart) return;
    if (!window.echarts) {
      setTimeout(() => this.begin(), 20);
      return;
    }
    this.chart = echarts.init(this.canvas, null, { renderer: 'svg' });
    this.sizes = new ResizeObserver(() => {
      this.chart?.resize();
      if (this.wasNarrow !== narrow()) this.draw();
    });
    this.sizes.observe(this.canvas);
    this.draw();
  }

  label() {
    const spec = this.spec;
    if (spec) this.setAttribute('aria-label', spec.label);
  }

  // Returns whether the table is what is shown now.
  toggleTable() {
    if (this.table) {
      this.table.remove();
      this.table = undefined;
      this.setAttribute('role', 'img');
    } else {
      this.table = document.createElement('div');
      this.table.className = 'charttable';
      this.table.tabIndex = 0;
      this.append(this.table);
      this.removeAttribute('role');
      this.fillTable();
    }
    return !!this.table;
  }

  fillTable() {
    const spec = this.spec;
    const series = spec.rows.flatMap((row) => row.series);
    const count = series[0].data.length;
    const every = Math.max(1, Math.round(count / 30));
    const table = document.createElement('table');
    const head = table.createTHead().insertRow();
    for (const name of ['Time, UTC', ...series.map((s) => s.name)]) {
      const cell = document.createElement('th');
      cell.textContent = name;
      head.append(cell);
    }
    const body = table.createTBody();
    for (let i = count - 1; i >= 0; i -= every) {
      const row = body.insertRow();
      row.insertCell().textContent = clock(spec.start + i * spec.step);
      for (const s of series) row.insertCell().textContent = short(known(spec, s, i));
    }
    this.table.replaceChildren(table);
  }

  draw() {
    const spec = this.spec;
    if (!this.chart || !spec) return;
    this.wasNarrow = narrow();
    const option = { ...this.frame(), grid: [], xAxis: [], yAxis: [], series: [] };
    spec.rows.forEach((row, index) => this.addRow(option, spec, row, index));
    this.chart.setOption(option, true);
  }

  frame() {
    return {
      animation: false,
      useUTC: true,
      textStyle: { fontFamily: 'Inter, sans-serif', fontSize: 11 },
      axisPointer: {
        link: [{ xAxisIndex: 'all' }],
        lineStyle: { color: colour('--x-ink-3'), type: 'solid', width: 1 },
        label: { show: false },
      },
      tooltip: {
        trigger: 'axis',
        backgroundColor: colour('--x-raised'),
        borderColor: colour('--x-line-strong'),
        borderWidth: 1,
        padding: [8, 10],
        textStyle: { color: colour('--x-ink'), fontSize: 12 },
        extraCssText: 'border-radius:6px;box-shadow:var(--e2)',
        formatter: (points) => this.tooltip(points),
      },
    };
  }

  tooltip(points) {
    const lines = [...points].sort((a, b) => a.seriesIndex - b.seriesIndex).map((p) =>
      `<div class="tipline"><span>${p.marker}${p.seriesName}</span><b class="num">${short(p.value[1])}</b></div>`);
    return `<div class="tiptime">${clock(points[0].value[0])} UTC</div>${lines.join('')}`;
  }

  addRow(option, spec, row, index) {
    const stacked = spec.kind === 'rows';
    const small = this.wasNarrow && stacked;
    const last = index === spec.rows.length - 1;
    const side = small ? 12 : 16;
    const left = small ? 12 : 44;
    const top = stacked ? 30 + index * spec.rowHeight + (small ? 32 : 12) : 10;
    option.grid.push(stacked
      ? { left, right: side, top, height: spec.rowHeight - (small ? 40 : 22) }
      : { left: 48, right: 8, top, bottom: 22 });
    option.xAxis.push(this.timeAxis(spec, row, index, last));
    option.yAxis.push(this.valueAxis(row, index, small));
    row.series.forEach((series, place) => option.series.push(this.curve(spec, row, series, index, place)));
  }

  timeAxis(spec, row, index, last) {
    const count = row.series[0].data.length;
    return {
      gridIndex: index,
      type: 'time',
      min: spec.start,
      max: spec.start + spec.step * (count - 1),
      axisLine: { show: last, lineStyle: { color: colour('--x-line-strong') } },
      axisTick: { show: false },
      splitLine: { show: false },
      splitNumber: this.wasNarrow ? 3 : 6,
      axisLabel: {
        show: last,
        color: colour('--x-ink-3'),
        fontSize: 11,
        hideOverlap: true,
        formatter: spec.step * count < 600_000 ? clock : hoursMinutes,
        showMinLabel: false,
        showMaxLabel: false,
      },
    };
  }

  valueAxis(row, index, small) {
    return {
      gridIndex: index,
      type: 'value',
      min: 0,
      max: row.max,
      interval: row.max / 2,
      axisLine: { show: false },
      axisTick: { show: false },
      axisLabel: {
        show: !small,
        color: colour('--x-ink-3'),
        fontSize: 11,
        margin: 8,
        formatter: (value) => (value === 0 ? '0' : short(value) + row.unit),
      },
      splitLine: { lineStyle: { color: colour('--x-line'), type: [2, 3] } },
    };
  }

  curve(spec, row, series, index, place) {
    const tint = colour(series.color);
    return {
      name: series.name,
      type: 'line',
      xAxisIndex: index,
      yAxisIndex: index,
      showSymbol: false,
      symbol: 'circle',
      symbolSize: 5,
      z: 3 + place,
      data: series.data.map((_, i) => [spec.start + spec.step * i, known(spec, series, i)]),
      lineStyle: { color: tint, width: 1.6 },
      itemStyle: { color: tint },
      emphasis: { disabled: true },
      areaStyle: series.area ? { color: this.fade(tint) } : undefined,
      markLine: place === 0 && row.threshold !== undefined ? this.threshold(row.threshold) : undefined,
    };
  }

  fade(tint) {
    return {
      type: 'linear', x: 0, y: 0, x2: 0, y2: 1,
      colorStops: [{ offset: 0, color: faded(tint, 0.2) }, { offset: 1, color: faded(tint, 0.015) }],
    };
  }

  threshold(value) {
    return {
      silent: true,
      symbol: 'none',
      animation: false,
      data: [{ yAxis: value }],
      lineStyle: { color: colour('--x-bad-dot'), type: [5, 3], width: 1.2 },
      label: { show: false },
    };
  }
}

customElements.define('x-chart', Chart);

document.addEventListener('click', (event) => {
  const toggle = event.target.closest('[data-table]');
  if (toggle) {
    const shown = document.getElementById(toggle.dataset.table)?.toggleTable();
    toggle.textContent = shown ? 'Show as chart' : 'Show as table';
  }
  const copy = event.target.closest('[data-copy]');
  if (copy) {
    navigator.clipboard?.writeText(copy.dataset.copy);
    copy.classList.add('done');
    setTimeout(() => copy.classList.remove('done'), 1200);
  }
});
