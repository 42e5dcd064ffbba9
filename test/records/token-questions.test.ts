import { DatabaseError, type Query } from '../../src/records/database.types.js';
import { TokenQuestions, type TokenRow } from '../../src/records/token-questions.js';

const expiresAt = '2026-11-26T00:00:00.000Z';
const row = (token: string): TokenRow => ({ token, expiresAt });

/** A database that knows some tokens, and answers each statement when it is told to. */
function databaseKnowing(...tokens: readonly string[]) {
  const known = new Set(tokens);
  const statements: string[][] = [];
  const held: (() => void)[] = [];
  const state = { holds: false, fails: false };
  const query: Query = async (_sql, [json] = []) => {
    const asked = (JSON.parse(String(json)) as TokenRow[]).map(({ token }) => token);
    statements.push(asked);
    if (state.holds) await new Promise<void>((resolve) => held.push(resolve));
    if (state.fails) throw new DatabaseError('08006');
    return [...new Set(asked)]
      .filter((token) => !known.has(token) && known.add(token))
      .map((token) => ({ token }));
  };
  const database = { query, transaction: () => Promise.reject(new Error()), close: () => Promise.resolve() };
  const store = { use: <T>(work: (on: typeof database) => Promise<T>) => work(database) };
  return { store, statements, held, state };
}

describe('JWT-9: calls that come together ask the database together', () => {
  test('one statement for the calls of one turn, and to each its own answer', async () => {
    const { store, statements } = databaseKnowing('b');
    const questions = new TokenQuestions(store);
    const answers = await Promise.all(['a', 'b', 'c'].map((token) => questions.ask(row(token))));
    expect(answers).toEqual([true, false, true]);
    expect(statements).toEqual([['a', 'b', 'c']]);
  });

  test('those that come while a statement is under way share the next one', async () => {
    const { store, statements, held, state } = databaseKnowing();
    state.holds = true;
    const questions = new TokenQuestions(store);
    const first = questions.ask(row('a'));
    while (held.length === 0) await new Promise((resolve) => setImmediate(resolve));
    const others = ['b', 'c'].map((token) => questions.ask(row(token)));
    state.holds = false;
    held[0]?.();
    expect(await Promise.all([first, ...others])).toEqual([true, true, true]);
    expect(statements).toEqual([['a'], ['b', 'c']]);
  });

  test('of one token twice in a batch, the second is another use', async () => {
    const questions = new TokenQuestions(databaseKnowing().store);
    expect(await Promise.all([questions.ask(row('a')), questions.ask(row('a'))])).toEqual([true, false]);
  });

  test('a database that fails says nothing, and is asked again for the next', async () => {
    const { store, state } = databaseKnowing();
    state.fails = true;
    const questions = new TokenQuestions(store);
    expect(await questions.ask(row('a'))).toBeUndefined();
    state.fails = false;
    expect(await questions.ask(row('b'))).toBe(true);
  });

  test('what nobody waits for any more is not asked', async () => {
    const { store, statements } = databaseKnowing();
    const questions = new TokenQuestions(store);
    const [late, other] = [row('a'), row('b')];
    void questions.ask(late);
    const answer = questions.ask(other);
    questions.forget(late);
    expect(await answer).toBe(true);
    expect(statements).toEqual([['b']]);
  });
});
