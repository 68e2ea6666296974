import { campaignAsked } from '../cards/requests/asked-work-words.js';
import { type CampaignFilter, campaignMeant } from '../resources/campaigns.js';
import { getContactList } from '../resources/contact-lists.js';
import { getTemplate } from '../resources/templates.js';
import { refuse } from '../refusal.js';
import type { Action } from '../workspace/permissions.js';
import { policiesInForce } from '../workspace/policies.js';
import { campaignArgs, type CampaignDeed } from './campaign-args.js';
import { changeDraft, newCampaign, putAway, takeBack } from './campaign-change.js';
import { campaignChoices, campaignFormOf } from './campaign-choices.js';
import { endIt, startIt, startOffer } from './campaign-run.js';
import { listCampaigns, openCampaign } from './campaign-show.js';
import { type Args, workspaceCommand } from './command.js';
import type { Reader } from './reader.js';

/** What the first word may say. */
const VERBS: Readonly<Record<string, CampaignDeed>> = {
  list: 'list',
  open: 'open',
  show: 'open',
  new: 'new',
  create: 'new',
  change: 'change',
  edit: 'change',
  start: 'start',
  launch: 'start',
  end: 'end',
  stop: 'end',
  archive: 'archive',
  restore: 'restore',
};

const FILTER_WORDS: Readonly<Record<string, CampaignFilter>> = {
  draft: 'draft',
  drafts: 'draft',
  running: 'running',
  ended: 'ended',
  archived: 'archived',
};

const CHANGES: readonly unknown[] = ['new', 'change', 'start', 'end', 'archive', 'restore'] satisfies CampaignDeed[];

/** What it costs stands in the call of whoever means it. */
export const actionOfCampaign = ({ what, estimateMinor }: Args): Action =>
  what === 'start' && estimateMinor !== undefined ? 'startLargeCampaign' : 'workWithResources';
export const changesCampaign = ({ what }: Args) => CHANGES.includes(what);

/** A template sent to a contact list: drafted, estimated, started under a hold, ended. */
export const campaign = workspaceCommand({
  args: campaignArgs,
  read,
  choices: campaignChoices,
  async facts({ account, workspace }, { estimateMinor = 0 }) {
    if (!workspace) return {};
    const { campaignApprovalAboveMinor } = await policiesInForce(account, workspace.id);
    return { withinAmount: campaignApprovalAboveMinor === undefined || estimateMinor <= campaignApprovalAboveMinor };
  },
  form: campaignFormOf,
  offer: startOffer,
  async asks({ account, services, workspace }, { campaign: typed = '', estimateMinor = 0 }) {
    if (!workspace) throw new Error('a campaign is in a workspace');
    const place = { account: account.id, workspace: workspace.id };
    const asked = await campaignMeant(place, typed);
    if (!asked) return refuse({ kind: 'unknownResource', what: 'campaign', typed, nearest: [] });
    const [template, list] = await Promise.all([
      getTemplate(account.id, workspace.id, asked.template),
      getContactList(account.id, workspace.id, asked.list),
    ]);
    if (!template || !list) throw new Error(`campaign ${asked.id} has lost its template or contact list`);
    const leftMinor = ((await services.ledger.head(workspace.id))?.availableMinor ?? 0) - estimateMinor;
    return campaignAsked({
      campaign: asked.name,
      template: template.name,
      list,
      workspace,
      estimateMinor,
      leftMinor,
    });
  },
  run(context, args) {
    switch (args.what) {
      case undefined:
      case 'open':
        return args.campaign ? openCampaign(context, args.campaign) : listCampaigns(context, args);
      case 'list':
        return listCampaigns(context, args);
      case 'new':
        return newCampaign(context, args);
      case 'change':
        return changeDraft(context, args);
      case 'start':
        return startIt(context, args);
      case 'end':
        return endIt(context, args);
      case 'archive':
        return putAway(context, args);
      case 'restore':
        return takeBack(context, args);
    }
  },
});

/** A name may hold any word, so only the first one can say what is to be done. */
function read(words: Reader): Args {
  const [first] = words.left;
  const verb = first?.kind === 'word' ? VERBS[first.text.toLowerCase()] : undefined;
  if (verb) words.word();
  const rest = words.rest();
  const filter = rest === undefined ? undefined : FILTER_WORDS[rest.toLowerCase()];
  if (filter && (!verb || verb === 'list')) return { what: 'list', filter };
  if (verb === 'new') return { what: verb, name: rest };
  if (verb === 'list') return { what: verb, search: rest };
  return { ...(verb && verb !== 'open' && { what: verb }), campaign: rest };
}
