import type { Platform } from '../../workspace/identity.js';
import { listOf } from '../parts.js';
import { PLATFORM_NAMES } from '../platform-names.js';

/** `fresh`: they were not in it before. */
export function peopleAdded(names: readonly string[], room: string, fresh: boolean): string {
  const are = names.length === 1 ? 'is' : 'are';
  return `${listOf(names)} ${are} in ${room} ${fresh ? 'now' : 'already'}.`;
}

export const personRemoved = (name: string, room: string): string => `${name} is no longer in ${room}.`;

export const personNotIn = (name: string, room: string): string => `${name} is not in ${room}.`;

export const managerMade = (name: string, room: string): string => `${name} manages ${room} now.`;

export const managerEnded = (name: string, room: string): string => `${name} no longer manages ${room}.`;

export const roomJoined = (room: string): string => `You are in ${room}.`;

export function roomCreated(room: string, kind: 'public' | 'private', workspaceName: string): string {
  const readers = kind === 'public' ? `Everybody in ${workspaceName} reads it` : 'Only those you add read it';
  return `${room} is there, and you manage it. ${readers}.`;
}

export const roomRenamed = (before: string, after: string): string => `${before} is called ${after} now.`;

export const roomArchived = (room: string): string => `${room} is archived. What was shared there can still be read.`;

export const roomRestored = (room: string): string => `${room} is back.`;

export const chatChannelIn = (name: string, platform: Platform): string => `#${name} in ${PLATFORM_NAMES[platform]}`;
