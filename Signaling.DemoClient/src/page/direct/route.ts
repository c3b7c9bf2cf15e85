/** One end of the way that ICE has chosen. */
export interface RouteEnd {
  /** `host`, `srflx`, `prflx` or `relay`. */
  readonly type: string;
  /** As far as the browser tells it. */
  readonly address: string;
}

export interface Route {
  readonly local: RouteEnd;
  readonly remote: RouteEnd;
  readonly protocol: string;
}

type Stat = Readonly<Record<string, unknown>>;

/** The selected candidate pair of `getStats`; undefined while there is none. */
export function selectedRoute(stats: ReadonlyMap<string, Stat> | RTCStatsReport): Route | undefined {
  const all = new Map<string, Stat>();
  stats.forEach((stat: Stat, id: string) => void all.set(id, stat));
  const values = [...all.values()];
  const chosen = values.find(({ type, selectedCandidatePairId }) => type === 'transport' && selectedCandidatePairId)?.['selectedCandidatePairId'];
  // Firefox has marked the pair itself for longer than it has had a transport.
  const pair = all.get(String(chosen)) ?? values.find(({ type, selected }) => type === 'candidate-pair' && selected === true);
  const local = all.get(String(pair?.['localCandidateId']));
  const remote = all.get(String(pair?.['remoteCandidateId']));
  return local && remote && { local: end(local), remote: end(remote), protocol: String(local['protocol'] ?? 'udp').toUpperCase() };
}

function end({ candidateType, address, port }: Stat): RouteEnd {
  const host = typeof address === 'string' && address ? address : 'address hidden';
  return { type: String(candidateType), address: port === undefined ? host : `${host.includes(':') ? `[${host}]` : host}:${String(port)}` };
}

const meanings: Readonly<Record<string, string>> = {
  host: 'own network',
  srflx: 'seen from outside, by STUN',
  prflx: 'found on the way',
  relay: 'over a TURN server',
};

/** What the type of a candidate means. */
export function meaningOf(type: string): string {
  return meanings[type] ?? type;
}
