import { element } from '../element.ts';
import { make, say } from '../make.ts';
import { msWords } from '../words.ts';
import type { Line } from './line.ts';
import type { Lines } from './lines.ts';
import { Plot } from './plot.ts';
import { meaningOf, type Route, type RouteEnd } from './route.ts';

/** Beats between two looks at the way: it seldom changes. */
const routeEvery = 5;

/** Each direct connection with its way and its round trips. */
export function showLines(lines: Lines): void {
  const section = element('direct', HTMLElement);
  const list = element('direct-list', HTMLUListElement);
  const items = new Map<Line, HTMLLIElement>();
  section.hidden = false;
  const none = () => { element('direct-none', HTMLElement).hidden = items.size > 0; };
  lines.on('open', line => {
    const item = lineItem(line);
    items.set(line, item);
    list.append(item);
    none();
  });
  lines.on('closed', line => {
    items.get(line)?.remove();
    items.delete(line);
    none();
  });
}

function lineItem(line: Line): HTMLLIElement {
  const plot = new Plot();
  const name = make('strong');
  const now = make('span', 'rtt', '…');
  const range = make('span', 'aside');
  const route = make('p', 'route');
  let beats = 0;
  const look = async () => {
    const way = await line.route();
    if (way) route.replaceChildren(...routeWords(way));
  };
  line.pulse.on('beat', took => {
    say(name, line.name);
    say(now, msWords(took));
    const top = plot.show(line.pulse.history);
    say(range, `best ${msWords(Math.min(...line.pulse.history))}, scale to ${top} ms`);
    if (beats++ % routeEvery === 0) void look();
  });
  say(name, line.name);
  void look();
  return make('li', '', make('p', 'line-head', name, ' ', now), plot.element, range, route);
}

function routeWords({ local, remote, protocol }: Route): (Node | string)[] {
  return [routeEnd('this tab', local), make('span', 'hop', `⇄ ${protocol}`), routeEnd('other tab', remote)];
}

function routeEnd(side: string, { type, address }: RouteEnd): HTMLElement {
  return make('span', 'end', make('span', 'side', side), ' ', make('code', '', address), ' ', make('span', 'aside', `${type}: ${meaningOf(type)}`));
}
