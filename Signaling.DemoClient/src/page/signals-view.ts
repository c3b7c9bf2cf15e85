import type { Talk } from './talk.ts';

/** Counts the signaling messages of this page's whole life, by type and direction. */
export function showSignals(talk: Talk): void {
  talk.on('signal', ({ direction, type }) => {
    const cell = document.querySelector(`tr[data-type=${type}] td:nth-of-type(${direction === 'sent' ? 1 : 2})`);
    if (cell) cell.textContent = String(Number(cell.textContent) + 1);
  });
}
