import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { AppManifestUtils } from '@microsoft/app-manifest';
import { COMMANDS } from '../src/commands/registry.js';
import { slackManifest } from './slack-manifest.js';
import { teamsManifest, teamsPackage } from './teams-manifest.js';

const FOLDER = fileURLToPath(new URL('../dist/manifests/', import.meta.url));
const ICONS = new URL('./teams/', import.meta.url);

const PLACEHOLDER = { url: 'https://workspaces.example.com', appId: '00000000-0000-0000-0000-000000000000' };

/** Builds both manifests from the registry into dist/manifests, or only checks them; exit 1 where one breaks its rules. */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      check: { type: 'boolean', default: false },
      'public-url': { type: 'string', default: process.env['PUBLIC_URL'] ?? PLACEHOLDER.url },
      'app-id': { type: 'string', default: process.env['MICROSOFT_APP_ID'] ?? PLACEHOLDER.appId },
      'privacy-url': { type: 'string' },
      'terms-url': { type: 'string' },
    },
  });
  const publicUrl = values['public-url'].replace(/\/$/, '');
  const appId = values['app-id'];
  const slack = slackManifest(publicUrl, COMMANDS);
  const teams = teamsManifest(
    {
      appId,
      publicUrl,
      privacyUrl: values['privacy-url'] ?? `${publicUrl}/privacy`,
      termsUrl: values['terms-url'] ?? `${publicUrl}/terms`,
    },
    COMMANDS,
  );
  const faults = await AppManifestUtils.validateAgainstSchema(teams);
  for (const fault of faults) process.stderr.write(`Teams manifest: ${fault}\n`);
  if (faults.length > 0) return 1;
  if (values.check) {
    process.stdout.write(`Both manifests are valid and agree with the ${COMMANDS.length} commands of the registry.\n`);
    return 0;
  }
  mkdirSync(FOLDER, { recursive: true });
  const icon = (name: string) => readFileSync(new URL(`${name}.png`, ICONS));
  writeFileSync(join(FOLDER, 'slack-manifest.json'), `${JSON.stringify(slack, null, 2)}\n`);
  writeFileSync(join(FOLDER, 'teams-app.zip'), teamsPackage(teams, { color: icon('color'), outline: icon('outline') }));
  process.stdout.write(`Written to dist/manifests: slack-manifest.json, teams-app.zip\n`);
  if (publicUrl === PLACEHOLDER.url)
    process.stdout.write('With a placeholder address: give --public-url or PUBLIC_URL.\n');
  if (appId === PLACEHOLDER.appId) process.stdout.write('With a placeholder bot: give --app-id or MICROSOFT_APP_ID.\n');
  return 0;
}

process.exitCode = await main();
