import { readFileSync } from 'node:fs';
import { createLogger, defineConfig, type Plugin, type ProxyOptions } from 'vite';

// Aspire's service discovery names the relay; without it, the address that `dotnet run --project Signaling.Server` listens on.
const relay = process.env['services__relay__http__0'] ?? process.env['RELAY_HTTP'] ?? 'http://localhost:8080';
const port = process.env['PORT'];

// Given by the AppHost with --lan: the page for the whole network, with the developer certificate.
const { LAN_ADDRESS, LAN_CERTIFICATE, LAN_KEY } = process.env;
const lan = LAN_ADDRESS && LAN_CERTIFICATE && LAN_KEY
  ? { host: LAN_ADDRESS, https: { cert: readFileSync(LAN_CERTIFICATE), key: readFileSync(LAN_KEY) } }
  : undefined;

const logger = createLogger();
const logError = logger.error;
let relayIsAway = false;

// Vite prints a stack for every socket that its proxy cannot connect or keep: here a line for each time the relay goes away.
logger.error = (message, options) => {
  if (!options?.error || !message.includes('proxy')) return logError(message, options);
  // A connection that ended, by either side: if the relay is gone, the next attempt says so.
  if (message.includes('ws proxy socket error') || ['ECONNRESET', 'EPIPE'].includes(reason(options.error))) return;
  if (!relayIsAway) logger.warn(`relay not reachable at ${relay} (${reason(options.error)})`, { timestamp: true });
  relayIsAway = true;
};

function reason(error: object): string {
  return 'code' in error ? String(error.code) : String(error);
}

const signal: ProxyOptions = {
  target: relay,
  ws: true,
  rewrite: path => path.replace(/^\/signal/, ''),
  configure: proxy => proxy.on('open', () => {
    if (relayIsAway) logger.info(`relay reached at ${relay}`, { timestamp: true });
    relayIsAway = false;
  }),
};

// Only in the build: Vite's development server works with inline scripts and styles.
// connect-src lets any relay in, since `?signal=` names it; by http it is asked whether it is there at all.
const contentSecurityPolicy: Plugin = {
  name: 'content-security-policy',
  apply: 'build',
  transformIndexHtml: () => [{
    tag: 'meta',
    injectTo: 'head-prepend',
    attrs: {
      'http-equiv': 'Content-Security-Policy',
      content: "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self'; img-src data:; connect-src 'self' ws: wss: http: https:; base-uri 'none'; form-action 'none'",
    },
  }],
};

/** Tells the page that others of the network reach it by its own address, so that it shows a QR code of it. */
const lanPage: Plugin = {
  name: 'lan-page',
  apply: 'serve',
  transformIndexHtml: () => lan ? [{ tag: 'meta', injectTo: 'head', attrs: { name: 'lan' } }] : [],
};

export default defineConfig({
  base: './',
  clearScreen: false,
  customLogger: logger,
  plugins: [contentSecurityPolicy, lanPage],
  server: {
    host: 'localhost',
    ...lan,
    port: Number(port ?? 5173),
    strictPort: port !== undefined,
    // Rooms alone: what else the relay serves is for this machine.
    proxy: { '^/signal/room/': signal },
  },
});
