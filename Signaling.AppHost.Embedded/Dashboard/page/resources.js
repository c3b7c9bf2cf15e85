import { $, el } from './element.js';

const kept = 2000; // as many lines as the host keeps for each resource
const rows = new Map();
let resources = [];
let lines = [];
let waiting = []; // what came while paused
let stream;

const moods = { Running: 'good', Exited: 'bad', FailedToStart: 'bad', Stopped: '', Stopping: 'wait', Waiting: 'wait', Installing: 'wait', Starting: 'wait' };
const words = { FailedToStart: 'Failed to start' };

function listen() {
  stream?.close();
  lines = [];
  waiting = [];
  const source = $('source').value;
  stream = new EventSource('/api/events' + (source ? '?logs=' + encodeURIComponent(source) : ''));
  stream.onopen = () => {
    lines = [];
    waiting = [];
    draw();
    say('live', 'good');
  };
  stream.onerror = () => say('the AppHost does not answer', 'bad');
  stream.addEventListener('resources', event => showResources(JSON.parse(event.data)));
  stream.addEventListener('log', event => addLine(JSON.parse(event.data)));
}

function say(text, mood) {
  if ($('link').textContent !== text) $('link').textContent = text;
  $('link').className = mood;
}

function showResources(now) {
  const first = resources.length === 0;
  resources = now;
  for (const resource of resources) showRow(resource);
  if (!first) return;
  $('source').replaceChildren(...resources.map(one => new Option(one.name)));
  listen();
}

function showRow(resource) {
  let row = rows.get(resource.name);
  if (!row) {
    row = $('row').content.firstElementChild.cloneNode(true);
    row.querySelector('strong').textContent = resource.name;
    row.querySelector('th small').textContent = resource.kind;
    for (const button of row.querySelectorAll('button')) button.onclick = () => command(resource.name, button.dataset.command);
    rows.set(resource.name, row);
    $('resources').append(row);
  }
  const sick = resource.state === 'Running' && resource.health === 'Unhealthy';
  const state = row.querySelector('.state');
  state.textContent = sick ? 'Unhealthy' : (words[resource.state] ?? resource.state);
  state.className = 'state ' + (sick ? 'bad' : moods[resource.state]);
  row.querySelector('td small').textContent = resource.detail ?? (resource.state === 'Running' && !sick ? 'healthy' : '');
  row.querySelector('.urls').replaceChildren(...resource.urls.map(link));
  row.querySelector('.pid').textContent = resource.pid ?? '–';
  row.querySelector('time').dateTime = resource.since ?? '';
  const idle = ['Stopped', 'Exited', 'FailedToStart'].includes(resource.state);
  const [restart, stop] = row.querySelectorAll('button');
  restart.textContent = idle ? 'Start' : 'Restart';
  restart.disabled = resource.state === 'Stopping';
  stop.disabled = idle || resource.state === 'Stopping';
  for (const button of [restart, stop]) button.setAttribute('aria-label', button.textContent + ' ' + resource.name);
  tick();
}

function link(url) {
  return el('a', { href: url.url, target: '_blank', rel: 'noopener', title: url.url }, url.text ?? url.url);
}

async function command(name, what) {
  const answer = await fetch('/api/resources/' + encodeURIComponent(name) + '/' + what, { method: 'POST' }).catch(() => null);
  if (!answer?.ok) say('could not ' + what + ' ' + name, 'bad');
}

function addLine(line) {
  if ($('pause').getAttribute('aria-pressed') === 'true') {
    waiting.push(line);
    if (waiting.length > kept) waiting.shift();
    return count();
  }
  lines.push(line);
  if (lines.length > kept) lines.shift();
  if (matches(line)) append([line]);
  count();
}

const matches = line => line.text.toLowerCase().includes($('filter').value.toLowerCase());

function append(some) {
  const log = $('log');
  const atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 40;
  log.append(...some.map(line => el('p', { className: line.kind }, el('time', {}, new Date(line.time).toLocaleTimeString('en-GB')), line.text)));
  while (log.childElementCount > kept) log.firstElementChild.remove();
  if (atEnd) log.scrollTop = log.scrollHeight;
}

function draw() {
  $('log').replaceChildren();
  append(lines.filter(matches));
  $('log').scrollTop = $('log').scrollHeight;
  count();
}

function count() {
  const shown = $('log').childElementCount;
  $('count').value = (shown === lines.length ? shown : shown + ' of ' + lines.length) + ' lines' + (waiting.length ? ', ' + waiting.length + ' more came' : '');
}

function tick() {
  for (const [name, row] of rows) {
    const { since, state } = resources.find(one => one.name === name);
    row.querySelector('time').textContent = state === 'Running' ? span((Date.now() - new Date(since)) / 1000) : '–';
  }
}

function span(seconds) {
  const s = Math.max(0, Math.floor(seconds)), m = Math.floor(s / 60), h = Math.floor(m / 60);
  return h ? h + ' h ' + m % 60 + ' min' : m ? m + ' min ' + s % 60 + ' s' : s + ' s';
}

$('source').onchange = listen;
$('filter').oninput = draw;
$('clear').onclick = () => { lines = []; draw(); };
$('pause').onclick = () => {
  const paused = $('pause').getAttribute('aria-pressed') !== 'true';
  $('pause').setAttribute('aria-pressed', paused);
  $('pause').textContent = paused ? 'Resume' : 'Pause';
  if (paused) return;
  lines = [...lines, ...waiting].slice(-kept);
  waiting = [];
  draw();
};
listen();

export const show = () => {};
export const refresh = tick;
