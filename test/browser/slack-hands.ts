import type { Locator } from 'playwright-core';
import { DEMO_PEOPLE, MARKETING_CHANNEL } from '../../src/local/demo-people.js';
import type { Hands } from '../e2e/in-local-slack.js';
import type { LocalSlack } from '../e2e/local-slack.js';
import type { Seen } from '../e2e/seen.js';
import type { Name } from '../e2e/teams-client.js';
import type { Block } from '../fakes/slack/world.js';
import { thingOf, word } from '../fakes/slack/json.js';
import type { SlackPage } from './slack-page.js';

/** People act in local-slack's page alone: each chooses who they are, goes where it stands, and clicks or fills in. */
export function handsOnPage(slackPage: SlackPage, slack: LocalSlack): Hands {
  const { page } = slackPage;
  const be = async (name: Name): Promise<void> => {
    if (slack.screen.modal) {
      await page.locator('.modal-x').click();
      await page.locator('.modal').waitFor({ state: 'detached' });
    }
    slack.acting(name);
    await slackPage.actAs(name);
  };
  return {
    async type(name, text) {
      await be(name);
      await slackPage.goTo(MARKETING_CHANNEL.name);
      await slackPage.type(`/workspace ${text}`);
    },
    async click(name, on, label) {
      if (on.form) throw new Error(`a click in one of local-slack's modals goes nowhere:\n${on.lines.join('\n')}`);
      await be(name);
      await slackPage.goTo(on.channel === MARKETING_CHANNEL.id ? MARKETING_CHANNEL.name : nameOf(on));
      await slackPage.press(page.locator(`.msg[data-ts="${on.ts}"]`), label);
    },
    async submit(name, label, form, fields) {
      // Its page has one line for several, and would join a list's rows.
      if (Object.values(fields).some((value) => value.includes('\n'))) return slack.submit(name, form, fields);
      const modal = page.locator('.modal', { hasText: form.lines[0]! });
      const inputs = (form.form ?? []).filter(({ type }) => type === 'input');
      for (const [index, input] of inputs.entries()) {
        await fillIn(modal.locator('.bk-input').nth(index), input, fields[word(input['block_id'])]);
      }
      await slackPage.press(modal, label);
    },
  };
}

/** The page sends only what was touched: also what stands in a field from the beginning is filled in. */
async function fillIn(at: Locator, { element: drawn = null }: Block, chosen: string | undefined): Promise<void> {
  const element = thingOf(drawn);
  const value = chosen ?? element['initial_value'] ?? thingOf(element['initial_option'])['value'];
  if (value === undefined) return;
  if (element['type'] === 'static_select') return void (await at.locator('select').selectOption(word(value)));
  await at.locator('input').fill('');
  await at.locator('input').fill(word(value));
}

function nameOf({ to }: Seen): Name {
  return DEMO_PEOPLE.find(({ user }) => user === to)!.name;
}
