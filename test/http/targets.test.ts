import { pathOf } from '../../src/http/routes.js';

/** The forms a request target comes in (RFC 9112, 3.2). */
test.each([
  ['/cds-services', '', '/cds-services'],
  ['/cds-services/?x=/y/', '', '/cds-services'],
  ['http://evil.example/cds-services?x', '', '/cds-services'],
  ['HTTPS://cds.example:8443/r4/cds-services/a', '/r4', '/cds-services/a'],
  ['/r4/cds-services', '/r4', '/cds-services'],
  ['/r4x/cds-services', '/r4', '/r4x/cds-services'],
  ['/cds%2Dservices', '', '/cds-services'],
  ['/cds-services%2fa', '', '/cds-services%2fa'],
  ['//cds-services', '', '//cds-services'],
  ['*', '', '*'],
  ['http://evil.example', '', ''],
])('%s under %j is %s', (target, basePath, path) => {
  expect(pathOf(target, basePath)).toBe(path);
});
