import express, { type Router } from 'express';
import type { Sandbox } from '../../payments/sandbox/sandbox.js';
import { controlPages } from './control-page.js';
import { payPages } from './pay-page.js';
import { portalPages } from './portal-page.js';
import { receiptPages } from './receipt-page.js';

/** Every page of the sandbox provider, for local mode and tests. */
export function sandboxPages(sandbox: Sandbox): Router {
  const pages = express.Router();
  pages.use(payPages(sandbox), portalPages(sandbox), receiptPages(sandbox), controlPages(sandbox));
  return pages;
}
