/** AFTER_OVERRIDE on either home of the records: what a clinician sees after an override with a reason. */
import request from 'supertest';
import type { Card } from '../../src/cds-hooks/card.types.js';
import { createSandbox } from '../../src/sandbox/sandbox.js';
import { loadService } from '../../src/artifacts/service.js';
import { HOOKS } from '../../src/compose/services.js';
import { ISSUER, newKey, NOW, PUBLIC_URL, sign } from '../trust/issuer.js';
import { composeApp, PATIENCE_MS, type ComposedApp } from './composed.js';
import { SERVICE } from './service-process.js';

const KEY = await newKey('k');
const HOUR_MS = 3_600_000;
const REMINDED = ISSUER;
const QUIET = 'https://quiet.example';
const REPEATED = 'https://repeat.example';
const SHADOWED = 'https://shadow.example';
const fhirServers = ['http://127.0.0.1:9/fhir'];
const prefetch = loadService(HOOKS, 'sij-neurectomy-review').prefetch;

interface Answer {
  readonly cards: readonly Card[];
  readonly extension?: object;
}

export function describeMuting(
  name: string,
  settings: () => Promise<Readonly<Record<string, string>>>,
): void {
  let composed: ComposedApp;
  const clock = { ms: NOW * 1000 };
  beforeAll(async () => {
    const client = { jwks: { keys: [KEY.jwk] }, fhirServers };
    composed = await composeApp({
      settings: {
        ...(await settings()),
        ...{ PUBLIC_URL, RECORDS_KEY: 'k'.repeat(32), AFTER_OVERRIDE: 'remind', AFTER_OVERRIDE_HOURS: '24' },
      },
      clients: [
        { ...client, issuer: REMINDED },
        { ...client, issuer: QUIET, afterOverride: { answer: 'quiet', hours: 2 } },
        { ...client, issuer: REPEATED, afterOverride: { answer: 'repeat' } },
        { ...client, issuer: SHADOWED, shadow: true },
      ],
      wallClock: () => clock.ms,
    });
    await composed.recording();
  }, PATIENCE_MS);
  afterAll(() => composed.close());

  const send = async (path: string, body: object, [iss, tenant]: readonly [string, string | undefined]) => {
    const now = Math.floor(clock.ms / 1000);
    const claims = { iss, aud: PUBLIC_URL + path, iat: now, exp: now + 300, tenant };
    const authorization = `Bearer ${await sign(KEY, { claims })}`;
    return request(composed.app).post(path).set('Authorization', authorization).send(body);
  };
  const order = async (iss: string, patient = 'article', tenant?: string): Promise<Answer> => {
    const sandbox = createSandbox({
      now: () => clock.ms,
      randomId: () => crypto.randomUUID(),
      wait: () => Promise.resolve(),
    });
    const how = { sandboxUrl: fhirServers[0]!, hookInstance: crypto.randomUUID(), prefetch };
    const { status, body } = await send(SERVICE, sandbox.orderSign(patient, how), [iss, tenant]);
    expect(status).toBe(200);
    return body as Answer;
  };
  const override = async (iss: string, card: Card, changes: object = {}, tenant?: string): Promise<void> => {
    const [reason] = card.overrideReasons ?? [];
    const item = {
      ...{ card: card.uuid, outcome: 'overridden', outcomeTimestamp: new Date(clock.ms).toISOString() },
      ...(reason && { overrideReason: { reason } }),
      ...changes,
    };
    const { status } = await send(`${SERVICE}/feedback`, { feedback: [item] }, [iss, tenant]);
    expect(status).toBe(200);
  };
  const indicators = ({ cards }: Answer) => cards.map(({ indicator }) => indicator);

  test(`a reminder in place of the card, until it is time again, on ${name}`, async () => {
    const before = await order(REMINDED);
    const [card, ...others] = before.cards;
    await override(REMINDED, card!);
    const after = await order(REMINDED);
    expect(after.cards[0]).toMatchObject({ indicator: 'info', source: card!.source });
    expect(after.cards[0]!.summary).toMatch(/^Overridden on 20\d\d-\d\d-\d\d, and still so: /);
    expect(after.cards[0]!.detail).toContain(card!.overrideReasons![0]!.display);
    expect(after.cards[0]!.suggestions).toBeUndefined();
    expect(after.cards.slice(1).map(({ summary }) => summary)).toEqual(others.map(({ summary }) => summary));
    expect(after.extension).toEqual(before.extension);
    clock.ms += 23 * HOUR_MS;
    expect(indicators(await order(REMINDED))[0]).toBe('info');
    clock.ms += HOUR_MS + 1000;
    expect(indicators(await order(REMINDED))).toEqual(indicators(before));
  });

  test(`no card, and the evaluation all the same, where a client wants that, on ${name}`, async () => {
    const before = await order(QUIET);
    for (const card of before.cards) await override(QUIET, card, reasonIfNone(card));
    const after = await order(QUIET);
    expect(after.cards).toEqual([]);
    expect(after.extension).toEqual(before.extension);
    clock.ms += 2 * HOUR_MS + 1000;
    expect((await order(QUIET)).cards).toHaveLength(before.cards.length);
  });

  test.each<[string, (card: Card) => Promise<void>, string?]>([
    ['an override without a reason', (card) => override(QUIET, card, { overrideReason: undefined })],
    ['an accepted card', (card) => override(QUIET, card, accepted)],
    [
      'an override from long ago',
      (card) => override(QUIET, card, { outcomeTimestamp: '2020-01-01T00:00:00Z' }),
    ],
    ['an override by another client', (card) => override(REMINDED, card)],
    ['an override in another tenant', (card) => override(QUIET, card, {}, 'south')],
    [
      'an override that was taken back',
      (card) => override(QUIET, card).then(() => override(QUIET, card, later())),
    ],
  ])(`%s mutes nothing, on ${name}`, async (_case, tell) => {
    const before = await order(QUIET, 'rfa-wore-off');
    await tell(before.cards[0]!);
    expect(indicators(await order(QUIET, 'rfa-wore-off'))).toEqual(indicators(before));
  });

  test(`an override holds for its patient, client and tenant alone, on ${name}`, async () => {
    const { cards } = await order(QUIET, 'no-block');
    await override(QUIET, cards[0]!);
    expect((await order(QUIET, 'no-block')).cards).toHaveLength(cards.length - 1);
    expect((await order(QUIET, 'no-block', 'south')).cards).toHaveLength(cards.length);
    expect((await order(REMINDED, 'no-block')).cards[0]).not.toMatchObject({ indicator: 'info' });
    expect((await order(QUIET, 'one-sided')).cards[0]!.summary).not.toMatch(/^Overridden/);
  });

  test(`a time of the override that lies ahead holds from when it came in, on ${name}`, async () => {
    const { cards } = await order(QUIET, 'facet-rfa-only');
    await override(QUIET, cards[0]!, { outcomeTimestamp: '2999-01-01T00:00:00Z' });
    expect((await order(QUIET, 'facet-rfa-only')).cards).toHaveLength(cards.length - 1);
    clock.ms += 2 * HOUR_MS + 1000;
    expect((await order(QUIET, 'facet-rfa-only')).cards).toHaveLength(cards.length);
  });

  test(`a red flag is told every time, on ${name}`, async () => {
    const { cards } = await order(QUIET, 'red-flag');
    for (const card of cards) await override(QUIET, card);
    expect(indicators(await order(QUIET, 'red-flag'))).toEqual(indicators({ cards }));
  });

  test(`who wants every card gets every card, and in shadow there is none to override, on ${name}`, async () => {
    const before = await order(REPEATED);
    await override(REPEATED, before.cards[0]!);
    expect(indicators(await order(REPEATED))).toEqual(indicators(before));
    expect(await order(SHADOWED)).toEqual({ cards: [] });
  });

  const accepted = {
    ...{ outcome: 'accepted', overrideReason: undefined },
    acceptedSuggestions: [{ id: crypto.randomUUID() }],
  };
  const later = (): object => ({ ...accepted, outcomeTimestamp: new Date(clock.ms + 1000).toISOString() });
}

/** A card that offers no reason may be overridden with one all the same. */
function reasonIfNone({ overrideReasons = [] }: Card): object {
  const reason = { system: 'urn:reasons', code: 'clinical-judgement' };
  return overrideReasons.length > 0 ? {} : { overrideReason: { reason } };
}
