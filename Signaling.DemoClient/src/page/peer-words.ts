import type { Other, TalkChange } from './talk.ts';

/** The state in the words of the page, and a sentence that says what it means or what to do. */
export interface PeerWords {
  readonly status: string;
  readonly hint: string;
}

/** `others` is empty where nobody knows who is in the room. */
export function peerWords({ state, end }: TalkChange, others: readonly Other[], relayIsThere: boolean): PeerWords {
  const connected = others.filter(other => other.state === 'connected').length;
  switch (state) {
    case 'waiting':
      return { status: 'waiting for a second tab', hint: waiting(end === 'failed', relayIsThere) };
    case 'connecting':
      return { status: 'connecting', hint: 'The tabs are exchanging offer, answer and candidates.' };
    case 'connected':
      return {
        status: 'connected',
        hint: relayIsThere
          ? open(connected)
          : 'The relay is away, and the conversation goes on: the data channel does not need it.',
      };
    case 'mending':
      return {
        status: 'does not answer',
        hint: relayIsThere
          ? 'The direct connection broke. A new way is being looked for, by an ICE restart through the relay; what you write waits for it.'
          : 'The direct connection broke, and there is no relay through which a new way could be found.',
      };
    case 'full':
      return { status: 'room is full', hint: 'The room takes nobody more. This tab joins when another leaves, or takes another room.' };
    case 'left':
      return {
        status: 'peer left',
        hint: relayIsThere
          ? `${end === 'lost' ? 'The other tab does not answer any more.' : 'The other tab is gone.'} Open the page again and the two will meet.`
          : 'The other tab is gone. The next one can be met when the relay is back.',
      };
  }
}

function open(connected: number): string {
  return connected > 1
    ? `${connected} data channels are open: what you write goes straight to ${connected} other tabs.`
    : 'The data channel is open: what you write goes straight to the other tab.';
}

function waiting(failed: boolean, relayIsThere: boolean): string {
  if (!relayIsThere) return 'Two tabs can meet as soon as the relay answers.';
  if (failed) return 'No direct way to the other tab was found; both are free to try again.';
  return 'Open this page once more; the tabs meet by themselves.';
}

export const notAvailable: PeerWords = {
  status: 'not available',
  hint: 'This browser has no WebRTC, or it is switched off. A current Chrome, Edge, Firefox or Safari has it.',
};

export const nowhereToGo: PeerWords = { status: 'not available', hint: 'Without an address there is nobody to meet.' };
