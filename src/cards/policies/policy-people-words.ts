import { listOf } from '../parts.js';
import type { PolicyWordsOf } from './policy-wording.js';

/** Who comes in, from where, and as what. */
export const peoplePolicyWords: PolicyWordsOf<
  'emailDomains' | 'allowedTenants' | 'whoMayInvite' | 'joinDirectly' | 'defaultRole' | 'defaultLicence'
> = {
  emailDomains: {
    typed: ['domains', 'domain', 'email', 'e-mail', 'emails', 'addresses'],
    label: 'Allowed e-mail domains',
    input: { input: 'domains' },
    value: (domains) => (domains ? listOf(domains, 'and', 5) : 'any'),
    means: (domains) =>
      domains
        ? `Only people with an address at ${listOf(domains, 'or', 5)} can be invited or join. Who is in already stays.`
        : 'People with any address can be invited and join.',
    hint: 'Like acme.com, several with spaces between. Each counts as it is, without what is below it.',
  },
  allowedTenants: {
    typed: ['chats', 'chat', 'tenants', 'tenant'],
    label: 'Where people come from',
    input: { input: 'tenants' },
    value: (tenants, { tenant }) => (tenants ? `${listOf(tenants.map(tenant))} only` : "any of the company's chats"),
    means: (tenants, { tenant }) =>
      tenants
        ? `Only people from ${listOf(tenants.map(tenant), 'or')} can join, and only from there anything can be done here.`
        : "People from any of the company's chats can join and use it.",
    hint: 'Where a chat identity must come from.',
  },
  whoMayInvite: {
    typed: ['invite', 'invites', 'inviting', 'invitations'],
    label: 'Who may invite',
    input: {
      input: 'choice',
      options: [
        { value: 'members', label: 'Everybody', typed: ['everybody', 'everyone', 'all', 'member'] },
        { value: 'admins', label: 'Owners and admins', typed: ['admin'] },
        { value: 'owners', label: 'Owners only', typed: ['owner'] },
      ],
    },
    value: (who = 'admins') => ({ members: 'everybody', admins: 'owners and admins', owners: 'owners only' })[who],
    means: (who = 'admins') =>
      ({
        members: 'Everybody here invites people without asking, as members.',
        admins: 'Owners and admins invite. Members ask them.',
        owners: 'Owners invite. Admins and members ask them.',
      })[who],
    hint: 'Everybody else asks them.',
  },
  joinDirectly: {
    typed: ['join', 'joining', 'teammates', 'directly'],
    label: 'Colleagues of other workspaces',
    input: {
      input: 'choice',
      options: [{ value: 'yes', label: 'Join at once', typed: ['directly', 'direct', 'once', 'on'] }],
      off: 'Are asked first',
    },
    value: (directly) => (directly ? 'join at once' : 'are asked first'),
    means: (directly) =>
      directly
        ? 'Whoever is in another workspace of the company and is invited here joins at once, and is told.'
        : 'Whoever is invited here is asked, and joins with a click.',
    hint: 'What becomes of an invitation to somebody who is in another workspace of the company.',
  },
  defaultRole: {
    typed: ['role', 'roles'],
    label: "Newcomers' role",
    input: {
      input: 'choice',
      options: [
        { value: 'member', label: 'Member', typed: ['members'] },
        { value: 'admin', label: 'Admin', typed: ['admins'] },
      ],
    },
    value: (role = 'member') => role,
    means: (role = 'member') =>
      role === 'admin'
        ? 'Whoever is invited without a role becomes an admin. A member who asks for somebody still asks for a member.'
        : 'Whoever is invited without a role becomes a member.',
    hint: 'Of invitations that name none.',
  },
  defaultLicence: {
    typed: ['licence', 'license', 'licences', 'licenses'],
    label: "Newcomers' licence",
    input: {
      input: 'choice',
      options: [
        { value: 'standard', label: 'Standard' },
        { value: 'pro', label: 'Pro' },
      ],
    },
    value: (licence = 'standard') => licence,
    means: (licence = 'standard') => `Whoever is invited without a licence gets a ${licence} seat.`,
    hint: 'Of invitations that name none.',
  },
};
