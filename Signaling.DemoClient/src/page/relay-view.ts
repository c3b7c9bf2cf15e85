import type { ConnectionState } from '../signaling/connection-state.ts';
import { element } from './element.ts';
import type { RelayClient } from './talk.ts';

const status = element('relay-status', HTMLElement);
const hint = element('relay-hint', HTMLElement);
const tryNow = element('try-now', HTMLButtonElement);

export function showRelay(client: RelayClient<ConnectionState>, hasToken: boolean): void {
  let wasThere = false;
  client.on('state', state => {
    wasThere ||= state.phase === 'open';
    show(state, client.url, wasThere ? '' : hasToken ? wrongToken : noToken);
  });
  tryNow.addEventListener('click', () => client.retryNow());
  show(client.state, client.url, '');
}

// Browsers do not tell a refusal (401) from a relay that nobody has started.
const noToken = 'If it runs and wants a token, add ?token=… to the address of this page.';
const wrongToken = 'If it runs, it may not accept the token in the address of this page.';

/** There is no address to connect to. */
export function showNoRelay(why: string): void {
  say('not reachable', why);
  document.body.dataset['relay'] = 'refused';
}

function show(state: ConnectionState, url: string, aside: string): void {
  document.body.dataset['relay'] = mood(state);
  tryNow.hidden = state.phase !== 'waiting';
  switch (state.phase) {
    case 'idle':
      return say('connecting', '', url);
    case 'connecting':
      return state.retry ? say('not reachable', `Tried ${url}; trying again now.`, aside) : say('connecting', '', url);
    case 'open':
      return say('connected', '', url);
    case 'waiting':
      return say('not reachable', `Tried ${url}; trying again in ${inSeconds(state.retryInMs)}.`, aside);
    case 'closed':
      return state.code === 4401 || state.code === 4403
        ? say('token needed', `${url} turned this tab away (${state.why}). Add ?token=… to the address of this page.`)
        : say('not reachable', `${url} turned this tab away (${state.why}).`);
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
