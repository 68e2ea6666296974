import type { Locator } from 'playwright-core';
import { DEMO_PEOPLE, MARKETING_CHANNEL } from '../../src/local/demo-people.js';
import type { Hands } from '../e2e/in-local-slack.js';
import type { LocalSlack } from '../e2e/local-slack.js';
import type { Seen } from '../e2e/seen.js';
import type { Name } from '../e2e/teams-client.js';
import type { Block } from '../fakes/slack/world.js';
import { type Thing, thingOf, word } from '../fakes/slack/json.js';
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
      const { screen } = slack;
      screen.errors = undefined;
      // Its page has one line for several, and would join a list's rows.
      const byPage = Object.values(fields).every((value) => !value.includes('\n'));
      if (byPage) await fillInAndSend(slackPage, label, form, fields);
      else slack.submit(name, form, fields);
      const answered = () => screen.modal?.ts !== form.ts || screen.errors !== undefined || undefined;
      await screen.until(answered, `answer to ${form.lines[0]}`);
    },
  };
}

async function fillInAndSend(
  slackPage: SlackPage,
  label: string,
  form: Seen,
  fields: Readonly<Record<string, string>>,
): Promise<void> {
  const modal = slackPage.page.locator('.modal', { hasText: form.lines[0]! });
  const inputs = (form.form ?? []).filter(({ type }) => type === 'input');
  for (const [index, input] of inputs.entries()) {
    await fillIn(modal.locator('.bk-input').nth(index), input, fields[word(input['block_id'])]);
  }
  await slackPage.press(modal, label);
}

/** The page sends only what was touched: also what stands in a field from the beginning is filled in. */
async function fillIn(at: Locator, { element: drawn = null }: Block, chosen: string | undefined): Promise<void> {
  const element = thingOf(drawn);
  const value = chosen ?? element['initial_value'] ?? thingOf(element['initial_option'])['value'];
  if (value === undefined) return;
  if (element['type'] === 'static_select') {
    return void (await at.locator('select').selectOption(optionOf(element, word(value))));
  }
  await at.locator('input').fill('');
  await at.locator('input').fill(word(value));
}

/** By its value, or by what it says. */
function optionOf(element: Thing, wanted: string): string {
  const options = Array.isArray(element['options']) ? element['options'].map(thingOf) : [];
  const says = (option: Thing) => word(thingOf(option['text'])['text']);
  const chosen = options.find((option) => option['value'] === wanted || says(option).startsWith(wanted));
  if (!chosen) throw new Error(`no option “${wanted}” among ${options.map(says).join(', ')}`);
  return word(chosen['value']);
}

function nameOf({ to }: Seen): Name {
  return DEMO_PEOPLE.find(({ user }) => user === to)!.name;
}
