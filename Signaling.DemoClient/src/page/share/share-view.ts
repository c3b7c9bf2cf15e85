import { randomName } from '../../signaling/random-name.ts';
import { pageInRoom } from '../address.ts';
import { element } from '../element.ts';

const copied = element('copied', HTMLElement);

/** The ways to bring a second tab here, and out of a full room. */
export function showWays(page: URL, room: string): void {
  const link = pageInRoom(page, room);
  element('room', HTMLElement).textContent = room;
  element('second-tab', HTMLAnchorElement).href = link;
  element('other-room', HTMLAnchorElement).href = pageInRoom(page, randomName().slice(0, 8));
  // Only where the page is open to the network is there a phone that could come by its address.
  if (document.querySelector('meta[name=lan]')) void import('./qr-view.ts').then(({ showQrCode }) => showQrCode(link));
  element('copy-link', HTMLButtonElement).addEventListener('click', () => void copy(link));
}

/** The clipboard is missing without a secure context, and may be refused. */
async function copy(link: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(link);
    copied.textContent = 'Copied. Open it in another tab or window.';
  } catch {
    copied.textContent = `Copy it by hand: ${link}`;
  }
}
