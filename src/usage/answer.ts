import type { Response } from 'express';
import type { z } from 'zod';

/** Sends what the published schema says. */
export function answer<S extends z.ZodType>(response: Response, body: z.output<S>): void {
  response.json(body);
}
