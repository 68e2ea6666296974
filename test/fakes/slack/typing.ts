import { thingOf, word } from './json.js';
import type { Block, Json, World } from './world.js';

/** A typed text as Slack sends it with should_escape: people, groups, chat channels and addresses marked, the rest escaped. */
export function escapeTyped(text: string, world: World): string {
  const users = [...world.users.values()];
  const channels = [...world.channels.values()];
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/(^|\s)@([\w.-]+)/g, (all, before: string, name: string) => {
      const user = users.find((one) => one.name.toLowerCase() === name.toLowerCase());
      const group = world.groups.find((one) => one.handle === name);
      if (group) return `${before}<!subteam^${group.id}|@${name}>`;
      return user ? `${before}<@${user.id}|${name}>` : all;
    })
    .replace(/(^|\s)#([\w-]+)/g, (all, before: string, name: string) => {
      const channel = channels.find((one) => one.name === name);
      return channel ? `${before}<#${channel.id}|${channel.private ? '' : name}>` : all;
    })
    .replace(/(^|\s)([\w.+-]+@[\w-]+\.[\w.]+)/g, '$1<mailto:$2|$2>');
}

/** As Slack reports it: every input of the modal, empty ones as null. */
export function stateOf(
  modal: { blocks: readonly Block[] },
  values: Readonly<Record<string, string>>,
): { [key: string]: Json } {
  const state: { [key: string]: Json } = {};
  for (const block of modal.blocks) {
    if (block.type !== 'input') continue;
    const name = word(block['block_id']);
    const element = thingOf(block['element']);
    const type = word(element['type']);
    const initial =
      element['initial_value'] ?? element['initial_user'] ?? thingOf(element['initial_option'])['value'] ?? null;
    const value = values[name] ?? initial;
    const several: Json = values[name]?.split(',') ?? element['initial_users'] ?? [];
    const filled: Json =
      type === 'users_select'
        ? { type, selected_user: value }
        : type === 'multi_users_select'
          ? { type, selected_users: several }
          : type === 'conversations_select'
            ? { type, selected_conversation: value }
            : type === 'static_select' || type === 'external_select'
              ? { type, selected_option: value === null ? null : { value } }
              : { type, value };
    state[name] = { [word(element['action_id'])]: filled };
  }
  return state;
}
