/** The composed service on Postgres. */
import { openPostgres } from '../../src/records/postgres.js';
import { describeMuting } from '../records/muting-contract.js';
import { describeTrust } from '../records/trust-contract.js';
import { newDatabase } from './databases.js';

describeTrust('Postgres', async () => {
  const url = await newDatabase('trust');
  return { settings: { DATABASE_URL: url }, open: () => Promise.resolve(openPostgres(url)) };
});
describeMuting('Postgres', async () => ({ DATABASE_URL: await newDatabase('muting') }));
