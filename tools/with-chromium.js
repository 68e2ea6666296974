// Finds a Chromium and runs a program of this repository with it.
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

function findChromium() {
  const folders = (process.env.PATH ?? '').split(delimiter);
  const onPath = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
  return [process.env.CHROME_PATH, ...onPath].filter(Boolean).find(isExecutable);
}

/** Runs Node with these arguments and CHROME_PATH set, and ends as it ends; without a Chromium says how to get one. */
export function runWithChromium(args, env = {}) {
  const chrome = findChromium();
  if (!chrome) {
    console.error(
      `No Chromium found: CHROME_PATH is ${process.env.CHROME_PATH ? 'no program' : 'not set'}, and none of`,
    );
    console.error(`${NAMES.join(', ')} is on PATH. On Debian and Ubuntu: apt-get install chromium`);
    process.exit(1);
  }
  const run = spawn(process.execPath, args, {
    stdio: 'inherit',
    env: { ...process.env, ...env, CHROME_PATH: chrome },
  });
  run.on('close', (code) => process.exit(code ?? 1));
}
