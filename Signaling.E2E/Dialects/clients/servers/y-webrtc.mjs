import { createServer } from 'node:net';

// The package's server does not say which port it got, so it is given one.
process.env.PORT = process.env.PORT === '0' ? String(await freePort()) : process.env.PORT;
await import('../node_modules/y-webrtc/bin/server.js'); // not among the package's exports
console.log(`Now listening on: http://127.0.0.1:${process.env.PORT}`);

function freePort() {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}
