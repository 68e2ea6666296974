/** `npm run bench -- NAME [--json] [--quick]`: measures, and prints one JSON object on the last line. */
import { parseArgs } from 'node:util';
import { benchAck } from './ack.js';
import { benchForecast } from './forecast.js';
import { benchGrowth } from './growth/growth.js';
import { benchLedger } from './ledger/ledger.js';
import { benchSweeps } from './sweeps/sweeps.js';

type Bench = (options: { quick: boolean }) => Promise<object>;

const BENCHES: Readonly<Record<string, Bench>> = {
  ack: benchAck,
  forecast: benchForecast,
  growth: benchGrowth,
  ledger: benchLedger,
  sweeps: benchSweeps,
};

const { values, positionals } = parseArgs({
  options: { json: { type: 'boolean', default: false }, quick: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const [name = ''] = positionals;
const bench = BENCHES[name];
if (!bench) {
  console.error(
    `${name ? `There is no bench called ${name}` : 'Which bench?'}. There are: ${Object.keys(BENCHES).join(', ')}`,
  );
  process.exit(1);
}
if (values.json) console.log = () => undefined;
const result = JSON.stringify(await bench({ quick: values.quick }));
process.stdout.write(`${result}\n`);
process.exit(0);
