import { count, press } from '../parts.js';
import { planName } from '../workspaces/plan-words.js';
import type { Of, Words } from './refusal-words.js';

/** Who owns a workspace, and the company's plan. */
export function ownershipWords(
  reason: Of<'handoverOpen' | 'handoverGone' | 'notAnOwner' | 'seatsInUse' | 'planChanged'>,
): Words {
  switch (reason.kind) {
    case 'handoverOpen':
      return {
        said: [`${reason.workspaceName} is offered to ${reason.to} already, who has not answered yet.`],
        next: ['Take that back first.'],
        buttons: [
          press(
            'Take it back',
            'handover',
            { answer: 'cancel', handover: reason.handover },
            { workspace: reason.workspace },
          ),
        ],
      };
    case 'handoverGone':
      return {
        said: [GONE[reason.why]],
        ...(OFFERED_ANEW.includes(reason.why) && { next: ['The primary owner can offer it once more.'] }),
        buttons: [press('Owners', 'members', { role: 'owner' })],
      };
    case 'notAnOwner':
      return {
        said: [`${reason.name} is no owner of ${reason.workspaceName} who could take it over.`],
        next: ['It goes to an owner who is neither suspended nor gone from the chat.'],
        buttons: [press('Members', 'members', {}, { workspace: reason.workspace })],
      };
    case 'seatsInUse':
      return {
        said: [
          `The ${planName(reason.plan)} plan has ${count(reason.seats, `${reason.licence} seat`)}, and ${count(reason.used, 'person has', 'people have')} one.`,
        ],
        next: ['Remove people or change their licences first. Nothing was changed.'],
        buttons: [press('Members', 'members'), press('Plans', 'plan')],
      };
    case 'planChanged':
      return {
        said: ['Somebody changed the plan meanwhile.'],
        next: ['Please look again.'],
        buttons: [press('Plans', 'plan')],
      };
  }
}

const OFFERED_ANEW: readonly Of<'handoverGone'>['why'][] = ['declined', 'cancelled', 'expired'];

const GONE: Readonly<Record<Of<'handoverGone'>['why'], string>> = {
  accepted: 'Too late: this was accepted already.',
  declined: 'Too late: this was declined.',
  cancelled: 'Too late: this offer was taken back.',
  expired: 'Too late: this offer has run out.',
  notYours: 'This offer is not yours to answer.',
  unknown: 'There is no such offer.',
  changed: 'Too late: somebody else is the primary owner by now.',
  back: 'The primary owner is there, so nobody takes over.',
};
