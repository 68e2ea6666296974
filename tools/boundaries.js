// Import boundaries by dependency-cruiser. A tool that read no file finds no fault either,
// so the modules it read are compared with the files that are there.
import { execFile } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { promisify } from 'node:util';

const args = ['node_modules/dependency-cruiser/bin/dependency-cruise.mjs', 'src', '--output-type', 'json'];
const run = await promisify(execFile)(process.execPath, [...args, '--config', '.dependency-cruiser.cjs'], {
  maxBuffer: 64 * 1024 * 1024,
}).catch((failed) => failed);

let report;
try {
  report = JSON.parse(run.stdout);
} catch {
  console.error(run.stdout, run.stderr);
  process.exit(1);
}

for (const { rule, from, to } of report.summary.violations) {
  const why = report.summary.ruleSetUsed.forbidden.find(({ name }) => name === rule.name)?.comment;
  console.error(`${from} imports ${to}: ${rule.name}${why ? ` (${why})` : ''}`);
}

const present = (await readdir('src', { recursive: true })).filter((file) => file.endsWith('.ts'));
const read = report.modules.filter(({ source }) => source.startsWith('src/') && source.endsWith('.ts'));
if (present.length === 0 || read.length !== present.length) {
  console.error(
    `${read.length} modules read, ${present.length} files in src: the check saw something else than the code`,
  );
  process.exit(1);
}
console.log(`${read.length} modules, ${report.summary.violations.length} violations`);
process.exit(report.summary.violations.length === 0 ? 0 : 1);
