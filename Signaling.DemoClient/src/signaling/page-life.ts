/** What a page lives through that a connection should know of. */
export interface PageLife {
  /** The network is back, or the page: a wait may be cut short, and a connection from before may be dead without a word. */
  readonly back: (afterAbsence: boolean) => void;
  /** The page is left; it may be kept, and come back. */
  readonly left?: () => void;
}

/** Watches `page` (the window; undefined where there is none) until the returned function is called. */
export function watchPage(page: EventTarget | undefined, { back, left }: PageLife): () => void {
  if (!page) return () => undefined;
  let offline = false;
  const handlers: Record<string, (event: Event) => void> = {
    // Only noted: a relay on this machine is reached without any network.
    offline: () => { offline = true; },
    online: () => {
      back(offline);
      offline = false;
    },
    pagehide: () => left?.(),
    pageshow: event => { if ('persisted' in event && event.persisted) back(true); },
  };
  for (const [name, handle] of Object.entries(handlers)) page.addEventListener(name, handle);
  return () => {
    for (const [name, handle] of Object.entries(handlers)) page.removeEventListener(name, handle);
  };
}
