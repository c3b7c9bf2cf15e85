import { $, ask, choices, clock, duration, el, facts, save } from './element.js';
import { List } from './list.js';

const kept = 2_000; // as many as the host keeps
const kinds = ['', 'internal', 'server', 'client', 'producer', 'consumer'];
const traces = new Map();
let last = 0;
let open = '';
let wanted = '';
let spans = [];

const list = new List($('traces'), (row, trace) => {
  row.classList.toggle('Error', trace.errors > 0);
  row.append(el('time', {}, clock(trace.start)), el('b', {}, duration(trace.end - trace.start)), el('i', {}, trace.resource),
    el('span', {}, trace.name + ' · ' + trace.spans + (trace.spans === 1 ? ' span' : ' spans') + (trace.errors ? ', ' + trace.errors + ' failed' : '')));
}, trace => { location.hash = '#/traces/' + trace.id; });

const waterfall = new List($('spans'), (row, span) => {
  const bar = el('s'), begin = Math.min(...spans.map(one => one.start)), whole = Math.max(...spans.map(one => one.end)) - begin || 1;
  bar.style.left = (span.start - begin) / whole * 100 + '%';
  bar.style.width = Math.max((span.end - span.start) / whole * 100, .3) + '%';
  const name = el('span', {}, span.name, el('i', {}, ' ' + span.resource));
  name.style.paddingLeft = span.depth + 'em';
  row.classList.toggle('Error', span.error !== null);
  row.append(name, el('b', {}, duration(span.end - span.start)), el('u', {}, bar));
}, describe);

function describe(span) {
  const begin = Math.min(...spans.map(one => one.start));
  const link = one => el('p', {}, 'Link to ', el('a', { href: '#/traces/' + one.traceId + '?span=' + one.spanId }, one.traceId), facts(one.attributes));
  $('span-detail').replaceChildren(
    el('h3', {}, span.name),
    facts({ Resource: span.resource, Source: span.source, Kind: kinds[span.kind] ?? '', Begins: clock(span.start) + ' (+' + duration(span.start - begin) + ')', Takes: duration(span.end - span.start), Error: span.error === null ? '' : span.error || 'yes', ...span.attributes }),
    ...span.events.map(one => el('section', {}, el('h3', {}, '+' + duration(one.time - span.start) + ' ' + one.name), facts(one.attributes))),
    ...span.links.map(link));
}

/** Parents before their children, each as deep as it has ancestors among those that have come. */
function ordered(some) {
  const ids = new Set(some.map(span => span.spanId));
  const below = Map.groupBy(some, span => ids.has(span.parentId) ? span.parentId : '');
  const walk = (parent, depth) => (below.get(parent) ?? []).sort((a, b) => a.start - b.start).flatMap(span => [Object.assign(span, { depth }), ...walk(span.spanId, depth + 1)]);
  return walk('', 0);
}

function matching() {
  const text = $('traces-text').value.toLowerCase(), resource = $('traces-resource').value, failed = $('traces-failed').checked;
  return [...traces.values()].filter(one => (!resource || one.resource === resource) && (!failed || one.errors) && (one.name.toLowerCase().includes(text) || one.id.startsWith(text)))
    .sort((a, b) => b.start - a.start);
}

function draw() {
  const some = matching();
  list.show(some);
  $('traces-count').value = some.length.toLocaleString('en-GB') + (some.length === 1 ? ' trace' : ' traces');
}

export function show([id = ''], query) {
  [open, wanted, spans] = [id, query.get('span') ?? '', []];
  $('all-traces').hidden = open !== '';
  $('one-trace').hidden = open === '';
  $('trace-logs').href = '#/logs?trace=' + open;
  $('trace-id').textContent = open;
  $('span-detail').replaceChildren(el('p', {}, 'Choose a span to see what it says.'));
  waterfall.show([]);
}

export const refresh = () => open ? refreshOne() : refreshAll();

async function refreshAll() {
  const news = await ask('traces?after=' + last);
  last = news.last;
  for (const trace of news.items) traces.set(trace.id, trace);
  for (const id of [...traces.keys()].slice(0, Math.max(0, traces.size - kept))) traces.delete(id);
  choices($('traces-resource'), [...traces.values()].map(one => one.resource), 'all');
  draw();
}

async function refreshOne() {
  const id = open, now = await ask('traces/' + id);
  if (id !== open) return;
  if (!now.length) $('span-detail').replaceChildren(el('p', {}, 'Of this trace nothing is kept.'));
  if (now.length === spans.length) return;
  spans = ordered(now);
  waterfall.show(spans);
  const chosen = spans.find(span => span.spanId === wanted);
  if (chosen) {
    waterfall.choose(chosen);
    describe(chosen);
  }
}

for (const id of ['traces-text', 'traces-resource', 'traces-failed']) $(id).oninput = draw;
$('trace-save').onclick = () => save('trace-' + open + '.json', spans);
