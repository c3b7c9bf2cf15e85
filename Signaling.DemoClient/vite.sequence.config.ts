import { defineConfig } from 'vite';

// The sequence diagram by itself, for the relay's inspector, which has no build step: the file is committed.
export default defineConfig({
  publicDir: false,
  logLevel: 'warn',
  build: {
    outDir: '../Signaling.Server/Inspector/page',
    emptyOutDir: false,
    target: 'es2023',
    minify: false,
    lib: { entry: 'src/sequence/sequence-diagram.ts', formats: ['es'], fileName: () => 'sequence.js' },
  },
});
