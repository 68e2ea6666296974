import type { ZodOpenApiOperationObject, ZodOpenApiPathsObject } from 'zod-openapi';
import { meetingAnswer, meetingBody, meetingPath, meetingRecorded } from './meeting-schemas.js';
import { READING, responses, WRITING } from './openapi-responses.js';

const ID = 'rec-2026-11-16-42';
const STARTS = '2026-11-16T14:00:00.000Z';
const ENDS = '2026-11-16T14:30:00.000Z';

const content = {
  id: ID,
  title: 'Weekly sync',
  startsAt: STARTS,
  endsAt: ENDS,
  highlights: ['The spring sale starts on 1 March'],
  link: 'https://recorder.example/m/42',
};

const kept = {
  ...content,
  host: { name: 'Olivia' },
  collaborators: [{ name: 'Adam' }],
  readBy: 'people',
  createdAt: '2026-11-16T14:31:00.000Z',
};

const recordMeeting: ZodOpenApiOperationObject = {
  operationId: 'recordMeeting',
  summary: 'Keep the record of a meeting',
  description:
    "Its host is told, and decides who reads it; from the beginning that is what the workspace's policy says. An `id` counts once, for ever, also when its meeting is deleted. Needs the scope `meetings:write`.",
  requestBody: {
    required: true,
    content: {
      'application/json': {
        schema: meetingBody,
        example: { ...content, host: 'olivia@acme.com', collaborators: ['adam@acme.com'] },
      },
    },
  },
  responses: responses(
    { schema: meetingRecorded, description: 'It is kept', example: { status: 'accepted', meeting: kept } },
    [...WRITING, '409'],
  ),
};

const readMeeting: ZodOpenApiOperationObject = {
  operationId: 'readMeeting',
  summary: 'A meeting that was recorded, as it is now',
  description: 'By the id it was recorded under. Needs the scope `meetings:write`.',
  requestParams: { path: meetingPath },
  responses: responses({ schema: meetingAnswer, description: 'The meeting', example: kept }, [...READING, '404']),
};

/** The routes of meetings. */
export const MEETING_OPERATIONS: ZodOpenApiPathsObject = {
  '/meetings': { post: recordMeeting },
  '/meetings/{meeting}': { get: readMeeting },
};
