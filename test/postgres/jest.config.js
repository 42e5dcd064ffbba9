import { base } from '../../jest.config.js';

/** Tests against a real Postgres: they need its programs, or the address of an empty database in POSTGRES_URL. */
export default {
  ...base,
  testMatch: ['<rootDir>/test/postgres/**/*.test.ts'],
  globalSetup: '<rootDir>/test/postgres/global-setup.mjs',
  globalTeardown: '<rootDir>/test/postgres/global-teardown.mjs',
  // One of the tests stops the cluster.
  maxWorkers: 1,
};
