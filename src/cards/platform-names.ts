import type { Platform } from '../workspace/identity.js';

export const PLATFORM_NAMES: Readonly<Record<Platform, string>> = { slack: 'Slack', teams: 'Teams' };
