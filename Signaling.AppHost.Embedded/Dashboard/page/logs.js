import { $, ask, choices, clock, el, facts, save } from './element.js';
import { List } from './list.js';

const kept = 10_000; // as many as the host keeps
const levels = [[21, 'Critical'], [17, 'Error'], [13, 'Warning'], [9, 'Information'], [5, 'Debug'], [0, 'Trace']];
const level = severity => levels.find(([least]) => severity >= least)[1];
let all = [];
let last = 0;
let trace = '';

const list = new List($('logs'), (row, log) => {
  row.classList.add(level(log.severity));
  row.append(el('time', {}, clock(log.time)), el('b', {}, level(log.severity)), el('i', {}, log.resource), el('span', {}, log.text));
}, log => {
  $('log-detail').replaceChildren(el('pre', {}, log.text), facts({
    Time: clock(log.time), Level: level(log.severity), Resource: log.resource, Category: log.category,
    Trace: log.traceId ? el('a', { href: '#/traces/' + log.traceId + '?span=' + log.spanId }, log.traceId) : '', ...log.attributes,
  }));
});

const filters = { resource: 'logs-resource', level: 'logs-level', text: 'logs-text' };

function matching() {
  const text = $('logs-text').value.toLowerCase(), least = Number($('logs-level').value), resource = $('logs-resource').value;
  return all.filter(log => log.severity >= least && (!resource || log.resource === resource) && (!trace || log.traceId === trace)
    && (!text || log.text.toLowerCase().includes(text) || log.category.toLowerCase().includes(text)));
}

function draw() {
  const some = matching();
  list.show(some, true);
  $('logs-trace').hidden = !trace;
  $('logs-trace').textContent = 'of trace ' + trace.slice(0, 8) + ' ×';
  $('logs-count').value = (some.length === all.length ? '' : some.length.toLocaleString('en-GB') + ' of ') + all.length.toLocaleString('en-GB') + ' lines';
}

/** What is filtered stands in the address, so that it can be passed on. */
function filter() {
  const query = new URLSearchParams(Object.entries(filters).map(([name, id]) => [name, $(id).value]).concat([['trace', trace]]).filter(([, value]) => value && value !== '0'));
  history.replaceState(null, '', '#/logs' + (query.size ? '?' + query : ''));
  delete $('logs-resource').dataset.wanted;
  draw();
}

export function show(_, query) {
  for (const [name, id] of Object.entries(filters)) $(id).value = query.get(name) ?? (name === 'level' ? '0' : '');
  $('logs-resource').dataset.wanted = query.get('resource') ?? '';
  trace = query.get('trace') ?? '';
  draw();
}

export async function refresh() {
  if ($('logs-pause').getAttribute('aria-pressed') === 'true') return;
  const news = await ask('logs?after=' + last);
  if (!news.items.length) return;
  last = news.last;
  all = all.concat(news.items).slice(-kept);
  choices($('logs-resource'), all.map(log => log.resource), 'all');
  draw();
}

$('logs-level').replaceChildren(...levels.toReversed().map(([least, name]) => new Option(least ? name + ' and above' : 'all', least)));
for (const id of Object.values(filters)) $(id).oninput = filter;
$('logs-trace').onclick = () => { trace = ''; filter(); };
$('logs-pause').onclick = () => {
  const paused = $('logs-pause').getAttribute('aria-pressed') !== 'true';
  $('logs-pause').setAttribute('aria-pressed', paused);
  $('logs-pause').textContent = paused ? 'Resume' : 'Pause';
};
$('logs-save').onclick = () => save('logs.json', matching());
