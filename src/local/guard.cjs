// Runs one program, and ends it when whoever asked for it is gone, however it went: `node guard.cjs PROGRAM ARGS...`
const { spawn } = require('node:child_process');

const KILL_AFTER_MS = 6_000;
const [program, ...args] = process.argv.slice(2);
const child = spawn(program, args, { stdio: ['ignore', 'inherit', 'inherit'] });

child.on('error', (error) => {
  console.error(error.message);
  process.exit(1);
});
child.on('exit', (code) => process.exit(code ?? 1));

function end() {
  child.kill('SIGTERM');
  setTimeout(() => child.kill('SIGKILL'), KILL_AFTER_MS).unref();
}

process.on('disconnect', end);
process.on('SIGTERM', end);
