import { fetchFile } from '../fetch-file.js';
import type { SharedFile } from '../invocation.js';
import { MOST_FILE_BYTES, type ReadFile } from '../port.js';
import type { Clients } from './clients.js';
import { slackError } from './failure.js';
import type { Tokens } from './tokens.js';

const GONE = new Set(['file_not_found', 'file_deleted', 'access_denied', 'not_visible']);
const SLACK_FILES = 'https://files.slack.com';

/** A file that was shared with the bot, as Slack keeps it; its address takes the bot's token. */
export async function readFile(clients: Clients, tokens: Tokens, file: SharedFile): Promise<ReadFile> {
  const token = await tokens.botToken(file.tenant);
  const known = await fileInfo(clients, token, file.id);
  const address = known?.url_private_download;
  if (!address) return { unread: 'gone' };
  if ((known.size ?? 0) > MOST_FILE_BYTES) return { unread: 'tooLarge' };
  if (!isSlacks(address, clients))
    throw new Error(`Slack keeps a file at ${new URL(address).host}, where no token goes`);
  return fetchFile(address, { authorization: `Bearer ${token}` });
}

async function fileInfo(clients: Clients, token: string, id: string) {
  try {
    return (await clients.interactions.files.info({ token, file: id })).file;
  } catch (error) {
    if (GONE.has(slackError(error) ?? '')) return undefined;
    throw error;
  }
}

/** The token goes to Slack alone, or to what stands in for it. */
function isSlacks(address: string, { interactions }: Clients): boolean {
  const { origin } = new URL(address);
  return origin === SLACK_FILES || origin === new URL(interactions.slackApiUrl).origin;
}
