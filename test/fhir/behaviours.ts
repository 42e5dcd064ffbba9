import { gzipSync } from 'node:zlib';
import { outcome, resource, searchset, type Behaviour } from './fhir-server.js';

/**
 * Milliseconds a call has where it has to run into its deadline: enough for what is well to be read on a busy machine.
 * That it ends there needs no clock: the servers here never end a read, so a call that waited on would never return.
 */
export const DEADLINE = 2000;

// Ways a FHIR server fails.

export const FHIR = { 'content-type': 'application/fhir+json' };
export const never: Behaviour = () => undefined;

export const drip: Behaviour = (_request, response) => {
  response.writeHead(200, FHIR);
  const timer = setInterval(() => response.write(' '), 10);
  response.on('close', () => clearInterval(timer));
};

export const flood: Behaviour = (_request, response) => {
  response.writeHead(200, FHIR);
  const pour = (): void => {
    while (!response.destroyed && response.write('[0,'.repeat(20_000)));
  };
  response.on('drain', pour);
  pour();
};

export const body =
  (text: string, contentType = 'application/fhir+json', status = 200): Behaviour =>
  (_request, response) => {
    response.writeHead(status, { 'content-type': contentType }).end(text);
  };

export const halfBody: Behaviour = (_request, response) => {
  const text = JSON.stringify(searchset([resource('Condition', 'c1')]));
  response.writeHead(200, { ...FHIR, 'content-length': text.length });
  response.write(text.slice(0, 40), () => response.destroy());
};

export const bomb: Behaviour = (_request, response) => {
  const packed = gzipSync(Buffer.alloc(8 * 1024 * 1024, 0x20));
  response.writeHead(200, { ...FHIR, 'content-encoding': 'gzip' }).end(packed);
};

export const announced: Behaviour = (_request, response) => {
  response.writeHead(200, { ...FHIR, 'content-length': 10 ** 9 });
  response.write('{');
};

export const status =
  (code: number, headers: Record<string, string> = {}): Behaviour =>
  (_request, response) => {
    response.writeHead(code, { ...FHIR, ...headers }).end(JSON.stringify(outcome('error', 'exception')));
  };
