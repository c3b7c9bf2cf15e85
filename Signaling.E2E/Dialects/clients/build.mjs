// Bundles each page's script with the unmodified package that it is about.
import { build } from 'esbuild';

await build({
  entryPoints: ['pages/peerjs.js', 'pages/y-webrtc.js', 'pages/trystero.js', 'pages/simple-peer.js'],
  bundle: true,
  format: 'iife',
  define: { global: 'globalThis' },
  outdir: 'dist',
  logLevel: 'warning',
});
