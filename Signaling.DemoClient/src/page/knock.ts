/** What the relay answers a request that is none for a WebSocket (PROTOCOL.md, "HTTP endpoints"). */
const upgradeRequired = 426;

/** Whether there is a relay at all: browsers tell a page neither why a WebSocket was refused, nor whether anybody was there to do it. */
export async function answers(url: string, ask: typeof fetch = fetch): Promise<boolean> {
  try {
    const { type, status } = await ask(url.replace(/^ws/, 'http'), { mode: 'no-cors', cache: 'no-store', credentials: 'omit', signal: AbortSignal.timeout(5_000) });
    // Of another host a page learns that there was an answer, and no more; on its own host, a proxy may answer for a relay that is away.
    return type === 'opaque' || status === upgradeRequired;
  } catch {
    return false;
  }
}
