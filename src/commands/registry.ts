import { alerts } from './alerts.js';
import { actionOfAlerts } from './alerts-args.js';
import { ask } from './ask.js';
import { audit, ownAudit } from './audit.js';
import { actionOfAuto, auto } from './auto.js';
import { balance } from './balance.js';
import { billing } from './billing.js';
import { actionOfCampaign, campaign, changesCampaign } from './campaign.js';
import { channel } from './channel.js';
import { actionOfChannel, changesChannel } from './channel-args.js';
import type { Args, Command } from './command.js';
import { changesContacts, contacts } from './contacts.js';
import { create } from './create.js';
import { approve, deny } from './decide.js';
import { dev } from './dev.js';
import { disable } from './disable.js';
import { enable } from './enable.js';
import { forecast } from './forecast.js';
import { health, mends } from './health.js';
import { actionOfHandover, changesHandover, handover } from './handover.js';
import { help } from './help.js';
import { history } from './history.js';
import { invite } from './invite.js';
import { join } from './join.js';
import { list, switchTo } from './list.js';
import { leave } from './leave.js';
import { licence } from './licence.js';
import { link, me } from './me.js';
import { meeting } from './meeting.js';
import { actionOfMeeting, changesMeeting } from './meeting-args.js';
import { members } from './members.js';
import { deletesMeeting, meetings } from './my-meetings.js';
import { changesPlan, plan } from './plan.js';
import { actionOfPolicy, policy } from './policy.js';
import { actionOfPrices, prices, setsPrice } from './prices.js';
import { actionOfReceipts, changesBilling, receipts } from './receipts.js';
import { remove } from './remove.js';
import { rename } from './rename.js';
import { rescue } from './rescue.js';
import { changesReport, report } from './report.js';
import { requests } from './requests.js';
import { resources } from './resources.js';
import { role } from './role.js';
import { reactivate, suspend } from './suspend.js';
import { changesTemplate, template } from './template.js';
import { topup } from './topup.js';
import { actionOfTransfer, changesByTransfer, transfer } from './transfer.js';
import { usage } from './usage.js';
import { why } from './why.js';

const actionOfInvite = (args: Args) => {
  if (args['again'] || args['takeBack'] || args['what']) return 'manageInvitations';
  return args['role'] === 'owner' ? 'changeOwners' : 'invite';
};
const changesInvitations = (args: Args) => args['what'] !== 'list';
const actionOfRole = (args: Args) => (args['role'] === 'owner' ? 'changeOwners' : 'changeAdmins');
const takesBack = (args: Args) => args['withdraw'] !== undefined;
const setsPolicy = (args: Args) => args['sure'] === true;
const changesAuto = (args: Args) => args['what'] !== undefined;
/** Until then a code is shown, which is kept nowhere. */
const endsLink = (args: Args) => args['sure'] === true;

/** Every command. Help, forms, manifests, near misses and permission checks follow from this table alone. */
// biome-ignore format: one command, one glance
export const COMMANDS: readonly Command[] = [
  { name: 'help', aliases: [], usage: 'help [command]', summary: 'Where you stand, and what you can type', on: 'person', does: help },
  { name: 'list', aliases: ['workspaces'], usage: 'list [search]', summary: 'Your workspaces', on: 'person', does: list },
  { name: 'switch', aliases: ['use'], usage: 'switch [workspace]', summary: 'Make another workspace your active one', on: 'person', does: switchTo, changes: true },
  { name: 'create', aliases: ['new'], usage: 'create [name] [with amount]', summary: 'A new workspace', on: 'person', action: 'createWorkspace', does: create, changes: true, asking: { goesTo: 'holders', runsAs: 'requester' } },
  { name: 'rename', aliases: [], usage: 'rename [new name]', summary: 'Give the workspace another name', on: 'workspace', action: 'renameWorkspace', does: rename, changes: true },
  { name: 'disable', aliases: ['deactivate'], usage: 'disable [workspace]', summary: 'Switch a workspace off; nothing is deleted', on: 'workspace', action: 'disableWorkspace', does: disable, changes: true, bareWorkspace: true, asking: { goesTo: 'holders', runsAs: 'requester' } },
  { name: 'enable', aliases: [], usage: 'enable [workspace]', summary: 'Switch a workspace on again', on: 'workspace', action: 'enableWorkspace', does: enable, changes: true, bareWorkspace: true, evenDisabled: true, asking: { goesTo: 'holders', runsAs: 'requester' } },
  { name: 'members', aliases: ['people'], usage: 'members [@person, role or search]', summary: 'Who is in the workspace', on: 'workspace', action: 'seeMembers', does: members },
  { name: 'invite', aliases: ['add'], usage: 'invite @people, @groups or e-mails [as role] [licence tier]', summary: 'Invite people; list, resend or revoke invitations', on: 'workspace', action: actionOfInvite, does: invite, changes: changesInvitations, asking: { goesTo: 'approvals', runsAs: 'requester' } },
  { name: 'join', aliases: ['accept'], usage: 'join [code]', summary: 'Accept an invitation', on: 'person', does: join, changes: true },
  { name: 'role', aliases: ['promote', 'demote'], usage: 'role @person role', summary: 'Change what somebody may do', on: 'workspace', action: actionOfRole, does: role, readsAlias: true, changes: true },
  { name: 'licence', aliases: ['license'], usage: 'licence [@person] [tier]', summary: 'Which seat somebody has, or ask for your own', on: 'workspace', action: 'changeLicence', does: licence, changes: true, asking: { goesTo: 'approvals', runsAs: 'requester' } },
  { name: 'suspend', aliases: [], usage: 'suspend @person [because reason]', summary: 'Close the workspace to somebody for now', on: 'workspace', action: 'suspendMember', does: suspend, changes: true },
  { name: 'reactivate', aliases: ['unsuspend'], usage: 'reactivate @person', summary: 'Let a suspended person back in', on: 'workspace', action: 'suspendMember', does: reactivate, changes: true },
  { name: 'remove', aliases: ['unlink'], usage: 'remove @person [because reason]', summary: 'Take somebody out of the workspace', on: 'workspace', action: 'unlinkMember', does: remove, changes: true },
  { name: 'leave', aliases: [], usage: 'leave', summary: 'Leave the workspace', on: 'workspace', does: leave, bareWorkspace: true, changes: true },
  { name: 'handover', aliases: ['handoff'], usage: 'handover [@owner]', summary: 'Hand primary ownership over to an owner', on: 'workspace', action: actionOfHandover, does: handover, changes: changesHandover, asking: { goesTo: 'holders', runsAs: 'requester' } },
  { name: 'requests', aliases: ['approvals'], usage: 'requests [mine or @person]', summary: 'What waits for you, and what you asked', on: 'person', does: requests, changes: takesBack },
  { name: 'approve', aliases: ['yes'], usage: 'approve [@person] [note]', summary: 'Say yes to a request', on: 'person', does: approve, changes: true },
  { name: 'deny', aliases: ['no', 'decline'], usage: 'deny [@person] [reason]', summary: 'Say no to a request', on: 'person', does: deny, changes: true },
  { name: 'ask', aliases: ['question'], usage: 'ask [@person] [question]', summary: 'Ask back about a request', on: 'person', does: ask, changes: true },
  { name: 'balance', aliases: ['bal'], usage: 'balance [all]', summary: 'How much is left', on: 'workspace', action: 'seeBalance', does: balance, bareWorkspace: true },
  { name: 'forecast', aliases: ['runway'], usage: 'forecast [quantity item]', summary: 'How long the balance lasts, and what a quantity would do to it', on: 'workspace', action: 'forecast', does: forecast, bareWorkspace: true },
  { name: 'why', aliases: [], usage: 'why [7d or this month]', summary: 'How the balance came to be what it is, since you last looked', on: 'workspace', action: 'seeUsage', does: why, bareWorkspace: true },
  { name: 'topup', aliases: ['fund'], usage: 'topup [amount] [by card]', summary: 'Add balance', on: 'workspace', action: 'addBalance', does: topup, changes: true, asking: { goesTo: 'holders', runsAs: 'decider', outside: true } },
  { name: 'transfer', aliases: ['move'], usage: 'transfer [amount] [from workspace] [to workspace]', summary: 'Move balance to another of your workspaces', on: 'workspace', action: actionOfTransfer, does: transfer, changes: changesByTransfer, asking: { goesTo: 'holders', runsAs: 'requester', outside: true } },
  { name: 'rescue', aliases: ['spare'], usage: 'rescue [workspace]', summary: 'Balance from another of your workspaces that has enough', on: 'workspace', action: 'seeBalance', does: rescue, bareWorkspace: true },
  { name: 'history', aliases: ['ledger'], usage: 'history [30d] [kind] [by @person] [resource name] [csv]', summary: 'What came in and went out', on: 'workspace', action: 'seeEntries', does: history, bareWorkspace: true },
  { name: 'alerts', aliases: ['alert'], usage: 'alerts [at 20%, 5 days or an amount, quiet 22:00-7:00, snooze 4h because reason, wake, direct 5]', summary: 'When the workspace warns, and who hears it', on: 'workspace', action: actionOfAlerts, does: alerts, changes: true },
  { name: 'policy', aliases: ['policies', 'rules'], usage: 'policy [name] [value or off]', summary: 'The rules of the workspace', on: 'workspace', action: actionOfPolicy, does: policy, changes: setsPolicy, asking: { goesTo: 'holders', runsAs: 'requester' } },
  { name: 'auto', aliases: ['automatic', 'autopay'], usage: 'auto [topup below amount add amount max amount, recharge amount day number, pause, resume or off]', summary: 'Balance that is added by itself', on: 'workspace', action: actionOfAuto, does: auto, changes: changesAuto, asking: { goesTo: 'holders', runsAs: 'requester', outside: true } },
  { name: 'usage', aliases: ['summary'], usage: 'usage [so far, last month or October] [all] [csv]', summary: "A month's summary, also so far", on: 'workspace', action: 'seeUsage', does: usage, bareWorkspace: true },
  { name: 'resources', aliases: ['resource'], usage: 'resources [search]', summary: 'Campaigns, contact lists, templates and prices', on: 'workspace', action: 'workWithResources', does: resources },
  { name: 'contacts', aliases: ['lists', 'contact'], usage: 'contacts [name, import name, csv name, rename name to name, archive name]', summary: 'Contact lists', on: 'workspace', action: 'workWithResources', does: contacts, changes: changesContacts },
  { name: 'template', aliases: ['templates'], usage: 'template [name, new name, change name, preview name, archive name]', summary: 'Texts with variables', on: 'workspace', action: 'workWithResources', does: template, changes: changesTemplate },
  { name: 'campaign', aliases: ['campaigns'], usage: 'campaign [name, new name, change name, start name, end name or archive name]', summary: 'Send a template to a contact list', on: 'workspace', action: actionOfCampaign, does: campaign, changes: changesCampaign, asking: { goesTo: 'approvals', runsAs: 'requester', outside: true } },
  { name: 'report', aliases: ['reports'], usage: 'report [campaign, item or @person] [this month, last month, October or 30d] [by day] [csv]', summary: 'What was spent, and how much was used', on: 'workspace', action: 'workWithResources', does: report, changes: changesReport },
  { name: 'prices', aliases: ['price'], usage: 'prices [item] [price or off] [from date] [everywhere]', summary: 'What usage costs', on: 'workspace', action: actionOfPrices, does: prices, changes: setsPrice },
  { name: 'receipts', aliases: ['receipt', 'invoices'], usage: 'receipts [October, a number or find text] [details]', summary: 'Receipts and credit notes as PDF', on: 'workspace', action: actionOfReceipts, does: receipts, bareWorkspace: true, changes: changesBilling },
  { name: 'channel', aliases: ['channels'], usage: 'channel [bind, alerts, approvals, payments, summaries, meetings or unbind] [name, create name, add @person to name, archive name]', summary: 'Channels, and which chat channel gets what', on: 'workspace', action: actionOfChannel, does: channel, changes: changesChannel, asking: { goesTo: 'approvals', runsAs: 'requester' } },
  { name: 'meeting', aliases: ['recording'], usage: 'meeting [title, create title, share title with channel or @people, access title, edit title, delete title]', summary: 'Meetings that you can read, and who reads yours', on: 'workspace', action: actionOfMeeting, does: meeting, changes: changesMeeting, asking: { goesTo: 'holders', runsAs: 'requester' } },
  { name: 'meetings', aliases: ['recordings'], usage: 'meetings', summary: 'The meetings that you host, in every workspace', on: 'person', does: meetings, changes: deletesMeeting },
  { name: 'plan', aliases: ['plans', 'upgrade', 'downgrade'], usage: 'plan [free, teams or enterprise]', summary: "The company's plan, and what others have and cost", on: 'workspace', action: 'manageBilling', does: plan, changes: changesPlan },
  { name: 'billing', aliases: ['cards'], usage: 'billing', summary: 'The saved card, and the page to change it', on: 'workspace', action: 'manageBilling', does: billing },
  { name: 'dev', aliases: ['keys'], usage: 'dev [search, create name, rotate name, revoke name, webhook or webhook log failed]', summary: 'API keys and the webhook for the messaging engine', on: 'workspace', action: 'manageKeys', does: dev, changes: true },
  { name: 'health', aliases: ['maintenance'], usage: 'health', summary: 'What needs attention, with the button that mends it', on: 'workspace', action: 'maintain', does: health, bareWorkspace: true, changes: mends },
  { name: 'audit', aliases: ['trail', 'log'], usage: 'audit [@person] [7d] [people, requests, rules, money, rooms, keys or resources] [csv]', summary: 'Who did what, when and from where', on: 'workspace', action: 'seeAudit', does: audit, alone: ownAudit, bareWorkspace: true },
  { name: 'me', aliases: ['profile'], usage: 'me', summary: 'What is known of you here', on: 'person', action: 'ownProfile', does: me },
  { name: 'link', aliases: [], usage: 'link [code or remove]', summary: 'Be one person in Slack and Teams', on: 'person', does: link, changes: endsLink },
];
