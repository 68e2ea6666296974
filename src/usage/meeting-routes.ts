import type { Router } from 'express';
import type { Meeting } from '../meetings/meeting.js';
import { answer } from './answer.js';
import type { Door } from './caller.js';
import { keepMeeting, readMeeting } from './meeting-records.js';
import { type meetingAnswer, meetingBody, meetingPath, type meetingRecorded } from './meeting-schemas.js';
import { parseOr400 } from './problem.js';

/** What a new meeting sets off. */
export interface MeetingNews {
  /** Runs in the transaction that keeps it, perhaps more than once: what it writes stands if the meeting does. */
  tell(meeting: Meeting): Promise<void>;
  /** Afterwards: something was written that people are to be told of. */
  told(): void;
}

/** Keeping what a recorder sends, and reading it again. */
export function meetingRoutes(routes: Router, door: Door, news: MeetingNews): void {
  routes.post(
    '/meetings',
    door('meetings:write', async ({ workspace, key, response, body, at }) => {
      const kept = await keepMeeting({ workspace, key, at, tell: news.tell }, parseOr400(meetingBody, await body()));
      news.told();
      answer<typeof meetingRecorded>(response, kept);
    }),
  );

  routes.get(
    '/meetings/:meeting',
    door('meetings:write', async ({ workspace, request, response }) => {
      const { meeting } = parseOr400(meetingPath, { meeting: request.params['meeting'] });
      answer<typeof meetingAnswer>(response, await readMeeting(workspace, meeting));
    }),
  );
}
