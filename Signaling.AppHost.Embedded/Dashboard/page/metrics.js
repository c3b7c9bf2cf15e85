import { $, ask, el, number } from './element.js';
import { chart } from './chart.js';

const shows = { counter: ['per second', 'total'], gauge: ['value'], histogram: ['p50', 'p90', 'p99', 'per second', 'mean'] };
let instruments = [];
let open = [];

const address = one => '#/metrics/' + [one.resource, one.meter, one.name].map(encodeURIComponent).join('/');

function drawInstruments() {
  const groups = Object.groupBy(instruments, one => one.resource + ' · ' + one.meter);
  $('instruments').replaceChildren(...Object.keys(groups).sort().flatMap(group => [
    el('h3', {}, group),
    el('ul', {}, ...groups[group].sort((a, b) => a.name.localeCompare(b.name)).map(one => el('li', {}, el('a', { href: address(one), title: one.description }, one.name)))),
  ]));
  mark();
}

function mark() {
  for (const a of $('instruments').querySelectorAll('a')) a.toggleAttribute('aria-current', decodeURIComponent(a.hash) === '#/metrics/' + open.join('/'));
}

/** The line of one series: from two neighbouring points, as all but gauges are totals since the start. */
function line(series, what) {
  return series.points.flatMap((point, index) => {
    const [time, value, sum] = point;
    if (what === 'value' || what === 'total') return [[time, value]];
    const before = series.points[index - 1];
    if (!before || value < before[1] || time <= before[0]) return [];
    const count = value - before[1];
    if (what === 'per second') return [[time, count / (time - before[0]) * 1000]];
    if (count === 0) return [];
    if (what === 'mean') return [[time, (sum - before[2]) / count]];
    return [[time, percentile(point.slice(3).map((one, bucket) => one - before[bucket + 3]), series.bounds, Number(what.slice(1)) / 100 * count)]];
  });
}

/** Evenly within its bucket; the last has no upper bound, and says its lower one. */
function percentile(buckets, bounds, rank) {
  for (let i = 0, below = 0; i < buckets.length; below += buckets[i++]) {
    if (below + buckets[i] < rank || buckets[i] === 0) continue;
    const low = bounds[i - 1] ?? Math.min(0, bounds[0]);
    return i < bounds.length ? low + (bounds[i] - low) * (rank - below) / buckets[i] : low;
  }
  return bounds.at(-1);
}

function draw(metric, instrument) {
  const what = $('metric-show').value, unit = instrument.unit.replace(/[{}]/g, '');
  const oldest = Date.now() - Number($('metric-minutes').value) * 60_000;
  const lines = metric.map(series => ({ name: Object.entries(series.attributes).map(pair => pair.join('=')).join(', ') || 'all', series, points: line(series, what).filter(point => point[0] >= oldest) }));
  $('chart').replaceChildren(chart(lines, oldest, instrument.name + ', ' + what + (unit ? ', in ' + unit : '')));
  $('series').replaceChildren(...lines.map(({ name, series, points }, index) => el('tr', {},
    el('th', { scope: 'row' }, el('i', { className: 'c' + index % 8 }), name),
    el('td', {}, number(points.at(-1)?.[1])),
    el('td', {}, number(series.points.at(-1)?.[1])))));
  $('metric-last').textContent = instrument.kind === 'histogram' ? 'Count' : instrument.kind === 'counter' ? 'Total' : 'Value';
  $('metric-now').textContent = what + (unit && what !== 'per second' ? ' (' + unit + ')' : '');
}

export function show(path) {
  open = path;
  $('metric').hidden = open.length < 3;
  mark();
}

export async function refresh() {
  const now = await ask('metrics');
  if (now.length !== instruments.length) {
    instruments = now;
    drawInstruments();
  }
  if (open.length < 3) return;
  const [resource, meter, name] = open, instrument = instruments.find(one => one.resource === resource && one.meter === meter && one.name === name);
  const metric = await ask('metric?' + new URLSearchParams({ resource, meter, name }));
  if (open.join('/') !== [resource, meter, name].join('/') || !instrument) return;
  if ($('metric').dataset.shown !== address(instrument)) {
    $('metric').dataset.shown = address(instrument);
    $('metric-name').textContent = name;
    $('metric-says').textContent = instrument.description;
    $('metric-show').replaceChildren(...shows[instrument.kind].map(what => new Option(what)));
  }
  draw(metric, instrument);
}

for (const id of ['metric-show', 'metric-minutes']) $(id).onchange = refresh;
