import type { CdsErrorCode } from '../errors.js';
import type { JsonObject } from '../cds-hooks/hook-request.types.js';
import type {
  Contact,
  Detail,
  DetailCode,
  Determination,
  Form,
  Reason,
  ReasonCode,
} from './coverage-rules.types.js';

export type CrdVersion = '2.0.1' | '2.2';

/** Everything in which the versions of Da Vinci CRD differ for a server: one object each, nothing anywhere else. */
export interface CrdProfile {
  readonly version: CrdVersion;
  /** As discovery declares it: `major.minor`. */
  readonly declared: string;
  readonly topicSystem: string;
  /** What a call that is JSON, but no call of CDS Hooks, is refused as. */
  readonly invalidAs: CdsErrorCode;
  /** What the extension of that name holds (CC-6). */
  readonly associatedResource: (references: readonly string[]) => readonly (string | JsonObject)[];
  /** The determination with what this version has words for. */
  readonly inWords: (determination: Determination) => Determination;
  /** Several clinical and administrative documents are one code in one version, several in another. */
  readonly docNeeded: (codes: NonNullable<Determination['docNeeded']>) => readonly string[];
  readonly reasonCodes: readonly ReasonCode[];
  readonly detail: (detail: Detail) => readonly JsonObject[];
  readonly contact: (contact: Contact) => JsonObject;
  /** Inputs of a task to complete a form, beside the form itself. */
  readonly taskInputs: (form: Form) => readonly JsonObject[];
}

const TEMPORARY = 'http://hl7.org/fhir/us/davinci-crd/CodeSystem/temp';

/** Of Structured Data Capture, whose task the guide's own is a profile of. */
export const SDC_CODES = 'http://hl7.org/fhir/uv/sdc/CodeSystem/temp';

/** Of the reasons, which are in both versions, and of all else that 2.0.1 has. */
export const REASON_SYSTEM = TEMPORARY;

const CRD_2_0_1: CrdProfile = {
  version: '2.0.1',
  declared: '2.0',
  topicSystem: TEMPORARY,
  invalidAs: 'ERR_HOOK_REQUEST_UNPROCESSABLE',
  associatedResource: (references) => references,
  inWords: withoutIndeterminate,
  docNeeded: oneDocumentCode,
  reasonCodes: ['gold-card', 'detail-code'],
  detail: (detail) => [
    // No code for a policy's address, and no url among the types of a value: words, and a string.
    detail.code === 'policy-link' || detail.code === 'instructions'
      ? part('code', { valueCodeableConcept: { text: DETAIL_TEXT[detail.code] } })
      : part('code', { valueCodeableConcept: { coding: [{ system: TEMPORARY, code: detail.code }] } }),
    part('value', valueOf(detail.url === undefined ? detail : { string: detail.url })),
    ...qualification(detail),
  ],
  contact: (contact) => ({ valueContactPoint: { system: contact.system, value: contact.value } }),
  taskInputs: ({ afterCompletion }) => [
    {
      type: { coding: [{ system: TEMPORARY, code: 'after-completion-action' }] },
      valueCodeableConcept: {
        ...(afterCompletion.code !== undefined && {
          coding: [{ system: TEMPORARY, code: afterCompletion.code }],
        }),
        ...(afterCompletion.text !== undefined && { text: afterCompletion.text }),
      },
    },
  ],
};

const CRD_2_2: CrdProfile = {
  version: '2.2',
  declared: '2.2',
  topicSystem: 'http://terminology.hl7.org/CodeSystem/cdshooks-card-type',
  invalidAs: 'ERR_HOOK_REQUEST_INVALID',
  associatedResource: (references) => references.map((reference) => ({ reference })),
  inWords: (determination) => determination,
  docNeeded: (codes) => [...new Set(codes)],
  reasonCodes: [
    'gold-card',
    'no-member-found',
    'no-active-coverage',
    'coverage-not-found',
    'auth-out-network',
    'technical',
  ],
  detail: (detail) => [
    part('category', { valueCode: DETAIL_CATEGORY[detail.code] }),
    part('code', { valueCodeableConcept: { coding: [{ system: DETAIL_SYSTEM, code: detail.code }] } }),
    part('value', valueOf(detail)),
    ...qualification(detail),
  ],
  contact: ({ name, system, value }) => ({
    valueContactDetail: { ...(name !== undefined && { name }), telecom: [{ system, value }] },
  }),
  taskInputs: () => [],
};

export const CRD_PROFILES: Readonly<Record<CrdVersion, CrdProfile>> = { '2.0.1': CRD_2_0_1, '2.2': CRD_2_2 };

const DETAIL_SYSTEM = 'http://terminology.hl7.org/CodeSystem/crd-coverage-detail';

const DETAIL_TEXT = { 'policy-link': 'Policy', instructions: 'Instructions' } as const;

/** By the hierarchy of the guide's code system. */
const DETAIL_CATEGORY: Readonly<Record<DetailCode, string>> = {
  'allowed-quantity': 'cat-limitation',
  'allowed-period': 'cat-limitation',
  'in-network-copay': 'cat-decisional',
  'out-network-copay': 'cat-decisional',
  'concurrent-review': 'cat-decisional',
  'appropriate-use-needed': 'cat-decisional',
  'policy-link': 'cat-other',
  instructions: 'cat-other',
};

/** A sub-extension: its url, and its value. */
export function part(url: string, value: JsonObject): JsonObject {
  return { url, ...value };
}

function valueOf({ boolean, string, url, quantity, period }: Omit<Detail, 'code'>): JsonObject {
  if (boolean !== undefined) return { valueBoolean: boolean };
  if (quantity) return { valueQuantity: { ...quantity } };
  if (period) return { valuePeriod: { ...period } };
  return url === undefined ? { valueString: string } : { valueUrl: url };
}

function qualification({ qualification: text }: Detail): readonly JsonObject[] {
  return text === undefined ? [] : [part('qualification', { valueString: text })];
}

/** 2.0.1 has one code for both kinds, and none for what the patient has to tell: that is no clinician's work. */
function oneDocumentCode(codes: NonNullable<Determination['docNeeded']>): readonly string[] {
  if (codes.length === 0) return [];
  const clinical = codes.includes('clinical');
  const admin = codes.includes('admin') || codes.includes('patient');
  if (clinical && admin) return ['both'];
  if (clinical) return ['clinical'];
  return [admin ? 'admin' : 'conditional'];
}

/** What cannot be decided for now is `conditional` in 2.0.1, and `detail-code` a reason rather than a thing needed. */
function withoutIndeterminate(determination: Determination): Determination {
  const { covered, paNeeded, docNeeded, infoNeeded = [], reasons = [], ...rest } = determination;
  const open = [covered, paNeeded, ...(docNeeded ?? [])].includes('indeterminate');
  const byCode = infoNeeded.includes('detail-code');
  const others = infoNeeded.filter((code) => code !== 'detail-code');
  const needed = (open || byCode) && others.length === 0 ? (['OTH'] as const) : others;
  const reason: readonly Reason[] = byCode ? [...reasons, { code: 'detail-code' }] : reasons;
  return {
    ...rest,
    covered: conditionalFor(covered),
    ...(paNeeded && { paNeeded: conditionalFor(paNeeded) }),
    ...(docNeeded && { docNeeded: docNeeded.map(conditionalFor) }),
    ...(needed.length > 0 && { infoNeeded: needed }),
    ...(reason.length > 0 && { reasons: reason }),
  };
}

function conditionalFor<Code extends string>(code: Code): Exclude<Code, 'indeterminate'> | 'conditional' {
  return isDeterminate(code) ? code : 'conditional';
}

function isDeterminate<Code extends string>(code: Code): code is Exclude<Code, 'indeterminate'> {
  return code !== 'indeterminate';
}
