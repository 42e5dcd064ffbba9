import type { Terminal } from '../compose/command.js';
import { openDatabase } from '../compose/records.js';
import { readRecordsConfig } from '../config/config.js';
import { StartupError } from '../errors.js';
import { periodOf } from '../cli/options.js';
import { reportAsText } from '../cli/report.js';
import { auditEvents } from '../records/audit-events.js';
import { DatabaseError, type Database } from '../records/database.types.js';
import { readReport } from '../records/report.js';

/** `stepwise-cds report`: what happened in a period, from the records that the settings name. @throws StartupError */
export function report(words: readonly string[], terminal: Terminal): Promise<number> {
  const period = periodOf(words, terminal.ambient.date());
  return withRecords(terminal, async (database) => {
    const read = await readReport(database, period);
    terminal.print(words.includes('--json') ? `${JSON.stringify(read, null, 2)}\n` : reportAsText(read));
    return 0;
  });
}

/** `stepwise-cds audit`: the decisions of a period as FHIR R4 AuditEvents, JSON Lines. @throws StartupError */
export function audit(words: readonly string[], terminal: Terminal): Promise<number> {
  const period = periodOf(words, terminal.ambient.date());
  return withRecords(terminal, async (database) => {
    for await (const events of auditEvents(database, period))
      for (const event of events) terminal.print(`${JSON.stringify(event)}\n`);
    return 0;
  });
}

async function withRecords<T>(
  { environment, platform }: Terminal,
  work: (database: Database) => Promise<T>,
): Promise<T> {
  let database: Database | undefined;
  try {
    database = await openDatabase(readRecordsConfig(environment), platform);
    return await work(database);
  } catch (thrown) {
    throw thrown instanceof DatabaseError ? new StartupError('records', adviceOn(thrown)) : thrown;
  } finally {
    await database?.close();
  }
}

/** SQLSTATEs of a table or a column that is not there. */
const NOT_MIGRATED: readonly string[] = ['42P01', '42703'];

function adviceOn({ code }: DatabaseError): string {
  if (code === 'in-use')
    return 'the embedded database is open in a running service: stop it, or look at its page /operator';
  if (NOT_MIGRATED.includes(code))
    return 'the database holds no records of this version: start the service once';
  return `the database cannot be read (${code})`;
}
