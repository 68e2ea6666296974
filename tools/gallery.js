// `npm run gallery`: pictures of every card in both chat clients, into dist/gallery.
import { runWithChromium } from './with-chromium.js';

runWithChromium(['--import', 'tsx', 'test/gallery/main.ts', ...process.argv.slice(2)]);
