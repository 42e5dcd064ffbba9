/** FHIR Bulk Data Access with SMART Backend Services, against a server that is one. */
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { exportJWK } from 'jose';
import { downloadExport } from '../../src/fhir/bulk/download.js';
import { tokenSource } from '../../src/fhir/bulk/token-source.js';
import { FhirBase } from '../../src/fhir/fhir-base.js';
import { newFolder, reportIn, runReplay } from '../replay/replay-process.js';
import { newKey } from '../trust/issuer.js';
import { serveBulk, type BulkServer, type BulkServerParts } from './bulk-server.js';

const KEY = await newKey('backend-1');
const PRIVATE = { ...(await exportJWK(KEY.privateKey)), kid: 'backend-1', alg: 'ES384' };
const FILES = {
  Patient: [{ resourceType: 'Patient', id: 'a' }],
  Procedure: [{ resourceType: 'Procedure', id: 'p' }],
};

const servers: BulkServer[] = [];
const folders: string[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

async function serve(parts: Partial<BulkServerParts>): Promise<BulkServer> {
  const server = await serveBulk({ files: FILES, ...parts });
  servers.push(server);
  return server;
}

async function download(server: BulkServer, options: { group?: string; open?: true; folder?: string } = {}) {
  const base = FhirBase.parse(server.base)!;
  const folder = options.folder ?? newFolder();
  folders.push(folder);
  const waits: number[] = [];
  const clock = { epoch: () => Date.now(), newUuid: () => crypto.randomUUID() };
  const client = { clientId: 'replay-client', key: PRIVATE, scope: 'system/*.rs' };
  await downloadExport(
    { base, types: ['Patient', 'Procedure'], ...(options.group !== undefined && { group: options.group }) },
    folder,
    {
      ...(!options.open && { token: tokenSource({ base, client, ...clock }) }),
      epoch: clock.epoch,
      wait: (ms) => {
        waits.push(ms);
        return Promise.resolve();
      },
    },
  );
  return { folder, waits };
}

test('kicks off, asks until it is there, downloads every file, and lets the server forget', async () => {
  const server = await serve({ keys: [KEY.jwk], before: [202, 202, 429, 503, 202] });
  const { folder } = await download(server);
  expect(readdirSync(folder).sort()).toEqual([
    ...['Patient.0.ndjson', 'Procedure.1.ndjson', 'export-status', 'manifest.json'],
  ]);
  expect(readFileSync(path.join(folder, 'Procedure.1.ndjson'), 'utf8')).toBe(
    '{"resourceType":"Procedure","id":"p"}\n',
  );
  expect(server.asked[0]).toBe('GET /fhir/.well-known/smart-configuration');
  expect(server.asked[1]).toBe('POST /token');
  expect(server.asked[2]).toBe('GET /fhir/Patient/$export (Bearer token-1)');
  expect(server.asked.at(-1)).toBe('DELETE /fhir/job/1 (Bearer token-1)');
  const manifest = JSON.parse(readFileSync(path.join(folder, 'manifest.json'), 'utf8')) as {
    request: string;
  };
  expect(new URL(manifest.request).searchParams.get('_type')).toBe('Patient,Procedure');
});

test('exports one Group where it is named', async () => {
  const server = await serve({});
  await download(server, { open: true, group: 'spine clinic' });
  expect(server.asked[0]).toBe('GET /fhir/Group/spine%20clinic/$export');
});

test('waits as long as the server says', async () => {
  const { waits } = await download(await serve({ before: [202, 202] }), { open: true });
  expect(waits).toEqual([0, 0]);
});

test('a download that breaks off is begun again, and nothing of the first is kept', async () => {
  const { folder } = await download(await serve({ breaksOff: true }), { open: true });
  expect(readFileSync(path.join(folder, 'Patient.0.ndjson'), 'utf8')).toBe(
    '{"resourceType":"Patient","id":"a"}\n',
  );
});

test('begun again it asks for the same export and downloads only what is missing', async () => {
  const server = await serve({});
  const folder = newFolder();
  writeFileSync(path.join(folder, 'export-status'), `${server.base}/job/1?_type=Patient`);
  writeFileSync(path.join(folder, 'Patient.0.ndjson'), 'already here\n');
  await download(server, { open: true, folder });
  expect(server.asked).toEqual(['GET /fhir/job/1', 'GET /files/Procedure', 'DELETE /fhir/job/1']);
  const asked = server.asked.length;
  await download(server, { open: true, folder });
  expect(server.asked).toHaveLength(asked);
});

test('FA-5: the token goes to no other server, though the manifest keeps its files there', async () => {
  const elsewhere = await serve({});
  const server = await serve({ keys: [KEY.jwk], filesAt: elsewhere.base.replace('/fhir', '') });
  await expect(download(server)).rejects.toThrow('its token must not go');
  expect(elsewhere.asked).toEqual([]);
});

test.each([
  [
    'a key that the server does not know',
    { keys: [(await newKey('other')).jwk] },
    {},
    'gave no access token (500)',
  ],
  [
    'no token where one is needed',
    { keys: [KEY.jwk] },
    { open: true as const },
    'did not start an export (401)',
  ],
  ['an export that fails', { before: [404] }, { open: true as const }, 'the export failed (404)'],
])('%s: the status is named, and nothing of what the server said', async (_name, parts, options, said) => {
  const failed = await download(await serve(parts), options).catch((thrown: unknown) => String(thrown));
  expect(failed).toContain(said);
  expect(failed).not.toContain('Zzyzxley');
});

test('stepwise-cds replay takes the address of a server: token, export and report in one command', async () => {
  const subject = { reference: 'Patient/a' };
  const server = await serve({
    keys: [KEY.jwk],
    before: [202],
    files: {
      Patient: [{ resourceType: 'Patient', id: 'a' }],
      ServiceRequest: [
        {
          ...{ resourceType: 'ServiceRequest', id: 'o', status: 'active', intent: 'order', subject },
          code: { coding: [{ system: 'http://www.ama-assn.org/go/cpt', code: '64772' }] },
          reasonCode: [{ text: 'Chronic sacroiliac joint pain' }],
          authoredOn: '2025-06-10T10:00:00Z',
        },
      ],
    },
  });
  const folder = newFolder();
  folders.push(folder);
  const keyFile = path.join(folder, 'key.json');
  writeFileSync(keyFile, JSON.stringify(PRIVATE));
  const out = path.join(folder, 'report');
  const settings = { BULK_CLIENT_ID: 'replay-client', BULK_KEY_FILE: keyFile };
  const { status, stderr } = await runReplay([server.base, `--out=${out}`, '--threads=1'], settings);
  expect([status, stderr]).toEqual([0, expect.stringContaining('1 orders, 1 reviewed')]);
  expect(stderr).not.toContain('token-');
  const [service] = reportIn(out).services;
  // Every type was asked for: what the export does not hold is not there, rather than not known.
  expect(service?.data['procedures']).toEqual({ empty: 1 });
  expect(service?.rfaAfterwards).toEqual({ 'not-followed': 1 });
  expect(existsSync(path.join(out, '.work'))).toBe(false);
}, 120_000);
