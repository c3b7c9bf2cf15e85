import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';

const page = fileURLToPath(new URL('..', import.meta.url));
const library = join(page, 'src', 'signaling');
const project = mkdtempSync(join(page, 'node_modules', '.uses-the-package-')); // below it, so that simple-peer's types are found
const installed = join(project, 'node_modules', 'signaling-client');

function run(program: string, args: string[], cwd = project): string {
  return execFileSync(program, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], shell: process.platform === 'win32' });
}

/** What is wrong with the types of these files, by the compiler's word. */
function mistakes(files: string[], module: string, moduleResolution: string): string {
  const compilerOptions = { module, moduleResolution, target: 'es2022', lib: ['es2023', 'dom'], strict: true, noEmit: true, skipDefaultLibCheck: true, types: [] };
  writeFileSync(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions, files }));
  try {
    return run(process.execPath, [join(page, 'node_modules', 'typescript', 'bin', 'tsc')]);
  } catch (error) {
    return (error as { stdout: string }).stdout;
  }
}

beforeAll(() => {
  run('npm', ['pack', '--silent', '--pack-destination', project], library);
  const tarball = readdirSync(project).find(name => name.endsWith('.tgz')) ?? '';
  run('tar', ['-xzf', tarball]);
  mkdirSync(join(project, 'node_modules'));
  cpSync(join(project, 'package'), installed, { recursive: true });
  writeFileSync(join(project, 'package.json'), '{"type":"module"}');
}, 120_000);

afterAll(() => rmSync(project, { recursive: true, force: true }));

test('the package has what is used, its README and licence, and depends on nothing', () => {
  const files = readdirSync(installed, { recursive: true, encoding: 'utf8' });
  expect(readdirSync(installed).sort()).toEqual(['LICENSE', 'README.md', 'dist', 'package.json']);
  expect(files.filter(name => name.startsWith('dist') && !/^dist$|\.js$|\.d\.ts$/.test(name))).toEqual([]);
  const manifest = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8')) as object;
  expect(Object.keys(manifest).filter(key => /dependencies/i.test(key))).toEqual([]);
});

test('Node imports it, without a window', () => {
  writeFileSync(join(project, 'use.js'), `
    import { Mesh, roomUrl, SignalingClient } from 'signaling-client';
    const client = new SignalingClient(roomUrl(new URL('https://relay.example.org/at'), 'demo'));
    console.log(client.url, client.state.phase, new Mesh(client).peers.length);`);
  expect(run(process.execPath, ['use.js']).trim()).toBe('wss://relay.example.org/at/room/demo idle 0');
});

test.each([['nodenext', 'nodenext'], ['esnext', 'bundler']])('what the README shows has the right types (%s, %s)', (module, moduleResolution) => {
  const blocks = [...readFileSync(join(installed, 'README.md'), 'utf8').matchAll(/```ts\n(.*?)```/gs)].map(([, code]) => code ?? '');
  const wrong = [`import { Mesh } from 'signaling-client';\n// @ts-expect-error: a mesh needs a client\nnew Mesh();\n`];
  const files = [...blocks, ...wrong].map((code, number) => {
    writeFileSync(join(project, `readme-${number}.ts`), code);
    return `readme-${number}.ts`;
  });
  expect(files.length).toBeGreaterThan(3);
  expect(mistakes(files, module, moduleResolution)).toBe('');
}, 60_000);
