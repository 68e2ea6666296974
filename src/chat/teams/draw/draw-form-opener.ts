import type { Form } from '../../../cards/card.js';
import type { Identity } from '../../../workspace/identity.js';
import { asAdaptiveCard } from './draw-card.js';
import type { AdaptiveCard } from './element.js';
import { escapeMarkdown } from './escape.js';
import { drawText } from './inline.js';
import { createMentions } from './mentions.js';

/** A card whose one button opens the form as a dialog, for the person it is for. */
export function drawFormOpener(form: Form, person: Identity, personName: string): AdaptiveCard {
  const mentions = createMentions('teams');
  const text = drawText([{ strong: form.title }, `: ${personName}, I need a few details from you.`], mentions);
  const data = { msteams: { type: 'task/fetch' }, user: person.user, form };
  const button = { type: 'Action.Submit', title: 'Open the form', style: 'positive', data };
  return asAdaptiveCard(
    [...text, { type: 'ActionSet', actions: [button] }],
    escapeMarkdown(form.title),
    mentions,
    'teams',
  );
}
