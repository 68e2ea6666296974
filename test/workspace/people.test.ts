import { describe, expect, test } from '@jest/globals';
import { directIdentity, ensurePerson, identitiesOf, peopleByIds, personByEmail } from '../../src/workspace/people.js';
import { recognise } from '../../src/workspace/recognise.js';
import { useDatabase } from '../support/database.js';
import { AT, minutesLater, openCompany, profileOf, refusalOf } from './company.js';

useDatabase();

const neverAsked = (): Promise<never> => Promise.reject(new Error('the platform was asked'));

describe('recognising a sender', () => {
  test('makes a person at first sight, asks the platform once a day', async () => {
    const { account, identity } = await openCompany();
    const mia = { account, identity: identity('Mia') };
    const first = await recognise({ ...mia, at: AT, profile: async () => profileOf('Mia') });
    expect(first).toMatchObject({ person: { name: 'Mia', email: 'mia@acme.com' }, standing: 'full' });

    const later = await recognise({ ...mia, at: minutesLater(23 * 60), profile: neverAsked });
    expect(later.person.id).toBe(first.person.id);

    const nextDay = await recognise({ ...mia, at: minutesLater(25 * 60), profile: async () => profileOf('Mia Smith') });
    expect(nextDay.person).toMatchObject({ id: first.person.id, name: 'Mia Smith' });
  });

  test('twenty deliveries at once make one person', async () => {
    const { account, identity } = await openCompany();
    const seen = await Promise.all(
      Array.from({ length: 20 }, () =>
        recognise({ account, identity: identity('Max'), at: AT, profile: async () => profileOf('Max') }),
      ),
    );
    expect(new Set(seen.map(({ person }) => person.id)).size).toBe(1);
  });

  test('tells a guest from a full member', async () => {
    const { account, identity } = await openCompany();
    const profile = async () => profileOf('Gus', { standing: 'guest' });
    expect(await recognise({ account, identity: identity('Gus'), at: AT, profile })).toMatchObject({
      standing: 'guest',
    });
    const again = await recognise({ account, identity: identity('Gus'), at: AT, profile: neverAsked });
    expect(again.standing).toBe('guest');
  });

  test('refuses the same user id from a tenant that is not the account’s', async () => {
    const { account, identity } = await openCompany();
    const stranger = { ...identity('Olivia'), tenant: 'T-ELSEWHERE' };
    expect(await refusalOf(recognise({ account, identity: stranger, at: AT, profile: neverAsked }))).toEqual({
      kind: 'outsider',
      accountName: 'Acme',
      who: 'otherTenant',
      ownerName: 'Olivia',
    });
  });

  test('refuses whom the platform itself does not know', async () => {
    const { account, identity } = await openCompany();
    const profile = async () => undefined;
    expect(await refusalOf(recognise({ account, identity: identity('Ghost'), at: AT, profile }))).toMatchObject({
      kind: 'outsider',
    });
  });

  test('remembers where the person was last active: private messages go there', async () => {
    const { account, olivia, identity } = await openCompany();
    const profile = async () => profileOf('Olivia');
    await recognise({ account, identity: identity('Olivia', 'teams'), at: AT, profile });
    expect(await directIdentity(account.id, olivia.id)).toEqual(identity('Olivia', 'teams'));
    await recognise({ account, identity: identity('Olivia'), at: AT, profile });
    expect(await directIdentity(account.id, olivia.id)).toEqual(identity('Olivia'));
  });

  test('a private message avoids a deactivated identity', async () => {
    const { account, olivia, identity } = await openCompany();
    const profile = async () => profileOf('Olivia', { standing: 'deactivated' });
    await recognise({ account, identity: identity('Olivia', 'teams'), at: AT, profile });
    expect(await directIdentity(account.id, olivia.id)).toEqual(identity('Olivia'));
  });
});

test('somebody is found by an address the platform vouches for, in any case, and by no other', async () => {
  const { account, person } = await openCompany();
  const nina = await person('Nina');
  await person('Fake', { email: 'ceo@acme.com', emailVerified: false });
  expect((await personByEmail(account.id, 'NINA@acme.com'))?.id).toBe(nina.id);
  expect(await personByEmail(account.id, 'ceo@acme.com')).toBeUndefined();
});

test('a person of another account is not reached from this one', async () => {
  const [here, there] = [await openCompany(), await openCompany()];
  const theirs = await there.person('Ann');
  expect((await peopleByIds(here.account.id, [theirs.id])).size).toBe(0);
  expect(await identitiesOf(here.account.id, theirs.id)).toEqual([]);
  expect(await refusalOf(ensurePerson(here.account, there.identity('Ann'), profileOf('Ann'), AT))).toEqual({
    kind: 'otherAccount',
    name: 'Ann',
  });
});
