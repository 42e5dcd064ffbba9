/** CORS-2 to CORS-4 as tables, for every place where browsers are answered. */
import { orderSign } from '../cds-hooks/calls.js';
import { CALL, serviceThat, type FakeService } from './served.js';

/** Each with the method of the request that the preflight is for. */
export const ROUTES = [
  ['/cds-services', 'GET'],
  [CALL, 'POST'],
  [`${CALL}/feedback`, 'POST'],
] as const;

/** What a browser says before a request with a token and JSON. */
export const preflightOf = (origin: string, method: string): Record<string, string> => ({
  Origin: origin,
  'Access-Control-Request-Method': method,
  'Access-Control-Request-Headers': 'authorization,content-type',
});

/** What it has to be told then, by name of the header. */
export const preflightFor = (origin: string, method: string): unknown =>
  expect.objectContaining({
    'access-control-allow-origin': origin,
    vary: 'Origin',
    'access-control-allow-methods': expect.stringMatching(new RegExp(`(?=.*${method}).*OPTIONS`)) as unknown,
    'access-control-allow-headers': expect.stringMatching(/Authorization.*Content-Type.*Accept/) as unknown,
  });

/** One that answers order-sign, and one that fails at order-select. */
export const answeringAndFailing = (): readonly FakeService[] => [
  serviceThat(() => Promise.reject(new Error()), ['order-select']),
  serviceThat(() => Promise.resolve({ cards: [] }), ['order-sign']),
];

const select = {
  hook: 'order-select',
  context: { ...(orderSign()['context'] as object), selections: [] },
};

/** CORS-3: path, body and status of answers, each of which has to be readable by an origin of the list. */
export const ANSWERS: readonly (readonly [string, string, object | string, number])[] = [
  ['200', CALL, orderSign(), 200],
  ['400', CALL, '{', 400],
  ['404', '/cds-services/nope', {}, 404],
  ['405', '/cds-services', {}, 405],
  ['500', CALL, orderSign(select), 500],
  ['404 of no route', '/nope', {}, 404],
];

/** CORS-4: origins that are not the one of the list. */
export const FOREIGN = (origin: string): readonly (readonly [string, string])[] => [
  ['another origin', 'https://evil.example'],
  ['a longer one', `${origin}.evil.example`],
  ['null', 'null'],
];
