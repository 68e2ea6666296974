import type { Thresholds } from '../../ledger/entry.js';
import { formatMoney } from '../../money.js';
import type { Card } from '../card.js';
import { type About, buttons, footOf, press, subtle, text } from '../parts.js';

/** Private: when a workspace warns. */
export function alertsCard(to: { about: About; thresholds: Thresholds; changed: boolean; mayChange: boolean }): Card {
  const { about, thresholds } = to;
  const low = [
    ...(thresholds.lowPercent === undefined ? [] : [`${thresholds.lowPercent} % of the balance after the last credit`]),
    ...(thresholds.lowMinor === undefined ? [] : [formatMoney(thresholds.lowMinor, about.currency)]),
  ];
  const words =
    low.length > 0 ? `${about.name} warns under ${low.join(' or ')}` : `${about.name} warns only when it is empty`;
  const critical = thresholds.criticalPercent === undefined ? '' : `, and again under ${thresholds.criticalPercent} %`;
  return {
    name: 'alerts',
    ...(to.changed && { heading: { text: 'Saved', mood: 'good' as const } }),
    parts: [
      text(`${words}${critical}.`),
      ...(to.mayChange
        ? buttons(press('Change', 'alerts', { change: true }, { workspace: about.id }))
        : [subtle('Owners and admins change this.')]),
    ],
    ...footOf(about),
  };
}
