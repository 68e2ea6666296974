// `npm run test:browser`: the stories of test/browser in a real Chromium.
import { runWithChromium } from './with-chromium.js';

const jest = ['--import', 'tsx', '--import', './test/runner/register.js', 'node_modules/jest/bin/jest.js'];
runWithChromium([...jest, ...process.argv.slice(2)], { JEST_SUITE: 'browser' });
