import { z } from 'zod';
import { MOST } from '../meetings/meeting.js';
import { id, label, moment, stored } from './schemas.js';

/** Text of several lines, without other control characters. */
const words = (most: number) =>
  z
    .string()
    .min(1)
    .max(most)
    .regex(/^[^\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]*$/, 'has control characters');

const person = z.string().min(3).max(254).meta({
  description: 'An e-mail address that Slack or Teams vouches for, or a chat account like `slack:T02:U0OLIVIA`',
  example: 'olivia@acme.com',
});

const link = z
  .url({ protocol: /^https?$/, message: 'must be an http or https address' })
  .max(MOST.link)
  .meta({ description: 'Where the recording is', example: 'https://recorder.example/m/42' });

/** It stands in an address. */
const meetingId = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._~-]{0,127}$/, 'must be 1 to 128 letters, digits, dots, dashes, tildes or underscores')
  .meta({ description: 'Your id of the meeting: it counts once, for ever', example: 'rec-2026-11-16-42' });

export const meetingPath = z.strictObject({ meeting: id });

export const meetingBody = z
  .strictObject({
    id: meetingId,
    title: label.max(MOST.title).regex(/\S/, 'has nothing to read'),
    startsAt: moment,
    endsAt: moment.optional(),
    host: person,
    collaborators: z.array(person).max(MOST.collaborators).optional(),
    highlights: z.array(words(MOST.highlight)).max(MOST.highlights).optional(),
    notes: words(MOST.notes).optional(),
    link: link.optional(),
    channel: label.optional().meta({
      description:
        "The name of one of the workspace's own channels, where the host is in it: it is shared there. Left out: what the workspace's policy says",
    }),
  })
  .meta({ id: 'NewMeeting' });

const named = z.strictObject({ name: z.string() });

const meeting = z
  .strictObject({
    id: z.string(),
    title: z.string(),
    startsAt: stored,
    endsAt: stored.optional(),
    host: named,
    collaborators: z.array(named),
    highlights: z.array(z.string()),
    notes: z.string().optional(),
    link: z.string().optional(),
    readBy: z.enum(['people', 'channels', 'everybody']).meta({
      description: 'Its people alone, those of the channels it is shared to as well, or everybody in the workspace',
    }),
    createdAt: stored,
  })
  .meta({ id: 'Meeting', description: 'As it is now: its host and collaborators may have changed it' });

export const meetingAnswer = meeting;

export const meetingRecorded = z
  .strictObject({
    status: z.enum(['accepted', 'duplicate']).meta({ description: 'duplicate: kept before, under this id' }),
    meeting,
  })
  .meta({ id: 'MeetingRecorded' });
