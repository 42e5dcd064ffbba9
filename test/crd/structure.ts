/**
 * What the guide's StructureDefinition of coverage-information allows, by version, written from its tables and not from
 * our builder: there is no validator with the CRD packages among the registries this project may use.
 */
import type { CrdVersion } from '../../src/crd/profile.js';
import { valuesOf, type CoverageInformation } from './service.js';

interface Part {
  readonly least: number;
  readonly most: number;
  /** Name of the value's member; absent for one made of parts. */
  readonly value?: string;
  readonly codes?: readonly string[];
}

const MANY = Number.POSITIVE_INFINITY;
const one = (value: string, codes?: readonly string[]): Part => ({
  least: 1,
  most: 1,
  value,
  ...(codes && { codes }),
});
const atMostOne = (value: string, codes?: readonly string[]): Part => ({ ...one(value, codes), least: 0 });
const any = (value: string, codes?: readonly string[]): Part => ({ ...atMostOne(value, codes), most: MANY });

const COVERED = ['covered', 'not-covered', 'conditional'];
const AUTHORIZATION = ['no-auth', 'auth-needed', 'satisfied', 'performpa', 'conditional'];
const PURPOSE = ['withpa', 'withclaim', 'withorder', 'retain-doc', 'OTH'];
const INFO = ['performer', 'location', 'timeframe', 'contract-window', 'OTH'];

const PARTS: Readonly<Record<CrdVersion, Readonly<Record<string, Part>>>> = {
  '2.0.1': {
    coverage: one('valueReference'),
    covered: one('valueCode', COVERED),
    'pa-needed': atMostOne('valueCode', AUTHORIZATION),
    'doc-needed': atMostOne('valueCode', ['clinical', 'admin', 'both', 'conditional']),
    'doc-purpose': any('valueCode', PURPOSE),
    'info-needed': any('valueCode', INFO),
    billingCode: any('valueCoding'),
    reason: any('valueCodeableConcept', ['gold-card', 'detail-code']),
    detail: { least: 0, most: MANY },
    dependency: any('valueReference'),
    questionnaire: any('valueCanonical'),
    response: any('valueReference'),
    date: one('valueDate'),
    'coverage-assertion-id': one('valueString'),
    'satisfied-pa-id': atMostOne('valueString'),
    contact: any('valueContactPoint'),
  },
  '2.2': {
    coverage: one('valueReference'),
    covered: one('valueCode', [...COVERED, 'indeterminate']),
    'pa-needed': atMostOne('valueCode', [...AUTHORIZATION, 'indeterminate']),
    'doc-needed': any('valueCode', ['clinical', 'admin', 'patient', 'conditional', 'indeterminate']),
    'doc-purpose': any('valueCode', PURPOSE),
    'info-needed': any('valueCode', [...INFO, 'detail-code']),
    billingCode: any('valueCoding'),
    reason: any('valueCodeableConcept', [
      ...['gold-card', 'no-member-found', 'no-active-coverage', 'coverage-not-found'],
      ...['auth-out-network', 'technical'],
    ]),
    detail: { least: 0, most: MANY },
    dependency: any('valueReference'),
    questionnaire: any('valueCanonical'),
    date: one('valueDate'),
    'coverage-assertion-id': one('valueString'),
    'satisfied-pa-id': atMostOne('valueString'),
    contact: any('valueContactDetail'),
    'expiry-date': atMostOne('valueDate'),
  },
};

const DETAIL_VALUES = ['valueBoolean', 'valueString', 'valueQuantity', 'valuePeriod'];
const TEMPORARY = 'http://hl7.org/fhir/us/davinci-crd/CodeSystem/temp';
const DETAIL_SYSTEM = 'http://terminology.hl7.org/CodeSystem/crd-coverage-detail';

/** What is wrong with one coverage-information, a line each; empty when the version allows it. */
export function faultsOfCoverageInformation(
  information: CoverageInformation,
  version: CrdVersion,
): readonly string[] {
  const parts = PARTS[version];
  const unknown = information.extension.filter(({ url }) => typeof url !== 'string' || !(url in parts));
  return [
    ...unknown.map(({ url }) => `no part ${String(url)} in ${version}`),
    ...Object.entries(parts).flatMap(([url, part]) => faultsOfPart(information, url, part)),
    ...information.extension
      .filter(({ url }) => url === 'detail')
      .flatMap((part) => faultsOfDetail(part, version)),
    ...faultsOfReasons(information, version),
    ...brokenIn(information, version),
  ];
}

function faultsOfPart(
  information: CoverageInformation,
  url: string,
  { least, most, value, codes }: Part,
): readonly string[] {
  const present = information.extension.filter((part) => part['url'] === url);
  const faults = present.length < least || present.length > most ? [`${url}: ${present.length} times`] : [];
  for (const part of present) {
    const names = Object.keys(part).filter((name) => name !== 'url');
    if (value !== undefined && names.join() !== value) faults.push(`${url}: ${names.join()} is not ${value}`);
    if (value === 'valueCode' && codes && !codes.includes(String(part[value])))
      faults.push(`${url}: unknown code`);
  }
  return faults;
}

/** A reason is one of the version's codes, or has text (extensible binding). */
function faultsOfReasons(information: CoverageInformation, version: CrdVersion): readonly string[] {
  const codes = PARTS[version]['reason']?.codes ?? [];
  return valuesOf(information, 'reason').flatMap((value) => {
    const { coding = [], text } = value as { coding?: { system: string; code: string }[]; text?: string };
    const known = coding.every(({ system, code }) => system === TEMPORARY && codes.includes(code));
    return known && (coding.length > 0 || text !== undefined)
      ? []
      : ['reason: neither a code of the version nor text'];
  });
}

function faultsOfDetail(detail: Readonly<Record<string, unknown>>, version: CrdVersion): readonly string[] {
  const parts = detail['extension'] as readonly Readonly<Record<string, unknown>>[];
  const urls = parts.map(({ url }) => String(url)).sort();
  const needed = version === '2.2' ? ['category', 'code', 'value'] : ['code', 'value'];
  const missing = needed.filter((url) => urls.filter((one) => one === url).length !== 1);
  const extra = urls.filter((url) => ![...needed, 'qualification'].includes(url));
  const value = parts.find(({ url }) => url === 'value') ?? {};
  const type = Object.keys(value).find((name) => name !== 'url') ?? '';
  const types = version === '2.2' ? [...DETAIL_VALUES, 'valueUrl'] : DETAIL_VALUES;
  const code = parts.find(({ url }) => url === 'code')?.['valueCodeableConcept'] as
    { coding?: { system: string }[]; text?: string } | undefined;
  const system = version === '2.2' ? DETAIL_SYSTEM : TEMPORARY;
  const coded = code?.coding?.every((one) => one.system === system) ?? code?.text !== undefined;
  return [
    ...missing.map((url) => `detail: ${url} has to be there once`),
    ...extra.map((url) => `detail: no part ${url}`),
    ...(types.includes(type) ? [] : [`detail: ${type} is no type of a value`]),
    ...(coded ? [] : ['detail: code of another system']),
  ];
}

/** The invariants by the guide's own expressions of each version; where it misspells a code, by its prose. */
function brokenIn(information: CoverageInformation, version: CrdVersion): readonly string[] {
  const of = (url: string) => valuesOf(information, url);
  const states = [...of('covered'), ...of('pa-needed'), ...of('doc-needed')];
  const implies = (condition: boolean, conclusion: boolean) => !condition || conclusion;
  const both: Readonly<Record<string, boolean>> = {
    q1: implies(of('questionnaire').length + of('response').length > 0, of('doc-needed').length > 0),
    q3: of('info-needed').length > 0 === states.includes('conditional'),
    q4: implies(
      ['satisfied', 'no-auth'].includes(String(of('pa-needed')[0])),
      !of('doc-purpose').includes('withpa'),
    ),
    q5: of('pa-needed').includes('satisfied') === of('satisfied-pa-id').length > 0,
  };
  const own: Readonly<Record<string, boolean>> =
    version === '2.0.1'
      ? { q2: implies(!of('covered').includes('not-covered'), of('pa-needed').length > 0) }
      : {
          q2: implies(of('covered').includes('not-covered'), of('pa-needed').length === 0),
          q6: implies(of('info-needed').includes('OTH'), of('reason').length > 0),
          q8: implies(of('doc-purpose').length > 0, of('reason').length > 0),
          q9: implies(states.includes('indeterminate'), of('reason').length > 0),
        };
  return Object.entries({ ...both, ...own }).flatMap(([name, holds]) => (holds ? [] : [`breaks ${name}`]));
}
