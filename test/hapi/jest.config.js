import { base } from '../../jest.config.js';

/** Tests against a real HAPI FHIR server: they need a JDK and Maven, or the address of a server in HAPI_BASE_URL. */
export default {
  ...base,
  testMatch: ['<rootDir>/test/hapi/**/*.test.ts'],
  globalSetup: '<rootDir>/test/hapi/global-setup.mjs',
  globalTeardown: '<rootDir>/test/hapi/global-teardown.mjs',
};
