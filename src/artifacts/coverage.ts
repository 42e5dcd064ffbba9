import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { CoverageRule, CoverageRules, Form, PayerAnswer } from '../crd/coverage-rules.types.js';
import { brokenInvariant } from '../crd/invariants.js';
import { CRD_PROFILES } from '../crd/profile.js';
import { StartupError } from '../errors.js';
import { checked, readChecked, readJson } from './read-checked.js';
import { serviceIdsIn } from './service.js';

export interface CoverageChoice {
  /** Ids of the services that are served. */
  readonly served: readonly string[];
  /** Ids of the value sets there are. */
  readonly concepts: ReadonlySet<string>;
  /** Decisions that the policies can take. */
  readonly decisions: ReadonlySet<string>;
  /** Path of the site's own rules by service id, in place of the product's. */
  readonly siteFile?: string;
}

/**
 * Loads hooks/<service>/coverage.json of the services that are served, or the site's file in its place, and checks
 * what a schema cannot: payers, value sets and services that exist, and determinations that CRD allows.
 *
 * @returns rules by service id; a service without any is none of a payer's
 * @throws StartupError naming file, place, and the invariant that a determination breaks
 */
export function loadCoverage(
  hooksFolder: string,
  { served, siteFile, ...known }: CoverageChoice,
): Readonly<Record<string, CoverageRules>> {
  const schema = join(hooksFolder, 'coverage.schema.json');
  const files =
    siteFile === undefined
      ? productFiles(hooksFolder, served, schema)
      : siteFiles(siteFile, hooksFolder, schema);
  for (const { place, rules } of files)
    checkRules(rules, place, { ...known, services: serviceIdsIn(hooksFolder) });
  const ofServed = files.filter(({ service }) => served.includes(service));
  return Object.fromEntries(ofServed.map(({ service, rules }) => [service, withoutOthers(rules, served)]));
}

interface RulesFile {
  readonly service: string;
  readonly place: string;
  readonly rules: CoverageRules;
}

function productFiles(hooksFolder: string, served: readonly string[], schema: string): readonly RulesFile[] {
  return served.flatMap((service) => {
    const place = join(hooksFolder, service, 'coverage.json');
    return existsSync(place) ? [{ service, place, rules: readChecked<CoverageRules>(place, schema) }] : [];
  });
}

function siteFiles(path: string, hooksFolder: string, schema: string): readonly RulesFile[] {
  const content = readJson(path);
  if (typeof content !== 'object' || content === null || Array.isArray(content))
    throw new StartupError(path, 'has to be an object of rules by service id');
  const services = serviceIdsIn(hooksFolder);
  return Object.entries(content).map(([service, rules]) => {
    const place = `${path}#/${service}`;
    if (!services.includes(service)) throw new StartupError(place, 'there is no such service');
    return { service, place, rules: checked<CoverageRules>(rules, schema, place) };
  });
}

interface Known {
  readonly concepts: ReadonlySet<string>;
  readonly services: readonly string[];
  readonly decisions: ReadonlySet<string>;
}

function checkRules(all: CoverageRules, place: string, known: Known): void {
  const { payers, rules } = all;
  for (const [id, { memberId }] of Object.entries(payers)) {
    if (memberId !== undefined && !isPattern(memberId))
      throw new StartupError(`${place}#/payers/${id}/memberId`, 'is no regular expression');
  }
  rules.forEach((rule, index) => {
    checkRule(rule, `${place}#/rules/${index}`, all, known);
  });
}

function checkRule(rule: CoverageRule, place: string, all: CoverageRules, known: Known): void {
  const { orders, unlessServed, byPayer = {}, byDecision = {} } = rule;
  const concepts = typeof orders === 'object' && 'concepts' in orders ? orders.concepts : [];
  const noConcept = concepts.find((concept) => !known.concepts.has(concept));
  if (noConcept !== undefined)
    throw new StartupError(`${place}/orders`, `there is no value set ${noConcept}`);
  if (unlessServed !== undefined && !known.services.includes(unlessServed))
    throw new StartupError(`${place}/unlessServed`, 'there is no such service');
  const noPayer = Object.keys(byPayer).find((payer) => !Object.hasOwn(all.payers, payer));
  if (noPayer !== undefined) throw new StartupError(`${place}/byPayer`, `there is no payer ${noPayer}`);
  const noDecision = Object.keys(byDecision).find((decision) => !known.decisions.has(decision));
  if (noDecision !== undefined)
    throw new StartupError(`${place}/byDecision`, `there is no decision ${noDecision}`);
  for (const [name, answer] of [
    ['default', rule.default] as const,
    ...Object.entries(byPayer),
    ...Object.entries(byDecision),
  ])
    checkAnswer(answer, `${place} (${name})`, all);
}

/** In the words of each version: what one cannot say in its own way breaks no rule of the other. */
function checkAnswer(answer: PayerAnswer, place: string, { forms = {} }: CoverageRules): void {
  const { determinations, form } = answer;
  if (form !== undefined)
    checkForm(determinations, Object.hasOwn(forms, form) ? forms[form] : undefined, place);
  for (const determination of determinations) {
    for (const { version, inWords } of Object.values(CRD_PROFILES)) {
      const broken = brokenInvariant(determination) ?? brokenInvariant(inWords(determination));
      if (broken !== undefined) throw new StartupError(place, `breaks ${broken} (CRD ${version})`);
    }
  }
}

function checkForm(
  determinations: PayerAnswer['determinations'],
  form: Form | undefined,
  place: string,
): void {
  if (!form) throw new StartupError(place, 'there is no form of that name');
  const { url } = form.questionnaire;
  const canonicals = determinations.flatMap(({ questionnaires = [] }) => questionnaires);
  if (canonicals.some((one) => one.split('|')[0] === url))
    throw new StartupError(place, 'asks by a task for a form that DTR is to be used for (resp-59)');
}

function isPattern(text: string): boolean {
  try {
    return new RegExp(text).source !== '';
  } catch {
    return false;
  }
}

/** An order is answered for once: by the service that is made for it, where that is served. */
function withoutOthers(rules: CoverageRules, served: readonly string[]): CoverageRules {
  const own = rules.rules.filter(
    ({ unlessServed }) => unlessServed === undefined || !served.includes(unlessServed),
  );
  return { ...rules, rules: own };
}
