import { campaignForm, type Choices } from '../cards/campaigns/campaign-form.js';
import type { Choice, Form } from '../cards/card.js';
import { templateChoice } from '../cards/choices.js';
import { refuse } from '../refusal.js';
import { contactListMeant } from '../resources/contact-lists.js';
import { templateMeant } from '../resources/templates.js';
import type { CampaignArgs } from './campaign-args.js';
import type { Choosing, InWorkspace } from './command.js';
import { aboutWorkspace } from './context.js';
import { findCampaign, placeOf } from './find-campaign.js';
import { listChoices, listsToPick, OFFERED, templatesToPick } from './picked-from.js';
import { momentMeant, momentTyped } from './typed-moment.js';

/** The form for a new campaign, or for what a draft is made of; none where it was filled in, or nothing can be chosen. */
export async function campaignFormOf(context: InWorkspace, args: CampaignArgs): Promise<Form | undefined> {
  if (args.what === 'new') {
    if (args.name && args.template && args.list) return undefined;
    const model = args.from ? await findCampaign(context, args.from) : undefined;
    return askFor(context, {
      initial: {
        ...(args.name && { name: args.name }),
        ...pick(args.template ?? model?.template, 'template'),
        ...pick(args.list ?? model?.list, 'list'),
        ...(args.sendAt && { sendAt: args.sendAt }),
      },
    });
  }
  if (args.what !== 'change' || args.sure || !args.campaign) return undefined;
  const { id, name, version, template, list, sendAt, state, archived } = await findCampaign(context, args.campaign);
  if (state !== 'draft' || archived) return undefined;
  const at = sendAt && { sendAt: momentTyped(sendAt, zoneOf(context)) };
  return askFor(context, { of: { id, version: args.version ?? version }, initial: { name, template, list, ...at } });
}

const pick = (value: string | undefined, field: 'template' | 'list') => value && { [field]: value };

interface Typed {
  name?: string;
  /** By id or name. */
  template?: string;
  list?: string;
  sendAt?: string;
}

async function askFor(
  context: InWorkspace,
  more: { of?: { id: string; version: number }; initial: Typed },
): Promise<Form | undefined> {
  const choices = await choicesOf(context);
  if (choices.templates.length === 0 || choices.lists.length === 0) return undefined;
  const about = await aboutWorkspace(context.services.ledger, context.workspace);
  const { template, list, ...rest } = more.initial;
  const [chosenTemplate, chosenList] = await Promise.all([
    template === undefined ? undefined : templateMeant(placeOf(context), template),
    list === undefined ? undefined : contactListMeant(placeOf(context), list),
  ]);
  const initial = {
    ...rest,
    ...(chosenTemplate && { template: chosenTemplate }),
    ...(chosenList && { list: chosenList }),
  };
  return campaignForm({ about, zone: zoneOf(context), choices, ...more, initial });
}

/** What a campaign can be made of, newest first. */
export async function choicesOf(context: InWorkspace): Promise<Choices> {
  const [templates, lists] = await Promise.all([templatesToPick(context, OFFERED), listsToPick(context, OFFERED)]);
  return { templates, lists };
}

/** What the form's pickers find. */
export async function campaignChoices(context: InWorkspace, of: Choosing): Promise<readonly Choice[]> {
  if (of.field === 'list') return listChoices(context, of);
  return of.field === 'template' ? (await templatesToPick(context, of)).map(templateChoice) : [];
}

/** The time that was typed; undefined for `now`. @throws Refusal badArgument */
export function sendAtMeant(context: InWorkspace, typed: string): Date | undefined {
  if (/^(?:now|at once|immediately)$/i.test(typed)) return undefined;
  const expected = 'a day and a time, like tomorrow 9:00 or 1 December 14:30';
  const moment = momentMeant(typed, zoneOf(context), context.at);
  if (!moment) return refuse({ kind: 'badArgument', argument: 'sendAt', typed, expected });
  return moment > context.at
    ? moment
    : refuse({ kind: 'badArgument', argument: 'sendAt', typed, expected: 'a time that lies ahead' });
}

export const zoneOf = ({ actor, workspace }: InWorkspace) => actor.timeZone ?? workspace.timeZone;
