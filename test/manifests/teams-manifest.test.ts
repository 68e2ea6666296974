import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { unzipSync } from 'fflate';
import { teamsManifest, teamsPackage } from '../../manifests/teams-manifest.js';
import { COMMANDS } from '../../src/commands/registry.js';

const facts = {
  appId: '11111111-2222-4333-8444-555555555555',
  publicUrl: 'https://bot.acme.example',
  privacyUrl: 'https://acme.example/privacy',
  termsUrl: 'https://acme.example/terms',
};
const icon = (name: string) => readFileSync(new URL(`../../manifests/teams/${name}.png`, import.meta.url));

/** As `npm run manifests`: Microsoft's validator does not load inside jest. */
function build(...options: string[]): { status: number | null; errors: string } {
  const script = fileURLToPath(new URL('../../manifests/build.ts', import.meta.url));
  const run = spawnSync(process.execPath, ['--import', 'tsx', script, ...options], { encoding: 'utf8' });
  return { status: run.status, errors: run.stderr };
}

test("Microsoft's schema finds nothing wrong with it, and something with a broken one", () => {
  expect(build('--check', '--app-id', facts.appId)).toEqual({ status: 0, errors: '' });
  const broken = build('--check', '--app-id', 'no-guid');
  expect(broken.status).toBe(1);
  expect(broken.errors).toMatch(/Teams manifest: .*id/);
});

test('what it offers is in the registry, with its words, at most twelve a place', () => {
  const lists = teamsManifest(facts, COMMANDS).bots?.[0]?.commandLists ?? [];
  expect(lists.map(({ scopes }) => scopes)).toEqual([['personal'], ['team'], ['groupChat']]);
  for (const { commands } of lists) {
    expect(commands.length).toBeLessThanOrEqual(12);
    for (const { title, description } of commands) {
      expect(COMMANDS.find(({ name }) => name === title)?.summary).toBe(description);
    }
  }
});

test('every command stands in the description', () => {
  const { full } = teamsManifest(facts, COMMANDS).description;
  for (const { usage } of COMMANDS) expect(full).toContain(usage);
  expect(full.length).toBeLessThanOrEqual(4000);
});

test('a command that the registry no longer has stops the build', () => {
  expect(() =>
    teamsManifest(
      facts,
      COMMANDS.filter(({ name }) => name !== 'topup'),
    ),
  ).toThrow(/topup/);
});

test('the package holds the manifest and both icons in their sizes', () => {
  const manifest = teamsManifest(facts, COMMANDS);
  const files = unzipSync(teamsPackage(manifest, { color: icon('color'), outline: icon('outline') }));
  expect(Object.keys(files)).toEqual(['manifest.json', 'color.png', 'outline.png']);
  expect(JSON.parse(new TextDecoder().decode(files['manifest.json']))).toEqual(JSON.parse(JSON.stringify(manifest)));
  const width = (png: Uint8Array) => new DataView(png.buffer, png.byteOffset).getUint32(16);
  expect([width(files['color.png']!), width(files['outline.png']!)]).toEqual([192, 32]);
});
