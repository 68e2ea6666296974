import express, { type Router } from 'express';
import type { Account, Invitation, Workspace } from '../workspace/entities.js';
import { joinCodeOf } from '../workspace/invitation-token.js';
import { invitationByToken } from '../workspace/invitation-links.js';
import { getPerson } from '../workspace/people.js';
import { html } from './html.js';
import { messagePage, type Page, sendPage } from './page.js';

const ROLE_WORDS: Readonly<Record<Invitation['role'], string>> = {
  member: 'member',
  admin: 'admin',
  owner: 'owner',
  primaryOwner: 'primary owner',
};

/**
 * GET /invite/:token, from an e-mailed invitation. Opening it changes nothing, so a mail scanner spends nothing.
 * Who has the link and a chat account types the code there: that ties the invitation to the person, never the
 * address alone.
 */
export function invitePages(): Router {
  const pages = express.Router();
  pages.get('/invite/:token', async (request, response) => {
    const { token } = request.params;
    const found = await invitationByToken(token);
    sendPage(response, found ? await invitationPage(found, token) : unknownPage());
  });
  return pages;
}

interface Found {
  invitation: Invitation;
  workspace: Workspace;
  account: Account;
}

async function invitationPage(found: Found, token: string): Promise<Page> {
  const { invitation, workspace, account } = found;
  const state = invitation.state === 'open' && invitation.expiresAt <= new Date() ? 'expired' : invitation.state;
  switch (state) {
    case 'open': {
      const inviter = await getPerson(account.id, invitation.invitedBy);
      return openPage(found, inviter?.name ?? account.name, joinCodeOf(token));
    }
    case 'accepted':
      return messagePage({
        sign: 'good',
        title: 'This invitation has been used',
        says: [
          html`You are in ${workspace.name} already, if it was you: type <code>/workspace</code> in the chat. If it was not, tell the person who invited you.`,
        ],
      });
    case 'revoked':
      return messagePage({ status: 410, sign: 'warning', title: 'This invitation was taken back', says: [ASK] });
    case 'expired':
      return messagePage({ status: 410, sign: 'warning', title: 'This invitation has expired', says: [ASK] });
  }
}

const ASK = html`Ask the person who invited you to send a new one: it takes them one command.`;

function openPage({ invitation, workspace, account }: Found, inviter: string, code: string): Page {
  const until = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: account.timeZone }).format(
    invitation.expiresAt,
  );
  const body = html`<h1>${inviter} invites you to ${workspace.name}</h1>
<dl>
<dt>Company</dt><dd>${account.name}</dd>
<dt>Workspace</dt><dd>${workspace.name}</dd>
<dt>Your role</dt><dd>${ROLE_WORDS[invitation.role]}</dd>
<dt>Valid until</dt><dd>${until}</dd>
</dl>
<p>You join in ${account.name}'s Slack or Teams, so that we know it is you. Copy this line, send it there, and you are in:</p>
<p class="soft">In Slack, in any channel</p>
<code class="typed">/workspace join ${code}</code>
<p class="soft">In Teams, in a chat with the Workspace app</p>
<code class="typed">@Workspace join ${code}</code>
<p class="soft">The code works once, for one person: keep it to yourself. No chat account there yet? Ask ${inviter} to have you added to ${account.name}'s Slack or Teams; the invitation waits until ${until}.</p>`;
  return { title: `Join ${workspace.name}`, body };
}

function unknownPage(): Page {
  return messagePage({
    status: 404,
    sign: 'warning',
    title: 'This invitation is not known',
    says: [html`The link may have been cut off: open it from the mail once more.`, ASK],
  });
}
