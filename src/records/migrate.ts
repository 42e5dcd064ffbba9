import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Database } from './database.types.js';

/** One numbered .sql file. */
export interface Migration {
  readonly name: string;
  readonly sql: string;
}

/** Any number that nobody else locks with. */
const LOCK = 7_264_772;

/** The migrations of a folder, in their order. */
export function readMigrations(folder: string): readonly Migration[] {
  const names = readdirSync(folder).filter((name) => /^\d{4}-[a-z-]+\.sql$/.test(name));
  return names.sort().map((name) => ({ name, sql: readFileSync(path.join(folder, name), 'utf8') }));
}

/**
 * Brings the database up to the last migration, in one transaction: replicas that start together wait for each
 * other, and each migration runs once. Migrations of a later version that has been here are left alone.
 *
 * @returns the names of those that ran now
 */
export function migrate(database: Database, migrations: readonly Migration[]): Promise<readonly string[]> {
  return database.transaction(async (query) => {
    await query('select pg_advisory_xact_lock($1)', [LOCK]);
    await query(
      'create table if not exists schema_migration (name text primary key, at timestamptz not null default now())',
    );
    const applied = new Set((await query('select name from schema_migration')).map(({ name }) => name));
    const missing = migrations.filter(({ name }) => !applied.has(name));
    for (const { name, sql } of missing) {
      await query(sql);
      await query('insert into schema_migration (name) values ($1)', [name]);
    }
    return missing.map(({ name }) => name);
  });
}
