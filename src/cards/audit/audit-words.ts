import type { AuditAction } from '../../workspace/audit-actions.js';
import { peopleAuditWords } from './audit-people-words.js';
import { roomAuditWords } from './audit-room-words.js';
import { ruleAuditWords } from './audit-rule-words.js';
import type { AuditTold } from './audit-wording.js';
import { workAuditWords } from './audit-work-words.js';

/** Every line of the audit trail in words, behind the name of who did it. */
export const AUDIT_WORDS: { readonly [A in AuditAction]: (told: AuditTold) => string } = {
  ...peopleAuditWords,
  ...roomAuditWords,
  ...workAuditWords,
  ...ruleAuditWords,
};
