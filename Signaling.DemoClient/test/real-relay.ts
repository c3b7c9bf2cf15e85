import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { createServer, type Socket, connect } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const server = fileURLToPath(new URL('../../Signaling.Server', import.meta.url));

/** The relay's program, of the latest build; undefined when it was never built. */
export function findRelay(): string | undefined {
  const bin = join(server, 'bin');
  if (!existsSync(bin)) return undefined;
  return readdirSync(bin)
    .map(configuration => join(bin, configuration, 'net10.0', 'Signaling.Server.dll'))
    .filter(existsSync)
    .sort((one, other) => statSync(other).mtimeMs - statSync(one).mtimeMs)[0];
}

/** A relay of its own for a test, on a port of its own that it keeps over restarts. */
export class RealRelay {
  readonly port: number;
  readonly #program: string;
  #process: ChildProcess | undefined;

  private constructor(program: string, port: number) {
    this.#program = program;
    this.port = port;
  }

  static async start(program: string, ...settings: string[]): Promise<RealRelay> {
    const relay = new RealRelay(program, await freePort());
    await relay.start(...settings);
    return relay;
  }

  async start(...settings: string[]): Promise<void> {
    const child = spawn('dotnet', [this.#program, '--urls', `http://127.0.0.1:${this.port}`, ...settings], { cwd: server, stdio: ['ignore', 'pipe', 'pipe'] });
    this.#process = child;
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (text: Buffer) => { output += text.toString(); });
    for (let tries = 0; tries < 150; tries++) {
      if (child.exitCode !== null) break;
      const answer = await fetch(`http://127.0.0.1:${this.port}/health`).catch(() => undefined);
      if (answer?.ok) return;
      await new Promise(resolve => setTimeout(resolve, 100));
    }
    await this.stop('SIGKILL');
    throw new Error(`the relay did not start:\n${output}`);
  }

  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    const child = this.#process;
    this.#process = undefined;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise(resolve => child.once('exit', resolve));
    child.kill(signal);
    await ended;
  }

  room(name: string, port = this.port): string {
    return `ws://127.0.0.1:${port}/room/${name}`;
  }
}

/** A network between client and relay: it can be cut without a word, or swallow what the relay says. */
export class BadNetwork {
  readonly port: number;
  swallows = false;
  readonly #server: ReturnType<typeof createServer>;
  readonly #sockets = new Set<Socket>();

  private constructor(port: number, relay: number) {
    this.port = port;
    this.#server = createServer(client => {
      const upstream = connect(relay, '127.0.0.1');
      for (const socket of [client, upstream]) {
        this.#sockets.add(socket);
        socket.on('error', () => undefined);
        socket.on('close', () => { client.destroy(); upstream.destroy(); this.#sockets.delete(socket); });
      }
      client.on('data', bytes => upstream.write(bytes));
      upstream.on('data', bytes => { if (!this.swallows) client.write(bytes); });
    });
    this.#server.listen(port, '127.0.0.1');
  }

  static async to(relay: RealRelay): Promise<BadNetwork> {
    return new BadNetwork(await freePort(), relay.port);
  }

  cut(): void {
    for (const socket of this.#sockets) socket.resetAndDestroy();
  }

  close(): void {
    this.#server.close();
    this.cut();
  }
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>(resolve => probe.listen(0, '127.0.0.1', resolve));
  const address = probe.address();
  await new Promise(resolve => probe.close(resolve));
  if (typeof address !== 'object' || !address) throw new Error('no free port');
  return address.port;
}
