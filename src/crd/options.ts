import type { JsonObject } from '../cds-hooks/hook-request.types.js';
import { isJsonObject } from '../cds-hooks/json.js';
import { CdsError } from '../errors.js';
import type { CoverageRule, CoverageRules, PayerAnswer } from './coverage-rules.types.js';
import type { CrdProfile } from './profile.js';

/** One configuration option as discovery offers it (CX-3). */
export type ConfigurationOption = {
  readonly code: string;
  readonly name: string;
  readonly description: string;
} & (
  | { readonly type: 'boolean'; readonly default: true }
  | { readonly type: 'integer'; readonly default: number }
);

/** What a client chose, or left as it is. */
export interface Configuration {
  readonly maxCards: number;
  /** Whether what has this code is to be sent: `coverage-info`, `unsolicited-determ`, or the topic of a card. */
  readonly wants: (code: string) => boolean;
}

const COVERAGE_INFO: ConfigurationOption = {
  code: 'coverage-info',
  type: 'boolean',
  name: 'Coverage Information',
  description:
    'Whether an order is covered, needs prior authorization or documents, added to the order itself.',
  default: true,
};

const UNSOLICITED: ConfigurationOption = {
  code: 'unsolicited-determ',
  type: 'boolean',
  name: 'Unsolicited Determination',
  description: 'Authorization given without being asked for; without it, what would be asked for is said.',
  default: true,
};

const DEFAULT_MAX_CARDS = 10;

const MAX_CARDS: ConfigurationOption = {
  code: 'max-cards',
  type: 'integer',
  name: 'Maximum cards',
  description: 'How many cards are sent at most, the most important ones first.',
  default: DEFAULT_MAX_CARDS,
};

const TOPICS: Readonly<Record<string, readonly [name: string, description: string]>> = {
  claim: ['Claim', 'What has to be done to submit a claim for the service.'],
  insurance: ['Insurance', "Updates of the patient's coverage."],
  limits: ['Limits', 'Limits of the coverage that are reached or near.'],
  network: ['Network', 'Providers in the network who could deliver the service.'],
  'appropriate-use': ['Appropriate Use', 'Whether appropriate-use documentation is needed.'],
  cost: ['Cost', 'What the service is expected to cost the patient.'],
  'therapy-alternatives-opt': ['Optional Therapy Alternatives', 'Therapies that are covered better.'],
  'therapy-alternatives-req': [
    'Required Therapy Alternatives',
    'Therapies that have to be tried before this one is covered.',
  ],
  'clinical-reminder': [
    'Clinical Reminder',
    'Findings in the record that look neither evaluated nor treated.',
  ],
  'duplicate-therapy': ['Duplicate Therapy', 'The same was done or ordered recently.'],
  contraindication: ['Contraindication', 'What speaks against the service in the record.'],
  guideline: ['Guideline', 'The policy or guideline that applies, with a link to it.'],
  'off-guideline': ['Off Guideline', 'The order skips a step of the guideline, and which one.'],
};

/** The name that a card's topic is shown with. */
export function topicName(topic: string): string {
  return TOPICS[topic]?.[0] ?? topic;
}

/** The options of a service: coverage information, one for each topic its cards can have, and how many cards. */
export function configurationOptions(rules: CoverageRules): readonly ConfigurationOption[] {
  const topics = [...topicsOf(rules)].sort().map((code): ConfigurationOption => {
    const [name, description] = TOPICS[code] ?? [code, code];
    return { code, type: 'boolean', name, description, default: true };
  });
  return [COVERAGE_INFO, ...(isUnsolicited(rules) ? [UNSOLICITED] : []), ...topics, MAX_CARDS];
}

function topicsOf({ topics, forms = {}, rules }: CoverageRules): ReadonlySet<string> {
  return new Set([
    ...Object.values(topics),
    ...Object.values(forms).map(({ topic }) => topic),
    'guideline',
    ...answersOf(rules).flatMap(({ instructions }) => (instructions ? [instructions.topic] : [])),
  ]);
}

/** Every answer that the rules can give. */
export function answersOf(rules: readonly CoverageRule[]): readonly PayerAnswer[] {
  return rules.flatMap((rule) => [
    rule.default,
    ...Object.values(rule.byPayer ?? {}),
    ...Object.values(rule.byDecision ?? {}),
  ]);
}

function isUnsolicited({ rules }: CoverageRules): boolean {
  return answersOf(rules).some(({ determinations }) =>
    determinations.some(({ paNeeded }) => paNeeded === 'satisfied'),
  );
}

/** What each entry of discovery says of CRD: the version, and what can be configured (CX-1, CX-3). */
export function discoveryExtension(
  { declared }: CrdProfile,
  options: readonly ConfigurationOption[],
): JsonObject {
  return {
    'davinci-crd.version': [declared],
    'davinci-crd.configuration-options': options.map((option) => ({ ...option })),
  };
}

/**
 * What the client asks for (CX-2, CX-4). Options that are not known, and values of another type, are ignored.
 *
 * @throws CdsError ERR_CRD_VERSION_UNSUPPORTED when it asks for another version
 */
export function readConfiguration(
  extension: JsonObject | undefined,
  { declared }: CrdProfile,
): Configuration {
  const requested = extension?.['davinci-crd.requestedVersion'];
  if (requested !== undefined && !isVersion(requested, declared))
    throw new CdsError('ERR_CRD_VERSION_UNSUPPORTED', `this service speaks CRD ${declared} alone`, {
      expression: 'extension.davinci-crd.requestedVersion',
    });
  const sent = extension?.['davinci-crd.configuration'];
  const chosen = isJsonObject(sent) ? sent : {};
  const most = chosen['max-cards'];
  const isCount = typeof most === 'number' && Number.isInteger(most) && most >= 0;
  return {
    maxCards: isCount ? most : DEFAULT_MAX_CARDS,
    wants: (code) => !Object.hasOwn(chosen, code) || chosen[code] !== false,
  };
}

/** The patch level is no part of the agreement: 2.0.1 asks for 2.0. */
function isVersion(requested: unknown, declared: string): boolean {
  return typeof requested === 'string' && (requested === declared || requested.startsWith(`${declared}.`));
}
