import { parseArgs } from 'node:util';
import { IANAZone } from 'luxon';
import { accountReadyCard } from '../cards/workspaces/workspace-cards.js';
import { isLocale } from '../money.js';
import { inTransaction } from '../mongo.js';
import { enqueue } from '../notices/outbox/outbox.js';
import { disableAccount, enableAccount, listAccounts } from '../workspace/accounts.js';
import { type Plan, PLANS } from '../workspace/entities.js';
import type { Subcommand } from './subcommand.js';
import { UsageFault } from './usage-fault.js';

/** Switches workspaces on for a company; typed again it changes nothing. The owner is told in the chat. */
export const enable: Subcommand = {
  name: 'enable',
  usage:
    'enable slack:TEAM|teams:TENANT --name NAME --owner USER [--currency GBP] [--plan teams] [--time-zone Europe/London] [--locale en-GB] [--strict-single] [--account ID]',
  read(args) {
    const { values, positionals } = parsed(args);
    const tenant = tenantOf(positionals);
    const { account, currency, 'time-zone': timeZone, plan, locale, 'strict-single': strictSingle } = values;
    if (!values.name) throw new UsageFault('--name is missing: what the company is called.');
    if (!values.owner) throw new UsageFault('--owner is missing: the user id of the account owner.');
    const named = { name: values.name, tenant, ownerUser: values.owner };
    const usual = { currency: currencyOf(currency), plan: planOf(plan), timeZone: zoneOf(timeZone) };
    const terms = { ...usual, ...(locale && { locale: localeOf(locale) }), ...(strictSingle && { strictSingle }) };
    return async (at) => {
      const enabled = await inTransaction(async () => {
        const result = await enableAccount({ ...named, ...terms, ...(account && { account }), at });
        if (result.fresh) {
          const card = accountReadyCard(result.account.name);
          await enqueue([
            { id: `enabled:${tenant}`, account: result.account.id, to: { person: result.owner.id }, card },
          ]);
        }
        return result;
      });
      const { id, name } = enabled.account;
      const how = enabled.fresh ? 'is enabled now' : 'was enabled already';
      return { done: true, lines: [`${name} (${id}) ${how} for ${tenant}.`] };
    };
  },
};

/** Refuses every command of the company's people from now on; nothing is deleted. */
export const disable: Subcommand = {
  name: 'disable',
  usage: 'disable slack:TEAM|teams:TENANT',
  read(args) {
    const tenant = tenantOf(parsed(args).positionals);
    return async (at) => {
      const { name, id } = await disableAccount({ tenant, at });
      return { done: true, lines: [`${name} (${id}) is disabled.`] };
    };
  },
};

export const accounts: Subcommand = {
  name: 'accounts',
  usage: 'accounts',
  read(args) {
    if (args.length > 0) throw new UsageFault('accounts takes nothing more.');
    return async () => {
      const all = await listAccounts();
      const lines = all.map(({ id, name, status, plan, tenants }) => [id, name, status, plan, ...tenants].join('  '));
      return { done: true, lines: all.length > 0 ? lines : ['No account is enabled yet.'] };
    };
  },
};

function parsed(args: readonly string[]) {
  const text = { type: 'string' } as const;
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        name: text,
        owner: text,
        currency: text,
        plan: text,
        'time-zone': text,
        locale: text,
        'strict-single': { type: 'boolean' },
        account: text,
      },
    });
  } catch (error) {
    throw new UsageFault(error instanceof Error ? error.message : String(error));
  }
}

function tenantOf(positionals: readonly string[]): string {
  const [tenant, ...rest] = positionals;
  if (!tenant || rest.length > 0) throw new UsageFault('One tenant is needed.');
  if (!/^(slack|teams):[^:\s]+$/.test(tenant)) throw new UsageFault('The tenant is typed slack:TEAM or teams:TENANT.');
  return tenant;
}

function currencyOf(typed = 'GBP'): string {
  const currency = typed.toUpperCase();
  if (!Intl.supportedValuesOf('currency').includes(currency)) throw new UsageFault('--currency is an ISO code: GBP.');
  return currency;
}

function planOf(typed = 'teams'): Plan {
  const plan = PLANS.find((candidate) => candidate === typed);
  if (!plan) throw new UsageFault(`--plan is one of ${PLANS.join(', ')}.`);
  return plan;
}

function localeOf(typed: string): string {
  if (!isLocale(typed)) throw new UsageFault('--locale is a language and a country: en-GB.');
  return typed;
}

function zoneOf(typed = 'Europe/London'): string {
  if (!IANAZone.isValidZone(typed)) throw new UsageFault('--time-zone is an IANA zone: Europe/London.');
  return typed;
}
