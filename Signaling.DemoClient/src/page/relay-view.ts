import type { ConnectionState } from '../signaling/connection-state.ts';
import { element } from './element.ts';
import type { RelayClient } from './talk.ts';

const status = element('relay-status', HTMLElement);
const hint = element('relay-hint', HTMLElement);
const tryNow = element('try-now', HTMLButtonElement);

export function showRelay(client: RelayClient<ConnectionState>): void {
  client.on('state', state => show(state, client.url));
  tryNow.addEventListener('click', () => client.retryNow());
  show(client.state, client.url);
}

/** There is no address to connect to. */
export function showNoRelay(why: string): void {
  say('not reachable', why);
  document.body.dataset['relay'] = 'refused';
}

function show(state: ConnectionState, url: string): void {
  document.body.dataset['relay'] = mood(state);
  tryNow.hidden = state.phase !== 'waiting';
  switch (state.phase) {
    case 'idle':
      return say('connecting', '', url);
    case 'connecting':
      return state.retry ? say('not reachable', `Tried ${url}; trying again now.`) : say('connecting', '', url);
    case 'open':
      return say('connected', '', url);
    case 'waiting':
      return say('not reachable', `Tried ${url}; trying again in ${inSeconds(state.retryInMs)}.`);
    case 'closed':
      return say('not reachable', `${url} turned this tab away (${state.why}).`);
  }
}

/** How the picture shows it. */
function mood(state: ConnectionState): 'connecting' | 'connected' | 'away' | 'refused' {
  switch (state.phase) {
    case 'idle': return 'connecting';
    case 'connecting': return state.retry ? 'away' : 'connecting';
    case 'open': return 'connected';
    case 'waiting': return 'away';
    case 'closed': return 'refused';
  }
}

function say(headline: string, detail = '', aside = ''): void {
  const strong = document.createElement('strong');
  strong.textContent = headline;
  const small = document.createElement('span');
  small.textContent = detail;
  status.replaceChildren(strong, ...(detail ? [' ', small] : []));
  hint.textContent = aside;
}

function inSeconds(ms: number): string {
  const seconds = Math.max(1, Math.round(ms / 1000));
  return seconds === 1 ? '1 second' : `${seconds} seconds`;
}
