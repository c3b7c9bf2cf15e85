import { make } from './make.ts';

/** The address of a Blob keeps it alive: it is made when it is asked for, and the browser has a minute to read it. */
export function saveFile(blob: Blob, name: string): void {
  const link = make('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
