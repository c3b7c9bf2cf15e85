import type { RelayState, SignalingClient } from '../signaling/signaling-client.ts';
import { element } from './element.ts';

const status = element('relay-status', HTMLElement);
const hint = element('relay-hint', HTMLElement);
const tryNow = element('try-now', HTMLButtonElement);

export function showRelay(client: SignalingClient): void {
  client.on('state', state => show(state, client.url));
  tryNow.addEventListener('click', () => client.retryNow());
  addEventListener('online', () => client.retryNow());
  show(client.state, client.url);
}

/** There is no address to connect to. */
export function showNoRelay(why: string): void {
  say('not reachable', why);
  document.body.dataset['relay'] = 'refused';
}

function show(state: RelayState, url: string): void {
  document.body.dataset['relay'] = state.phase;
  tryNow.hidden = state.phase !== 'away';
  switch (state.phase) {
    case 'idle':
    case 'connecting':
      say('connecting');
      hint.textContent = url;
      break;
    case 'connected':
      say('connected');
      hint.textContent = url;
      break;
    case 'away':
      say('not reachable', `Tried ${url}; trying again ${state.retryInMs === null ? 'now' : `in ${inSeconds(state.retryInMs)}`}.`);
      break;
    case 'refused':
      say('not reachable', `${url} turned this tab away (${state.reason || `code ${state.code}`}).`);
      break;
  }
}

function say(headline: string, detail = ''): void {
  const strong = document.createElement('strong');
  strong.textContent = headline;
  const small = document.createElement('span');
  small.textContent = detail;
  status.replaceChildren(strong, ...(detail ? [' ', small] : []));
  hint.textContent = '';
}

function inSeconds(ms: number): string {
  const seconds = Math.max(1, Math.round(ms / 1000));
  return seconds === 1 ? '1 second' : `${seconds} seconds`;
}
