import { Pool } from 'pg';
import { openPostgres } from '../../src/records/postgres.js';
import type { Database } from '../../src/records/database.types.js';

const base = (): string => process.env['POSTGRES_URL'] ?? '';

/** The address of a new, empty database of the cluster. */
export async function newDatabase(name: string): Promise<string> {
  const pool = new Pool({ connectionString: base() });
  await pool.query(`drop database if exists ${name} with (force)`);
  await pool.query(`create database ${name}`);
  await pool.end();
  return base().replace(/\/postgres$/, `/${name}`);
}

export async function openNew(name: string): Promise<Database> {
  return openPostgres(await newDatabase(name));
}
