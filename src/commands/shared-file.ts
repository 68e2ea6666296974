import type { Piece, SharedFile } from '../chat/invocation.js';
import { refuse } from '../refusal.js';
import { decodeText } from '../resources/decode-text.js';
import type { Context } from './command.js';

/** What a file means that is sent without a word. */
const IMPORT = ['contacts import'];

/** What was typed beside a file; a file alone is contacts to import. */
export function saidWithFile(typed: readonly Piece[], file: SharedFile | undefined): readonly Piece[] {
  const silent = typed.every((piece) => typeof piece === 'string' && piece.trim() === '');
  return file && silent ? IMPORT : typed;
}

/** The file that came with what was typed. Never from arguments: those may be somebody's own making. */
export function sharedFile({ invocation }: Context): SharedFile | undefined {
  return 'typed' in invocation.ask ? invocation.ask.file : undefined;
}

/** @throws Refusal fileUnread */
export async function readSharedFile({ services }: Context, file: SharedFile): Promise<string> {
  const { name, platform } = file;
  const read = (await services.chats[platform]?.readFile(file)) ?? { unread: 'gone' as const };
  if ('unread' in read) return refuse({ kind: 'fileUnread', why: read.unread, name });
  return decodeText(read.bytes) ?? refuse({ kind: 'fileUnread', why: 'notText', name });
}
