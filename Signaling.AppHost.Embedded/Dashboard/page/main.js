import * as resources from './resources.js';
import * as logs from './logs.js';
import * as traces from './traces.js';
import * as metrics from './metrics.js';

const views = { resources, logs, traces, metrics };
let current;
let asking = false;
let again = false;

/** The address says what is shown: #/VIEW/MORE?FILTER */
function route() {
  const [path, query] = location.hash.slice(2).split('?');
  const [name, ...more] = path.split('/').map(decodeURIComponent);
  const shown = name in views ? name : 'resources';
  current = views[shown];
  for (const section of document.querySelectorAll('main > section')) section.hidden = section.id !== shown + '-view';
  for (const a of document.querySelectorAll('nav a')) a.getAttribute('href') === '#/' + shown ? a.setAttribute('aria-current', 'page') : a.removeAttribute('aria-current');
  document.title = shown[0].toUpperCase() + shown.slice(1) + ' · Signaling dashboard';
  current.show(more, new URLSearchParams(query));
  again = asking;
  refresh();
}

/** Asks for news of what is seen. That the AppHost is gone, the stream of the resources says. */
async function refresh() {
  if (asking || document.hidden) return;
  asking = true;
  await Promise.resolve(current.refresh()).catch(() => {});
  asking = false;
  if (!again) return;
  again = false;
  refresh();
}

window.addEventListener('hashchange', route);
document.addEventListener('visibilitychange', refresh);
setInterval(refresh, 1000);
route();
