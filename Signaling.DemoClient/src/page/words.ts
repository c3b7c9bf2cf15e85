const units = ['B', 'KB', 'MB', 'GB'] as const;

/** `100 MB`: in powers of 1000, as browsers and disks count. */
export function sizeWords(bytes: number): string {
  let unit = 0;
  let count = bytes;
  for (; count >= 999.5 && unit < units.length - 1; unit++) count /= 1000;
  return `${count >= 100 || unit === 0 ? count.toFixed(0) : count.toPrecision(count >= 10 ? 3 : 2).replace(/\.0+$/, '')} ${units[unit]}`;
}

/** `0.8 ms`, `12 ms`. */
export function msWords(ms: number): string {
  return `${ms < 10 ? ms.toFixed(1) : ms.toFixed(0)} ms`;
}
