import type { LookupAddress } from 'node:dns';
import { allowList, FhirBase, isLoopback, resolveUnder } from '../../src/fhir/fhir-base.js';
import { isPrivateAddress, publicLookup } from '../../src/fhir/private-addresses.js';
import { CONDITIONS, healthy, hookRequest, soon, Stage } from './fhir-server.js';

const stage = new Stage();
afterEach(() => stage.clear());

describe('FA-6: scheme, host, port and path prefix are compared after parsing', () => {
  const allowed = allowList(['https://ehr.example/fhir/r4'], 'never');
  test.each([
    ['the base itself', 'https://ehr.example/fhir/r4', true],
    ['with a trailing slash', 'https://ehr.example/fhir/r4/', true],
    ['with the default port', 'https://ehr.example:443/fhir/r4', true],
    ['in capitals', 'HTTPS://EHR.example/fhir/r4', true],
    ['below it', 'https://ehr.example/fhir/r4/tenant', true],
    ['a longer word', 'https://ehr.example/fhir/r4evil', false],
    ['above it', 'https://ehr.example/fhir', false],
    ['climbing out', 'https://ehr.example/fhir/r4/../admin', false],
    ['climbing out, encoded', 'https://ehr.example/fhir/r4/%2e%2e/admin', false],
    ['an encoded slash', 'https://ehr.example/fhir/r4/..%2fadmin', false],
    ['another port', 'https://ehr.example:8443/fhir/r4', false],
    ['http', 'http://ehr.example/fhir/r4', false],
    ['another host', 'https://ehr.example.evil/fhir/r4', false],
    ['user information', 'https://ehr.example@evil.example/fhir/r4', false],
    ['user information before the right host', 'https://u:p@ehr.example/fhir/r4', false],
    ['loopback outside development', 'https://127.0.0.1/fhir/r4', false],
  ])('%s', (_name, url, expected) => expect(allowed(new URL(url))).toBe(expected));

  test.each([
    ['http on 127.0.0.1', 'http://127.0.0.1:8080/fhir', true],
    ['http on localhost', 'http://localhost/fhir', true],
    ['http on [::1]', 'http://[::1]:3000/fhir', true],
    ['127.0.0.1 in another notation', 'http://2130706433/fhir', true],
    ['http on a listed host', 'http://hapi:8080/fhir', false],
    ['http on a private address', 'http://10.0.0.1/fhir', false],
    ['the metadata address', 'http://169.254.169.254/fhir', false],
  ])('in development: %s', (_name, url, expected) => {
    expect(allowList(['http://hapi:8080/fhir'], 'loopback')(new URL(url))).toBe(expected);
  });

  test('plain http on a listed host, where the operator says so', () => {
    const listed = allowList(['http://hapi:8080/fhir'], 'listed');
    expect(listed(new URL('http://hapi:8080/fhir'))).toBe(true);
    expect(listed(new URL('http://other:8080/fhir'))).toBe(false);
  });

  test.each(['ftp://x/fhir', 'https://x/fhir?a=1', 'https://x/fhir#a', 'https://u@x/fhir', 'fhir', ''])(
    '%s is no base URL',
    (text) => expect(FhirBase.parse(text)).toBeUndefined(),
  );

  test('a base at the root of its host holds every path of it', () => {
    const base = FhirBase.parse('https://ehr.example/')!;
    expect(base.href).toBe('https://ehr.example');
    expect(resolveUnder(base, 'Binary/1', { page: undefined, aliases: [] })?.href).toBe(
      'https://ehr.example/Binary/1',
    );
    expect(resolveUnder(base, '//evil.example/Binary/1', { page: undefined, aliases: [] })).toBeUndefined();
  });

  test.each([
    ['localhost', true],
    ['fhir.localhost', true],
    ['127.8.9.1', true],
    ['[::1]', true],
    ['localhost.evil.example', false],
    ['128.0.0.1', false],
  ])('%s is loopback: %s', (host, expected) => expect(isLoopback(host)).toBe(expected));
});

describe('a listed name that leads to a private address is refused (rebinding)', () => {
  test.each([
    '127.0.0.1', '10.1.2.3', '172.16.0.1', '172.31.255.255', '192.168.1.1', '169.254.169.254', '100.64.0.1', '0.0.0.0',
    '224.0.0.1', '255.255.255.255', '::1', '::', 'fe80::1', 'fd00::1', '::ffff:10.0.0.1', '64:ff9b::a00:1',
  ])('%s is private', (address) => expect(isPrivateAddress(address)).toBe(true)); // prettier-ignore

  test.each(['8.8.8.8', '172.15.0.1', '172.32.0.1', '100.128.0.1', '2606:4700::1111', '::ffff:8.8.8.8'])(
    '%s is public',
    (address) => expect(isPrivateAddress(address)).toBe(false),
  );

  const lookup = (addresses: readonly string[], all: boolean) =>
    new Promise((resolve) => {
      const answers: LookupAddress[] = addresses.map((address) => ({
        address,
        family: address.includes(':') ? 6 : 4,
      }));
      const guarded = publicLookup((_host, _options, callback) => callback(null, answers));
      guarded('ehr.example', { all }, (error, address, family) =>
        resolve(error ? error.code : [address, family]),
      );
    });

  test('one private address among public ones is enough', async () => {
    expect(await lookup(['8.8.8.8', '10.0.0.1'], true)).toBe('ERR_PRIVATE_ADDRESS');
  });

  test('public addresses pass, all of them or the first as asked', async () => {
    expect(await lookup(['8.8.8.8', '8.8.4.4'], false)).toEqual(['8.8.8.8', 4]);
    expect(await lookup(['8.8.8.8'], true)).toEqual([[{ address: '8.8.8.8', family: 4 }], undefined]);
  });

  test('no connection is made to a name that resolves to loopback, though the name is allowed', async () => {
    const server = await stage.server(healthy);
    const named = server.base.replace('127.0.0.1', 'localhost');
    const call = { request: hookRequest({ server: named }), prefetch: CONDITIONS, deadlineAt: soon() };
    const guarded = stage.retriever({ allowed: () => true, publicAddressesOnly: true });
    expect((await guarded.retrieve(call))['conditions']).toEqual({
      status: 'unavailable',
      missing: 'server-error',
    });
    expect(server.seen).toEqual([]);
    // A literal address stands on the list by the operator's own word.
    const literal = { ...call, request: hookRequest({ server }) };
    expect((await guarded.retrieve(literal))['conditions']?.status).toBe('complete');
  });
});
