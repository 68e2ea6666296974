import { MongoClient } from 'mongodb';
import { verifyLedger } from '../../src/ledger/verify.js';

/** Verifies the database of the address given and says what came of it: started by a test with little memory. */
const client = await MongoClient.connect(process.argv[2]!);
const { entries, findings } = await verifyLedger(client.db());
console.log(JSON.stringify({ entries, findings: findings.length }));
await client.close();
