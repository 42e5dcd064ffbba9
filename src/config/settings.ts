import { StartupError } from '../errors.js';

/** What the environment may say, as `process.env` has it; an empty value counts as none. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** One item of a list: its value, or what is wrong with it. */
export type Reading = { readonly value: string } | { readonly wrong: string };

/** Whole numbers, both ends included. */
interface Range {
  readonly least: number;
  readonly most: number;
  readonly otherwise: number;
}

/** Reads settings one by one and remembers what was wrong, so that one start tells all of it. */
export class Settings {
  readonly #environment: Environment;
  readonly #problems: string[] = [];

  constructor(environment: Environment) {
    this.#environment = environment;
  }

  text(name: string): string | undefined {
    const value = this.#environment[name]?.trim();
    return value === '' ? undefined : value;
  }

  integer(name: string, { least, most, otherwise }: Range): number {
    const text = this.text(name);
    if (text === undefined) return otherwise;
    const value = /^\d{1,12}$/.test(text) ? Number(text) : Number.NaN;
    if (value >= least && value <= most) return value;
    this.wrong(name, `has to be a whole number from ${least} to ${most}`);
    return otherwise;
  }

  oneOf<T extends string>(name: string, values: readonly T[], otherwise: T): T {
    const text = this.text(name);
    if (text === undefined) return otherwise;
    const value = values.find((known) => known === text);
    if (value === undefined) this.wrong(name, `has to be one of ${values.join(', ')}`);
    return value ?? otherwise;
  }

  /** Without trailing slash. */
  url(name: string, protocols: readonly string[]): string | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    const url = URL.canParse(text) ? new URL(text) : undefined;
    if (url !== undefined && protocols.includes(url.protocol)) return url.href.replace(/\/+$/, '');
    this.wrong(
      name,
      `has to be a URL beginning with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}`,
    );
    return undefined;
  }

  list(name: string, read: (text: string) => Reading): readonly string[] {
    const items = (this.text(name) ?? '').split(',').map((item) => item.trim());
    const readings = items.filter((item) => item !== '').map(read);
    const wrong = readings.find((reading) => 'wrong' in reading);
    if (wrong !== undefined) this.wrong(name, wrong.wrong);
    return readings.flatMap((reading) => ('value' in reading ? [reading.value] : []));
  }

  need(name: string, where: string): void {
    if (this.text(name) === undefined) this.wrong(name, `is needed ${where}`);
  }

  wrong(name: string, reason: string): void {
    this.#problems.push(`${name} ${reason}`);
  }

  throwIfWrong(): void {
    if (this.#problems.length === 0) return;
    const count =
      this.#problems.length === 1 ? '1 setting is wrong' : `${this.#problems.length} settings are wrong`;
    throw new StartupError('environment', [count, ...this.#problems].join('\n  - '));
  }
}
