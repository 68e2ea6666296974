import type { Role, WorkspaceId } from '../../workspace/entities.js';
import type { Part } from '../card.js';
import { invitationButtons } from '../parts.js';
import { roleName } from '../role-words.js';

/** Somebody who is invited and has not come yet. */
export interface InvitedLine {
  id: string;
  name: string;
  role: Role;
  until: string;
}

/** The newest first. */
export interface InvitedPage {
  lines: readonly InvitedLine[];
  /** Of all pages. */
  total: number;
}

/** Each with what can be done about it. */
export function invitedList(lines: readonly InvitedLine[], workspace: WorkspaceId, zone: string): Part {
  return {
    part: 'list',
    items: lines.map(({ id, name, role, until }) => ({
      title: [name],
      detail: [`${roleName(role)} · until `, { time: until, show: 'date' as const, zone }],
      buttons: invitationButtons(id, workspace),
    })),
  };
}
