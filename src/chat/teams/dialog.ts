import type { InvokeResponse } from 'botbuilder';
import type { Inbound } from './activity.js';
import { drawForm } from './draw/draw-form.js';
import { createInvokeReply } from './invoke-reply.js';
import { readOpener } from './submitted.js';

/** The form behind a button, as a dialog: only for the person whose command needed it. */
export function openDialog({ value, from }: Inbound): InvokeResponse {
  const data = typeof value === 'object' && value !== null && 'data' in value ? value.data : undefined;
  const opener = readOpener(data);
  if (!opener) return { status: 400 };
  const reply = createInvokeReply('dialog');
  if (opener.user !== from.aadObjectId) {
    return reply.close('This form is for whoever asked for it. Type the command yourself to get your own.');
  }
  reply.card(drawForm(opener.form, 'dialog', 'teams'), opener.form.title);
  return reply.close('');
}
