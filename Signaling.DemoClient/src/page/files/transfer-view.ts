import { make, say } from '../make.ts';
import { saveFile } from '../save-file.ts';
import { sizeWords } from '../words.ts';
import { isOver, type Transfer } from './transfer.ts';

/** One transfer in the list: what, whence or whither, how far, and at the end both sums. */
export function transferItem(transfer: Transfer, who: string): HTMLLIElement {
  const status = make('span', 'status');
  status.setAttribute('role', 'status');
  const progress = make('progress');
  progress.setAttribute('aria-label', transfer.name);
  progress.max = Math.max(transfer.size, 1);
  const rate = make('span', 'aside rate');
  const sums = make('p', 'sums');
  const actions = make('span', 'actions');
  const head = make('p', 'file-head', make('strong', '', transfer.name), ' ', make('span', 'aside', `${sizeWords(transfer.size)} ${transfer.direction === 'in' ? 'from' : 'to'} ${who}`));
  const item = make('li', '', head, progress, make('p', 'file-foot', status, rate, actions), sums);

  if (transfer.take) actions.append(button('Receive', transfer.name, () => transfer.take?.()));
  const stop = button(transfer.take ? 'No, thanks' : 'Stop', transfer.name, () => transfer.stop());
  actions.append(stop);

  const show = () => {
    item.dataset['phase'] = transfer.phase;
    progress.hidden = isOver(transfer) || transfer.phase === 'offered' || transfer.phase === 'queued';
    progress.value = transfer.bytes;
    say(status, phaseWords(transfer, who));
    say(rate, rateWords(transfer));
    if (transfer.phase !== 'offered' && transfer.take && actions.childElementCount > 1) {
      actions.firstElementChild?.remove();
      stop.textContent = 'Stop';
    }
    if (isOver(transfer)) finish();
  };
  const finish = () => {
    actions.replaceChildren();
    if (transfer.phase === 'done' && transfer.blob) {
      const { blob } = transfer;
      actions.append(button('Save', transfer.name, () => saveFile(blob, transfer.name)));
    }
    if (transfer.ownSum && transfer.theirSum) sums.replaceChildren(sum('here', transfer.ownSum), sum('there', transfer.theirSum));
  };
  transfer.on('change', show);
  show();
  return item;
}

function phaseWords({ phase, direction }: Transfer, who: string): string {
  switch (phase) {
    case 'queued': return 'waits for its turn';
    case 'offered': return direction === 'in' ? 'is offered to you' : `waits for ${who} to take it`;
    case 'moving': return direction === 'in' ? 'arriving' : 'sending';
    case 'checking': return 'comparing checksums';
    case 'done': return direction === 'in' ? 'received, checksums agree' : 'sent, checksums agree';
    case 'damaged': return 'damaged: the checksums differ';
    case 'refused': return direction === 'in' ? 'not taken' : `${who} did not want it`;
    case 'stopped': return 'stopped';
    case 'broken': return 'broken off: the connection ended, or the file could not be read';
  }
}

function rateWords(transfer: Transfer): string {
  const { bytes, size, tookMs, phase } = transfer;
  if (tookMs === 0 || !['moving', 'checking', 'done'].includes(phase)) return '';
  const rate = `${sizeWords(bytes / (tookMs / 1000))}/s`;
  return phase === 'moving' ? `${Math.floor(100 * bytes / Math.max(size, 1))} %, ${rate}` : `${(tookMs / 1000).toFixed(1)} s, ${rate}`;
}

function button(words: string, name: string, action: () => void): HTMLButtonElement {
  const made = make('button', 'quiet', words);
  made.type = 'button';
  made.setAttribute('aria-label', `${words}: ${name}`);
  made.addEventListener('click', action);
  return made;
}

function sum(side: string, hex: string): HTMLElement {
  return make('span', '', make('span', 'side', `SHA-256 ${side}`), ' ', make('code', '', hex));
}
