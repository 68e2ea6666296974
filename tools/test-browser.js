// `npm run test:browser`: finds a Chromium, then runs the stories of test/browser in it.
import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

const folders = (process.env.PATH ?? '').split(delimiter);
const onPath = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
const chrome = [process.env.CHROME_PATH, ...onPath].filter(Boolean).find(isExecutable);
if (!chrome) {
  console.error(`No Chromium found: CHROME_PATH is ${process.env.CHROME_PATH ? 'no program' : 'not set'}, and none of`);
  console.error(`${NAMES.join(', ')} is on PATH. On Debian and Ubuntu: apt-get install chromium`);
  process.exit(1);
}

const jest = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', 'node_modules/jest/bin/jest.js'];
const run = spawn(process.execPath, [...jest, ...process.argv.slice(2)], {
  stdio: 'inherit',
  env: { ...process.env, JEST_SUITE: 'browser', CHROME_PATH: chrome },
});
run.on('close', (code) => process.exit(code ?? 1));
