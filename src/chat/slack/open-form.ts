import type { ModalView } from '@slack/types';
import type { Card, Form } from '../../cards/card.js';
import { answerPrivately } from './answer.js';
import { drawForm } from './draw/form.js';
import { deliveryFailure, slackError } from './failure.js';
import { packMetadata } from './metadata.js';
import type { SlackMoment } from './moment.js';
import { openModal, type Wires } from './surfaces.js';

/** Opens a form; in a modal that is open already, in its place. Too late for that, a button brings a fresh chance. */
export async function openForm(wires: Wires, moment: SlackMoment, form: Form): Promise<void> {
  const view = await formView(wires, moment, form);
  if (moment.view?.kind === 'modal') {
    return replaceForm(wires, moment, moment.view.id, view, form);
  }
  if (!(await openModal(wires, moment, view))) await answerPrivately(wires, moment, formButton(form));
}

/** The person may have closed the modal meanwhile. */
async function replaceForm(
  wires: Wires,
  moment: SlackMoment,
  view_id: string,
  view: ModalView,
  form: Form,
): Promise<void> {
  const { clients, tokens } = wires;
  try {
    await clients.interactions.views.update({ token: await tokens.botToken(moment.tenant), view_id, view });
  } catch (error) {
    if (slackError(error) !== 'not_found') throw deliveryFailure(error);
    await answerPrivately(wires, moment, formButton(form));
  }
}

/** The form as a modal that knows what to run and where it was asked for. */
export async function formView(wires: Wires, moment: SlackMoment, form: Form): Promise<ModalView> {
  const picks = form.fields.some(({ input }) => input === 'person' || input === 'people');
  const people = picks ? await wires.people(moment.tenant) : [];
  return drawForm(form, packMetadata(moment, form.call), wires.client, people);
}

/** For a form that Slack gave no chance to open. */
function formButton(form: Form): Card {
  return {
    name: 'open-form',
    parts: [
      { part: 'text', text: [`${form.title}: a few things are missing.`] },
      { part: 'buttons', buttons: [{ label: 'Open the form', style: 'primary', call: form.call }] },
    ],
  };
}
