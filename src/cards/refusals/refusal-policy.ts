import { count, listOf, press } from '../parts.js';
import { PLATFORM_NAMES } from '../platform-names.js';
import { POLICY_WORDS } from '../policies/policy-words.js';
import { planName } from '../workspaces/plan-words.js';
import type { Of, Words } from './refusal-words.js';

const OWNERS_CHANGE = ['Owners can change that policy.'] as const;

/** What a workspace's policies stand against, each by its name. */
export function policyWords(reason: Of<'policyForbids' | 'wouldLockOut' | 'ruleInForce'>): Words {
  switch (reason.kind) {
    case 'policyForbids':
      return { said: [forbidden(reason)], next: OWNERS_CHANGE, buttons: [press('Policies', 'policy')] };
    case 'wouldLockOut':
      return {
        said: [`With this ${reason.name} could no longer use ${reason.workspaceName}.`],
        next: ['Choose where they come from too, or have them type “link” first.'],
      };
    case 'ruleInForce':
      return ruleWords(reason);
  }
}

function ruleWords({ plan, workspaces, elsewhere }: Of<'ruleInForce'>): Words {
  const others = elsewhere > 0 ? [count(elsewhere, 'other workspace')] : [];
  const where = listOf([...workspaces.map(({ name }) => name), ...others], 'and', 4);
  return {
    said: [`The plan ${planName(plan)} has no policies, and in ${where} large amounts take two people.`],
    next: ['Take that rule off there first: that takes two, too. Nothing was changed.'],
    buttons: workspaces
      .slice(0, 3)
      .map(({ workspace, name }) => press(`Policies of ${name}`, 'policy', {}, { workspace })),
  };
}

function forbidden(reason: Of<'policyForbids'>): string {
  const { workspaceName, policy } = reason;
  const by = `${workspaceName}'s policy “${POLICY_WORDS[policy].label}”`;
  switch (reason.policy) {
    case 'emailDomains':
      return `${reason.name} can't come in: ${by} takes only ${listOf(reason.allowed, 'and', 5)}.`;
    case 'allowedTenants': {
      const from = listOf(reason.allowed.map((platform) => PLATFORM_NAMES[platform]));
      return reason.name
        ? `${reason.name} can't come in: ${by} takes only people from ${from}.`
        : `That doesn't work from here: ${by} takes only people from ${from}.`;
    }
    case 'keyMaxAgeDays':
      return `No key works for longer than ${reason.days} days: ${by} says so.`;
    case 'meetingSharing':
      return `This meeting stays with its people: ${by} lets none be shared further.`;
  }
}
