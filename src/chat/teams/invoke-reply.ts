import type { InvokeResponse } from 'botbuilder';
import type { AdaptiveCard } from './draw/element.js';

const CARD = 'application/vnd.microsoft.card.adaptive';
const MESSAGE = 'application/vnd.microsoft.activity.message';

/**
 * The one answer that Teams takes to a click (`action`) or to a dialog. Whoever comes first settles it;
 * the others are told so by `false`, and answer with a message.
 */
export interface InvokeReply {
  readonly to: 'action' | 'dialog';
  card(card: AdaptiveCard, title?: string): boolean;
  /** A line that only the person sees, for a moment. */
  say(text: string): boolean;
  /** What was settled; from now on nothing more is. */
  close(otherwise: string): InvokeResponse;
}

export function createInvokeReply(to: 'action' | 'dialog'): InvokeReply {
  let body: unknown;
  const settle = (settled: unknown): boolean => {
    if (body !== undefined) return false;
    body = settled;
    return true;
  };
  const say = (text: string): boolean =>
    settle(
      to === 'action' ? { statusCode: 200, type: MESSAGE, value: text } : { task: { type: 'message', value: text } },
    );
  return {
    to,
    say,
    card: (card, title = 'Workspace') =>
      settle(
        to === 'action'
          ? { statusCode: 200, type: CARD, value: card }
          : { task: { type: 'continue', value: { title, card: { contentType: CARD, content: card } } } },
      ),
    close(otherwise) {
      say(otherwise);
      return { status: 200, body };
    },
  };
}
