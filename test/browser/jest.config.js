import { base } from '../../jest.config.js';

/** Tests of the pages in Debian's Chromium, against the built service: they need npm run build and a browser. */
export default {
  ...base,
  testMatch: ['<rootDir>/test/browser/**/*.test.ts'],
  maxWorkers: 1,
};
