import { createKeyForm, findKeyForm } from '../../src/cards/dev/key-form.js';
import { KEY_USES } from '../../src/commands/dev-access.js';
import type { Card, Form } from '../../src/cards/card.js';
import { keyChangeCard, keyMadeCard, keysCard } from '../../src/cards/dev/key-cards.js';

const about = { id: 'ws_1', name: 'Marketing', currency: 'GBP', balanceMinor: 11_840 };
const zone = 'Europe/London';

/** API keys. */
export const KEY_SAMPLES: readonly Card[] = [
  keysCard({
    about,
    zone,
    keys: [
      {
        id: 'k1',
        name: 'Engine',
        scopes: ['usage:write'],
        createdAt: '2026-11-02T09:00:00.000Z',
        createdBy: 'Adam',
        lastUsedAt: '2026-11-16T09:00:00.000Z',
        formerUntil: '2026-11-17T09:00:00.000Z',
        over: false,
        rotations: 1,
      },
      {
        id: 'k2',
        name: 'Old script',
        scopes: ['balance:read', 'entries:read'],
        createdAt: '2026-10-02T09:00:00.000Z',
        expiresAt: '2026-11-01T09:00:00.000Z',
        over: true,
        rotations: 0,
      },
    ],
    offset: 0,
    pageSize: 2,
    total: 3,
  }),
  keysCard({ about, zone, keys: [], search: 'spring', offset: 0, pageSize: 10, total: 0 }),
  keyChangeCard({ about, what: 'rotate', key: { id: 'k1', name: 'Engine', rotations: 1 }, overlapHours: 24 }),
  keyChangeCard({ about, what: 'revoke', key: { id: 'k1', name: 'Engine', rotations: 1 }, overlapHours: 24 }),
  keyMadeCard({
    about,
    zone,
    name: 'Engine',
    scopes: ['usage:write', 'balance:read'],
    url: 'https://bot.test/secret/1',
    expiresAt: '2027-02-14T09:00:00.000Z',
  }),
  keyMadeCard({
    about,
    zone,
    name: 'Engine',
    scopes: ['usage:write'],
    url: 'https://bot.test/secret/1',
    formerUntil: '2026-11-17T09:00:00.000Z',
  }),
];

export const KEY_FORMS: readonly Form[] = [createKeyForm({ about, uses: KEY_USES }), findKeyForm(about)];
