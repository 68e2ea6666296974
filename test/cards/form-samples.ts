import type { Form } from '../../src/cards/card.js';
import { ALERT_FORMS } from './alert-samples.js';
import { auditForm } from '../../src/cards/audit/audit-form.js';
import { roomForm } from '../../src/cards/channels/channel-cards.js';
import {
  collaboratorForm,
  findMeetingForm,
  meetingForm,
  shareMeetingForm,
} from '../../src/cards/meetings/meeting-access-cards.js';
import { chooseChannelForm } from '../../src/cards/channels/choose-channel.js';
import { campaignForm } from '../../src/cards/campaigns/campaign-form.js';
import { disableForm } from '../../src/cards/workspaces/disable-cards.js';
import { handoverForm } from '../../src/cards/workspaces/handover-cards.js';
import { leaveForm, removeForm, suspendForm, whoForm } from '../../src/cards/members/impact-forms.js';
import { licenceForm } from '../../src/cards/members/licence-cards.js';
import { choosePolicyForm, policyForm } from '../../src/cards/policies/policy-form.js';
import { saveReportForm } from '../../src/cards/resources/report-cards.js';
import { addToRoomForm, createRoomForm, findRoomForm, renameRoomForm } from '../../src/cards/channels/room-forms.js';
import { retypeForm } from '../../src/cards/policies/step-up-form.js';
import { transferForm } from '../../src/cards/balance/transfer-cards.js';
import { webhookForm } from '../../src/cards/dev/webhook-cards.js';
import { findEventForm } from '../../src/cards/dev/webhook-log-card.js';
import { findWorkspaceForm } from '../../src/cards/home/home-card.js';
import { EVENT_TYPES } from '../../src/webhooks/event-types.js';
import { POLICY_KEYS } from '../../src/workspace/policy-rows.js';
import { REQUEST_FORMS } from './asked-samples.js';
import { AUTOMATIC_FORMS } from './automatic-samples.js';
import { BALANCE_FORMS } from './balance-samples.js';
import { KEY_FORMS } from './key-samples.js';
import { MEMBER_FORMS } from './member-samples.js';
import { MOVING_FORMS } from './moving-samples.js';
import { RECEIPT_FORMS } from './receipt-samples.js';
import { RESOURCE_FORMS } from './resource-samples.js';
import { ALL_SET, terms } from './rule-samples.js';
import { WORKSPACE_FORMS } from './workspace-samples.js';

const about = { id: 'ws_1', name: 'Marketing', currency: 'GBP', balanceMinor: 12_000 };
const talk = { id: 'mt_1', title: 'Pricing talk' };
const manyRooms = Array.from({ length: 100 }, (_, i) => ({
  id: `ch_${i}`,
  name: 'Room '.repeat(12),
  kind: 'public' as const,
}));
const mia = { person: 'p_mia', name: 'Mia' };
const held = [
  { one: 'API key', number: 2, names: ['Engine', 'Backup'] },
  { one: 'meeting', number: 3, names: [] },
];

/** One of every form with what makes it long; the gallery shows them as well. */
export const FORM_SAMPLES: readonly Form[] = [
  ...WORKSPACE_FORMS,
  ...BALANCE_FORMS,
  ...MEMBER_FORMS,
  ...MOVING_FORMS,
  ...RECEIPT_FORMS,
  ...AUTOMATIC_FORMS,
  ...KEY_FORMS,
  ...RESOURCE_FORMS,
  ...REQUEST_FORMS,
  retypeForm({
    call: { command: 'transfer', args: { amount: '50.00', to: 'ws_2', sure: true }, workspace: 'ws_1', key: 'op_1' },
    field: 'retyped',
    what: '£50.00 goes from Marketing to Support.',
    submit: 'Confirm £50.00',
    currency: 'GBP',
    above: '£40.00',
    typed: '500',
    wrong: 'That is not £50.00. Nothing was done yet.',
  }),
  choosePolicyForm({ about, choices: POLICY_KEYS, policies: ALL_SET, terms }),
  ...POLICY_KEYS.map((policy) => policyForm({ about, policies: ALL_SET, policy, terms, tenants: ['slack:T02'] })),
  auditForm({ about, filter: { person: 'slack:T02:U0ADAM', topic: 'people', days: 7 } }),
  auditForm({ about, filter: { person: '@Adam' } }),
  findWorkspaceForm(),
  findEventForm(about, EVENT_TYPES),
  findRoomForm(about),
  findMeetingForm(about),
  chooseChannelForm({ about, options: [{ value: '19:sales', label: '#sales' }] }),
  createRoomForm({ about, name: 'Sales', kind: 'private' }),
  renameRoomForm({ about, room: 'ch_1', name: 'Sales' }),
  addToRoomForm({ about, room: 'ch_1', name: 'Sales' }),
  roomForm({
    about,
    binding: { id: 'b_1', channelName: 'sales', where: 'Slack', purposes: ['alerts'] },
    rooms: manyRooms,
  }),
  meetingForm({ about, draft: {} }),
  meetingForm({
    about,
    draft: { title: 'Pricing talk', when: '2026-11-16 14:00', highlights: 'x'.repeat(3_000) },
    existing: { id: 'mt_1', version: 3, kept: ['notes'] },
  }),
  shareMeetingForm({ about, meeting: talk, rooms: manyRooms }),
  shareMeetingForm({ about, meeting: talk, rooms: [] }),
  collaboratorForm({ about, meeting: talk }),
  handoverForm({ about, owners: Array.from({ length: 120 }, (_, i) => ({ id: `p_${i}`, name: `Owner ${i}` })) }),
  disableForm({
    about: { ...about, name: 'M'.repeat(60) },
    impact: {
      keys: Array.from({ length: 30 }, (_, i) => `Key ${i}`),
      campaigns: ['Spring sale'],
      automatic: 'adds £50.00 below £20.00',
      requests: 3,
      members: 5_000,
      balanceMinor: 12_000,
      heldMinor: 2_000,
    },
    reason: 'We merge.',
    asks: true,
  }),
  transferForm({
    from: about,
    targets: [{ id: 'ws_2', name: 'Support' }],
    amount: '50',
    target: { id: 'ws_2', name: 'Support' },
    kept: {},
  }),
  whoForm({ about, command: 'suspend', title: 'Suspend somebody', kept: {} }),
  removeForm({
    about,
    whom: mia,
    held,
    role: 'a member',
    licence: 'pro',
    seatFree: true,
    pending: 1,
    lastSecond: false,
  }),
  suspendForm({ about, whom: mia, held, role: 'an owner', lastSecond: true, reason: 'On leave until May' }),
  leaveForm({ about, held, seatFree: true }),
  licenceForm({
    ...{ about, person: 'p_mia', name: 'Mia', has: 'standard' },
    free: new Map([
      ['standard', 2],
      ['pro', 1],
    ]),
  }),
  webhookForm({ about, address: 'https://hooks.acme.com/workspaces' }),
  saveReportForm({ about, args: { campaign: 'cp_1' }, initial: 'Spring in full' }),
  campaignForm({
    about,
    zone: 'Europe/London',
    choices: {
      templates: [{ id: 'tp_1', name: 'Greeting' }],
      lists: [{ id: 'cl_1', name: 'Customers', contacts: 1_204 }],
    },
    initial: { name: 'Spring', sendAt: 'tomorrow 9:00' },
  }),
  ...ALERT_FORMS,
];
