/**
 * What the Inferno CRD server suite checks of an answer to order-sign or order-select (tests e to l of a hook's group),
 * written from the description of its checks. A line for each fault; empty when it would pass.
 */
import type { CrdVersion } from '../../src/crd/profile.js';
import { coverageInformationOf, valuesOf, type CoverageInformation } from './service.js';
import { faultsOfCoverageInformation } from './structure.js';
import { formFaults } from './task-structure.js';

type Members = Readonly<Record<string, unknown>>;

const ORDER_TYPES = [
  'DeviceRequest',
  'MedicationRequest',
  'NutritionOrder',
  'ServiceRequest',
  'VisionPrescription',
];

export interface InfernoCall {
  readonly draftOrders: readonly Members[];
  readonly body: unknown;
  readonly version: CrdVersion;
  /** For a secondary hook coverage information may be missing, and so may `systemActions`. */
  readonly isSecondary?: boolean;
}

export interface InfernoResult {
  readonly faults: readonly string[];
  /** Response types by shape alone. */
  readonly types: ReadonlySet<
    'external-reference' | 'instructions' | 'alternate-request' | 'additional-orders' | 'form' | 'smart'
  >;
}

export function infernoChecks({
  draftOrders,
  body,
  version,
  isSecondary = false,
}: InfernoCall): InfernoResult {
  const response = body as Members;
  if (!Array.isArray(response['cards'])) return { faults: ['cards is no Array'], types: new Set() };
  const cards = response['cards'] as Members[];
  const actions = response['systemActions'] ?? (isSecondary ? [] : undefined);
  if (!Array.isArray(actions)) return { faults: ['systemActions is no Array'], types: new Set() };
  const systemActions = actions as Members[];
  return {
    faults: [
      ...cards.flatMap((card) => [...requiredOf(card), ...optionalOf(card)]),
      ...systemActions.flatMap(actionFaults),
      ...coverageFaults(systemActions, draftOrders, version).filter(
        (fault) => !isSecondary || fault !== NOT_RECEIVED,
      ),
      ...cards.flatMap((card) =>
        suggestionsOf(card).flatMap((one) => [
          ...alternativeFaults(one, draftOrders),
          ...createdFaults(one, { draftOrders, body, version }),
          ...formFaults(listOf(one['actions']), version),
        ]),
      ),
    ],
    types: new Set(cards.flatMap(typesOf)),
  };
}

const isText = (value: unknown): value is string => typeof value === 'string' && value.trim() !== '';

function requiredOf(card: Members): readonly string[] {
  const { summary, indicator } = card;
  const source = (card['source'] ?? {}) as Members;
  const topic = (source['topic'] ?? {}) as Members;
  return [
    ...(isText(summary) && Array.from(summary).length < 140 ? [] : ['summary']),
    ...(['info', 'warning', 'critical'].includes(String(indicator)) ? [] : ['indicator']),
    ...(isText(source['label']) ? [] : ['source.label']),
    ...(isText(topic['code']) && isText(topic['system']) ? [] : ['source.topic']),
  ];
}

function optionalOf(card: Members): readonly string[] {
  const links = listOf(card['links']);
  const suggestions = suggestionsOf(card);
  const reasons = listOf(card['overrideReasons']);
  return [
    ...['uuid', 'detail'].filter((name) => card[name] !== undefined && !isText(card[name])),
    ...(suggestions.length === 0 || ['at-most-one', 'any'].includes(String(card['selectionBehavior']))
      ? []
      : ['selectionBehavior']),
    ...reasons
      .filter((one) => !['code', 'system', 'display'].every((name) => isText(one[name])))
      .map(() => 'reason'),
    ...links.flatMap(linkFaults),
    ...suggestions.flatMap((one) => [
      ...(isText(one['label']) ? [] : ['suggestion.label']),
      ...(one['actions'] === undefined || listOf(one['actions']).length > 0 ? [] : ['suggestion.actions']),
      ...listOf(one['actions']).flatMap(actionFaults),
    ]),
  ];
}

function linkFaults({ label, url, type, appContext }: Members): readonly string[] {
  const isUrl = isText(url) && /^https?:\/\/[^/]+/.test(url);
  const isType = type === 'absolute' || type === 'smart';
  return [
    ...(isText(label) && isUrl && isType ? [] : ['link']),
    ...(appContext === undefined || (type === 'smart' && isText(appContext)) ? [] : ['link.appContext']),
  ];
}

function actionFaults({ type, description, resource, resourceId }: Members): readonly string[] {
  const isDelete = type === 'delete';
  const target = isDelete ? isText(resourceId) && /^\w+\/\S+$/.test(resourceId) : isResource(resource);
  return [
    ...(['create', 'update', 'delete'].includes(String(type)) ? [] : ['action.type']),
    ...(isText(description) ? [] : ['action.description']),
    ...(target ? [] : ['action without its resource']),
  ];
}

function isResource(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && isText((value as Members)['resourceType']);
}

const NOT_RECEIVED = 'no coverage information received';

/** j and k: received at all, whole and valid, and one assertion id for each coverage, which no other has. */
function coverageFaults(
  actions: readonly Members[],
  draftOrders: readonly Members[],
  version: CrdVersion,
): readonly string[] {
  const updates = actions.filter(
    ({ resource }) => isResource(resource) && ORDER_TYPES.includes(String(resource['resourceType'])),
  );
  const informed = updates.filter(({ resource }) => coverageInformationOf(resource as never).length > 0);
  return [
    ...(informed.length > 0 ? [] : [NOT_RECEIVED]),
    ...informed.flatMap(({ type, resource }) => {
      const order = resource as Members;
      const sent = draftOrders.find(({ id }) => id === order['id']);
      const all = coverageInformationOf(order as never);
      return [
        ...(type === 'update' ? [] : ['coverage information on an action that is no update']),
        ...(sent
          ? profileFaults(order, version).filter((fault) => !profileFaults(sent, version).includes(fault))
          : ['an order nobody sent']),
        ...all.flatMap((one) => faultsOfCoverageInformation(one, version)),
        ...idFaults(all),
      ];
    }),
  ];
}

/** The CRD profile's own cardinalities; what an order lacked when it was sent is none of our faults. */
function profileFaults(order: Members, version: CrdVersion): readonly string[] {
  return [
    ...['code', 'subject', 'authoredOn', 'requester', 'intent', 'status'].filter(
      (name) => order[name] === undefined,
    ),
    ...(version === '2.0.1' && order['status'] !== 'draft' ? ['status is draft in 2.0.1'] : []),
  ];
}

/** l: an order that is proposed is valid, too, as far as those were that it comes from. */
function createdFaults(suggestion: Members, { draftOrders, version }: InfernoCall): readonly string[] {
  const lacked = new Set(draftOrders.flatMap((order) => profileFaults(order, version)));
  return listOf(suggestion['actions'])
    .filter(({ type, resource }) => type === 'create' && isResource(resource))
    .map(({ resource }) => resource as Members)
    .filter(({ resourceType }) => ORDER_TYPES.includes(String(resourceType)))
    .flatMap((order) => profileFaults(order, version))
    .filter((fault) => !lacked.has(fault))
    .map((fault) => `a proposed order without ${fault}`);
}

function idFaults(all: readonly CoverageInformation[]): readonly string[] {
  const ids = new Map<string, Set<string>>();
  for (const one of all) {
    const coverage = JSON.stringify(valuesOf(one, 'coverage'));
    const known = ids.get(coverage) ?? new Set();
    ids.set(coverage, known.add(JSON.stringify(valuesOf(one, 'coverage-assertion-id'))));
  }
  const lists = [...ids.values()].map((each) => [...each]);
  const isShared = new Set(lists.flat()).size < lists.flat().length;
  return [
    ...(lists.every(({ length }) => length === 1) ? [] : ['several ids for one coverage']),
    ...(isShared ? ['a shared id'] : []),
  ];
}

/** A task, or the form it is about: classified by shape alone. */
function isForm(suggestion: Members): boolean {
  return listOf(suggestion['actions']).some(({ resource }) =>
    ['Task', 'Questionnaire'].includes(String((resource as Members | undefined)?.['resourceType'])),
  );
}

/** l: what is removed or updated was in the call, and what is removed is replaced by its like. */
function alternativeFaults(suggestion: Members, draftOrders: readonly Members[]): readonly string[] {
  if (isForm(suggestion)) return [];
  const actions = listOf(suggestion['actions']);
  const known = draftOrders.map(({ resourceType, id }) => `${String(resourceType)}/${String(id)}`);
  const created = actions
    .filter(({ type }) => type === 'create')
    .map(({ resource }) => (resource as Members)['resourceType']);
  return actions.flatMap(({ type, resourceId, resource }) => {
    if (type === 'create')
      return ORDER_TYPES.includes(String((resource as Members)['resourceType'])) ? [] : ['created type'];
    const id =
      type === 'delete'
        ? String(resourceId)
        : `${String((resource as Members)['resourceType'])}/${String((resource as Members)['id'])}`;
    return [
      ...(known.includes(id) ? [] : [`${id} is not in draftOrders`]),
      ...(type === 'update' || created.includes(id.split('/')[0])
        ? []
        : [`${id} is replaced by nothing of its type`]),
    ];
  });
}

function typesOf(card: Members): InfernoResult['types'] extends ReadonlySet<infer T> ? readonly T[] : never {
  const links = listOf(card['links']).map(({ type }) => type);
  const suggestions = suggestionsOf(card);
  const orders = suggestions.filter((one) => !isForm(one));
  const kinds = orders.map((one) => listOf(one['actions']).map(({ type }) => type));
  return [
    ...(links.length > 0 && links.every((type) => type === 'absolute')
      ? (['external-reference'] as const)
      : []),
    ...(links.length > 0 && links.every((type) => type === 'smart') ? (['smart'] as const) : []),
    ...(links.length + suggestions.length === 0 ? (['instructions'] as const) : []),
    ...(kinds.some((types) => types.includes('delete') && types.includes('create'))
      ? (['alternate-request'] as const)
      : []),
    ...(kinds.some((types) => types.every((type) => type === 'create'))
      ? (['additional-orders'] as const)
      : []),
    ...(suggestions.some(isForm) ? (['form'] as const) : []),
  ];
}

function suggestionsOf(card: Members): readonly Members[] {
  return listOf(card['suggestions']);
}

function listOf(value: unknown): readonly Members[] {
  return Array.isArray(value) ? (value as Members[]) : [];
}
