import { count } from '../parts.js';

export const SETTLED_ALREADY = 'That one is settled already.';

export const NOTICE_SENT_AGAIN = 'On its way again.';

export const NOTICE_ARRIVED = 'Good, noted.';

export const noticesSentAgain = (notices: number): string => `On their way again: ${count(notices, 'notice')}.`;
