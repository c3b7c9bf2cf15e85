import type { ConnectionState } from '../signaling/connection-state.ts';
import { element } from './element.ts';
import { answers } from './knock.ts';
import type { RelayClient } from './talk.ts';

const status = element('relay-status', HTMLElement);
const hint = element('relay-hint', HTMLElement);
const tryNow = element('try-now', HTMLButtonElement);

export function showRelay(client: RelayClient<ConnectionState>, hasToken: boolean): void {
  let wasThere = false;
  let refuses = false;
  const look = () => show(client.state, client.url, refuses ? (hasToken ? wrongToken : noToken) : '');
  client.on('state', ({ phase }) => {
    if (phase === 'open') [wasThere, refuses] = [true, false];
    look();
    if (phase !== 'waiting' || wasThere) return;
    void answers(client.url).then(does => {
      refuses = does && !wasThere;
      look();
    });
  });
  tryNow.addEventListener('click', () => client.retryNow());
  look();
}

const noToken = 'It may want a token (add ?token=… to the address of this page), have no place left in this room, or take no pages from here.';
const wrongToken = 'It may not accept the token in the address of this page, have no place left in this room, or take no pages from here.';

/** There is no address to connect to. */
export function showNoRelay(why: string): void {
  say('not reachable', why);
  document.body.dataset['relay'] = 'refused';
}

/** `refused`: what may be the reason why it lets this tab not in; empty where it does not answer at all. */
function show(state: ConnectionState, url: string, refused: string): void {
  document.body.dataset['relay'] = mood(state);
  tryNow.hidden = state.phase !== 'waiting';
  switch (state.phase) {
    case 'idle':
      return say('connecting', '', url);
    case 'connecting':
      return state.retry ? away(url, 'trying again now', refused) : say('connecting', '', url);
    case 'open':
      return say('connected', '', url);
    case 'waiting':
      return away(url, `trying again in ${inSeconds(state.retryInMs)}`, refused);
    case 'closed':
      return state.code === 4401 || state.code === 4403
        ? say('token needed', `${url} turned this tab away (${state.why}). Add ?token=… to the address of this page.`)
        : say('not reachable', `${url} turned this tab away (${state.why}).`);
  }
}

function away(url: string, next: string, refused: string): void {
  if (refused) say('not let in', `${url} answers, but does not let this tab in; ${next}.`, refused);
  else say('not reachable', `Tried ${url}; ${next}.`);
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
