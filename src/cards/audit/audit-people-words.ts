import { ROLES } from '../../workspace/entities.js';
import { isAction } from '../../workspace/permissions.js';
import { doing } from '../action-words.js';
import { also, type AuditWords } from './audit-wording.js';
import { asA } from '../role-words.js';

/** `an admin`. */
function role(name: string): string {
  const known = ROLES.find((one) => one === name);
  return known ? asA(known) : name;
}

const wanted = (action: string): string => (isAction(action) ? doing(action) : 'do something');

const WHAT_WAS_UNDONE: Readonly<Record<string, string>> = {
  role: 'the new role',
  licence: 'the new licence',
  suspension: 'the suspension',
  removal: 'the removal',
};

export const peopleAuditWords: AuditWords<
  'member' | 'invitation' | 'identity' | 'handover' | 'continuity' | 'request'
> = {
  'member.invited': ({ whom, said }) => also(`invited ${said('email') || whom}`, ' as ', role(said('role'))),
  'member.joined': ({ whom, said, person }) =>
    said('direct')
      ? also(`brought in ${whom}`, ' as ', role(said('role')))
      : also(`joined as ${role(said('role'))}`, ', invited by ', person('invitedBy')),
  'member.left': ({ said, person }) =>
    also(said('moved') ? 'left for another workspace' : 'left', ' and handed things to ', person('handedTo')),
  'member.removed': ({ whom, said, person }) =>
    also(also(`removed ${whom}`, ' because ', said('reason')), ' and handed things to ', person('handedTo')),
  'member.suspended': ({ whom, said }) => also(`suspended ${whom}`, ' because ', said('reason')),
  'member.reactivated': ({ whom }) => `reactivated ${whom}`,
  'member.roleChanged': ({ whom, said }) => `made ${whom} ${role(said('to'))}, who was ${role(said('from'))}`,
  'member.licenceChanged': ({ whom, said }) => `gave ${whom} a ${said('to')} licence instead of ${said('from')}`,
  'member.changeUndone': ({ whom, said }) => `took back ${WHAT_WAS_UNDONE[said('what')] ?? 'a change'} of ${whom}`,
  'member.merged': ({ said }) => also('became one person on two chats', ' and stays ', role(said('to'))),
  'member.switched': () => 'made this their active workspace',
  'invitation.bound': () => 'opened an invitation that was mailed',
  'invitation.renewed': () => 'sent an invitation once more',
  'invitation.revoked': () => 'took an invitation back',
  'invitation.expired': () => 'ended an invitation that nobody answered in time',
  'identity.linked': () => 'linked their two chats',
  'identity.unlinked': () => 'took their two chats apart',
  'handover.offered': ({ whom }) => `offered primary ownership to ${whom}`,
  'handover.accepted': () => 'accepted primary ownership',
  'handover.declined': () => 'declined primary ownership',
  'handover.cancelled': () => 'took the offer of primary ownership back',
  'handover.expired': () => 'ended an offer of primary ownership that nobody answered in time',
  'handover.settled': ({ whom }) => `made ${whom} the primary owner`,
  'handover.takenOver': ({ whom }) => `took primary ownership over from ${whom}`,
  'continuity.opened': ({ whom }) => `found that the chat account of ${whom}, the primary owner, is gone`,
  'continuity.closed': ({ whom }) => `closed the question of who follows ${whom}`,
  'request.opened': ({ said }) => `asked to ${wanted(said('action'))}`,
  'request.approved': ({ said }) => also('approved a request', ' and said: ', said('note')),
  'request.denied': ({ said }) => also('denied a request', ' and said: ', said('note')),
  'request.discussed': () => 'wrote about a request',
  'request.withdrawn': () => 'took a request back',
  'request.reminded': () => 'reminded those who decide a request',
  'request.escalated': () => 'brought a request to those above',
  'request.expired': () => 'ended a request that nobody answered in time',
  'request.ran': ({ said }) =>
    said('ok') === 'true' ? 'had their request carried out' : 'had a request that could not be carried out',
};
