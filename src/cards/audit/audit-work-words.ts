import { also, type AuditWords } from './audit-wording.js';

const contacts = (said: (part: string) => string) => said('contacts') && `${said('contacts')} contacts`;

/** Resources, API keys and webhooks. */
export const workAuditWords: AuditWords<
  'contactList' | 'template' | 'campaign' | 'report' | 'key' | 'webhook' | 'notice'
> = {
  'contactList.imported': ({ said }) => also(`imported the contact list ${said('name')}`, ' with ', contacts(said)),
  'contactList.extended': ({ said }) => `added ${contacts(said) || 'contacts'} to the contact list ${said('name')}`,
  'contactList.renamed': ({ said }) => also(`renamed the contact list ${said('from')}`, ' to ', said('name')),
  'contactList.contactRemoved': ({ said }) => `took a contact out of the contact list ${said('name')}`,
  'contactList.archived': ({ said }) => `archived the contact list ${said('name')}`,
  'contactList.restored': ({ said }) => `brought the contact list ${said('name')} back`,
  'contactList.exported': ({ said }) => `took the file of the contact list ${said('name')}`,
  'template.created': ({ said }) => `wrote the template ${said('name')}`,
  'template.changed': ({ said }) => `changed the template ${said('name')}`,
  'template.archived': ({ said }) => `archived the template ${said('name')}`,
  'template.restored': ({ said }) => `brought the template ${said('name')} back`,
  'campaign.created': ({ said }) => `drafted the campaign ${said('name')}`,
  'campaign.changed': ({ said }) => `changed the campaign ${said('name')}`,
  'campaign.archived': ({ said }) => `archived the campaign ${said('name')}`,
  'campaign.restored': ({ said }) => `brought the campaign ${said('name')} back`,
  'campaign.started': ({ said, money }) =>
    also(`started the campaign ${said('name')}`, ' with ', money('estimateMinor')),
  'campaign.ended': ({ said, money }) =>
    also(`ended the campaign ${said('name')}`, ' after it spent ', money('spentMinor')),
  'campaign.handedOver': ({ whom, said }) => `handed the campaign ${said('name')} over to ${whom}`,
  'report.saved': ({ said }) => `saved the report ${said('name')}`,
  'report.renamed': ({ said }) => also(`renamed the report ${said('from')}`, ' to ', said('name')),
  'report.archived': ({ said }) => `archived the report ${said('name')}`,
  'report.restored': ({ said }) => `brought the report ${said('name')} back`,
  'report.exported': () => 'took the file of a report',
  'report.summaryExported': ({ said }) => also('took the file of a summary', ' of ', said('period')),
  'key.created': ({ said, date }) => also(`made the API key ${said('name')}`, ' until ', date('until')),
  'key.rotated': ({ said }) => `gave the API key ${said('name')} a new secret`,
  'key.revoked': ({ said }) => `revoked the API key ${said('name')}`,
  'key.handedOver': ({ whom, said }) => `handed the API key ${said('name')} over to ${whom}`,
  'key.outlived': ({ said }) => `ended the API key ${said('name')}, which was older than ${said('days')} days`,
  'webhook.set': ({ said }) => `set the webhook to ${said('host')}`,
  'webhook.changed': ({ said }) => `moved the webhook to ${said('host')}`,
  'webhook.secretReplaced': () => 'gave the webhook a new secret',
  'webhook.turnedOn': () => 'turned the webhook on',
  'webhook.turnedOff': ({ said }) =>
    said('why') === 'byHand' ? 'turned the webhook off' : 'turned the webhook off, as it kept failing',
  'webhook.removed': ({ said }) => `removed the webhook to ${said('host')}`,
  'webhook.sentAgain': ({ said }) => `sent ${said('type') || 'what had failed'} to the webhook again`,
  'notice.sentAgain': () => 'sent a notice once more',
  'notice.settled': () => 'said that a notice arrived',
};
