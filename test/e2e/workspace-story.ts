import type { EitherChat } from './either-chat.js';
import { type AcmeInChat, useAcme } from './acme-in-chat.js';
import { arrivalSteps } from './arrival-steps.js';
import { ownerSteps } from './owner-steps.js';
import { requestSteps } from './request-steps.js';
import { roomSteps } from './room-steps.js';
import { standingSteps } from './standing-steps.js';

/** How people run a workspace together in a chat, from the first invitation to handing it over. */
export function workspaceStory(openChat: () => Promise<EitherChat>): AcmeInChat {
  const acme = useAcme(openChat);
  arrivalSteps(acme);
  requestSteps(acme);
  roomSteps(acme);
  standingSteps(acme);
  ownerSteps(acme);
  return acme;
}
