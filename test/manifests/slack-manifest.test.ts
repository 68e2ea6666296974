import { expect, test } from '@jest/globals';
import { slackManifest } from '../../manifests/slack-manifest.js';
import { slackManifestShape } from '../../manifests/slack-manifest-shape.js';
import { COMMANDS } from '../../src/commands/registry.js';

const manifest = slackManifest('https://workspaces.test', COMMANDS);

test('tells of every command of the registry', () => {
  const described = manifest.display_information.long_description;
  for (const command of COMMANDS) expect(described).toContain(command.usage);
});

test('has people and channels escaped, so that a typed @name is the person it means', () => {
  expect(manifest.features.slash_commands).toEqual([
    expect.objectContaining({
      command: '/workspace',
      should_escape: true,
      url: 'https://workspaces.test/slack/events',
    }),
  ]);
});

test('asks for no scope that posts where the bot was not invited; whoever installs it chooses whether it reads channels', () => {
  const { bot, bot_optional: optional } = manifest.oauth_config.scopes;
  expect(bot).not.toEqual(expect.arrayContaining(['chat:write.public']));
  expect(bot).toEqual(expect.arrayContaining(optional));
  expect(bot.filter((scope) => /^(channels|groups|mpim):history$/.test(scope) && !optional.includes(scope))).toEqual(
    [],
  );
  const unasked = { bot: ['commands'], bot_optional: ['channels:history'] };
  const { oauth_config: oauth } = manifest;
  expect(slackManifestShape.safeParse({ ...manifest, oauth_config: { ...oauth, scopes: unasked } }).success).toBe(
    false,
  );
});

test("what breaks Slack's rules is no manifest", () => {
  const long = { ...manifest, display_information: { ...manifest.display_information, name: 'x'.repeat(36) } };
  expect(slackManifestShape.safeParse(long).success).toBe(false);
  expect(slackManifestShape.safeParse({ ...manifest, extra: true }).success).toBe(false);
  expect(() => slackManifest('http://workspaces.test', COMMANDS)).toThrow();
  expect(() => slackManifest('https://workspaces.test', [])).toThrow();
});
