import { listOf, press, quoted } from '../parts.js';
import type { Of, Words } from './refusal-words.js';

/** Who was meant, whom to invite, or whose invitation. */
export function inviteWords(reason: Of<'ambiguousPerson' | 'notInvited' | 'unknownGroup'>): Words {
  switch (reason.kind) {
    case 'ambiguousPerson': {
      const names = [...reason.people.map(({ name }) => name), ...(reason.more ? ['somebody else'] : [])];
      return {
        said: [`${quoted(reason.typed)} could be ${listOf(names, 'or', names.length)}.`],
        next: ['Pick the person with @, or type their e-mail address.'],
      };
    }
    case 'notInvited':
      return {
        said: [`${reason.name} has no open invitation to ${reason.workspaceName}.`],
        buttons: [press('Open invitations', 'invite', { what: 'list' })],
      };
    case 'unknownGroup':
      return groupWords(reason);
  }
}

function groupWords({ name, why, most = 0 }: Of<'unknownGroup'>): Words {
  const paste = "Paste its people's addresses instead: a whole list is fine.";
  switch (why) {
    case 'unknown':
      return { said: ["I can't look into that group."], next: [paste] };
    case 'nobody':
      return {
        said: [`I can't find ${quoted(`@${name}`)}: no person and no group is called that.`],
        next: [
          "In Slack, pick it from the list that @ opens. Teams lets no app look into its groups and tags: paste their people's addresses there.",
        ],
      };
    case 'empty':
      return { said: [`Nobody is in @${name}.`] };
    case 'tooMany':
      return {
        said: [`More than ${most} people are in @${name}, and at most ${most} of a group can be invited at once.`],
        next: ['Paste the addresses of those you mean.'],
      };
  }
}
