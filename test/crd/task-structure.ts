/**
 * What profile-taskquestionnaire of the guide asks of a Task, by version, and SDC's own task profile that it rests on;
 * written from the profiles and not from our builder.
 */
import type { CrdVersion } from '../../src/crd/profile.js';

type Members = Readonly<Record<string, unknown>>;

const CRD = 'http://hl7.org/fhir/us/davinci-crd/CodeSystem/temp';
const SDC = 'http://hl7.org/fhir/uv/sdc/CodeSystem/temp';

/** What is wrong with a task to complete a form, a line each; empty when the version's profile allows it. */
export function taskFaults(task: Members, version: CrdVersion): readonly string[] {
  const inputs = listOf(task['input']);
  const forms = inputs.filter(({ type }) => isCoded(type, SDC, 'questionnaire'));
  const [form = {}] = forms;
  const afterwards = inputs.filter(({ type }) => isCoded(type, CRD, 'after-completion-action'));
  const checks: Readonly<Record<string, boolean>> = {
    status: task['status'] === 'ready',
    intent: task['intent'] === 'order',
    code: isCoded(task['code'], SDC, 'complete-questionnaire'),
    focus: task['focus'] === undefined,
    for: isReference(task['for'], 'Patient'),
    encounter: task['encounter'] === undefined || isReference(task['encounter'], 'Encounter'),
    authoredOn: /^\d{4}-\d\d-\d\d/.test(String(task['authoredOn'])),
    requester: isReference(task['requester'], 'Organization'),
    owner: task['owner'] === undefined,
    'reasonCode.text': typeof (task['reasonCode'] as Members | undefined)?.['text'] === 'string',
    'input[questionnaire]':
      forms.length === 1 && /^https?:\/\/\S+\|\S+$/.test(String(form['valueCanonical'])),
    'input.type.text, of Inferno': (form['type'] as Members | undefined)?.['text'] === 'questionnaire',
    'input[afterCompletion]':
      version === '2.2'
        ? afterwards.length === 0
        : afterwards.length > 0 &&
          afterwards.every(({ valueCodeableConcept }) => isConcept(valueCodeableConcept)),
    basedOn: listOf(task['basedOn']).every((one) => /^[A-Z]\w+\/\S+$/.test(String(one['reference']))),
  };
  return Object.entries(checks).flatMap(([name, holds]) => (holds ? [] : [`Task.${name}`]));
}

/** What Inferno checks of an answer that asks for a form (3.6.14). */
export function formFaults(actions: readonly Members[], version: CrdVersion): readonly string[] {
  return actions.flatMap(({ resource, extension }) => {
    const { resourceType } = (resource ?? {}) as Members;
    if (resourceType === 'Task') return taskFaults(resource as Members, version);
    if (resourceType !== 'Questionnaire') return [];
    const condition = (extension as Members | undefined)?.['davinci-crd.if-none-exist'];
    return typeof condition === 'string' && condition.startsWith('url=') ? [] : ['a form without condition'];
  });
}

function isCoded(value: unknown, system: string, code: string): boolean {
  const codings = listOf((value as Members | undefined)?.['coding']);
  return codings.some((one) => one['system'] === system && one['code'] === code);
}

/** Extensible: one of the guide's codes, or text. */
function isConcept(value: unknown): boolean {
  const { coding, text } = (value ?? {}) as Members;
  const codes = ['prior-auth-include', 'initial-claim-include', 'all-claims-include'];
  return typeof text === 'string' || codes.some((code) => isCoded({ coding }, CRD, code));
}

function isReference(value: unknown, type: string): boolean {
  const { reference, type: named, identifier } = (value ?? {}) as Members;
  return reference === undefined
    ? named === type && typeof (identifier as Members | undefined)?.['value'] === 'string'
    : typeof reference === 'string' && new RegExp(`^${type}/[^/]+$`).test(reference);
}

function listOf(value: unknown): readonly Members[] {
  return Array.isArray(value) ? (value as Members[]) : [];
}
