/** Words for the closed sets of the evaluation; an id that is not here is shown as plain words. */

const NAMES = {
  'conservative-care': 'Conservative care',
  'diagnostic-blocks': 'Diagnostic blocks',
  'radiofrequency-ablation': 'Radiofrequency ablation',
  neurectomy: 'Neurectomy',
  'sacral-lateral-branch-rfa': 'Sacral lateral branch RFA',
  'facet-rfa': 'Facet RFA',
  'si-joint-injection': 'SI joint injection',
  'si-fusion': 'SI joint fusion',
  'transforaminal-epidural': 'Transforaminal epidural',
  'interlaminar-epidural': 'Interlaminar epidural',
  'caudal-epidural': 'Caudal epidural',
  'central-stenosis': 'Central canal stenosis',
  'si-fusion-same-side': 'SI joint fusion on the same side',
  'rfa-denied-by-plan': 'RFA denied by the plan',
  'rfa-planned': 'RFA is planned',
  'hip-signs': 'Signs of a hip source',
  'urgent-evaluation': 'Evaluate the red flag first',
  'other-diagnosis-first': 'Another diagnosis comes first',
  'indication-unclear': 'The indication is unclear',
  'insufficient-data': 'Not enough could be read',
  'conservative-care-first': 'Conservative care comes first',
  'diagnostic-blocks-first': 'Diagnostic blocks come first',
  'radiofrequency-first': 'Radiofrequency ablation comes first',
  'repeat-radiofrequency': 'Repeat radiofrequency ablation',
  'individual-review': 'Individual review',
  'cauda-equina': 'Cauda equina syndrome',
  diagnosticReports: 'Reports',
  serviceRequests: 'Orders',
  familyHistory: 'Family history',
  unaddressed: 'Untreated',
  'also-seen': 'Also seen',
  excluded: 'Ruled out',
  'not-met': 'Not met',
  'entered-in-error': 'entered in error',
  'wrong-target': 'another target',
  'wrong-side': 'the other side',
  'outcome-unknown': 'outcome not recorded',
  'too-old': 'too long ago',
  'not-ablation': 'pulsed, not an ablation',
  'therapeutic-not-diagnostic': 'with steroid: therapeutic, not diagnostic',
  'equivocal-relief': 'relief equivocal',
  'status-contradicted-by-text': 'its text says it was not carried through',
  'other-patient': 'another patient’s',
  'negative-relief': 'too little relief',
  'relief-at-other-site': 'relief was at another site',
  'relief-not-recorded': 'relief not recorded',
  'too-recent': 'too recent to judge',
  'not-done': 'not done',
  'status-unknown': 'status does not tell whether it was done',
  'side-not-recorded': 'side not recorded',
  'side-contradicted': 'its words and its body site name different sides',
  'outcome-contradicted': 'told both as enough and as too little',
  'worked-before': 'worked',
  'failed-too': 'failed',
  'before-neurectomy': 'from before the neurectomy',
  'not-alone': 'given with another injection on the same day',
};

/** Short names for the narrow places of spine and timeline. */
const SHORT = {
  'lateral-branch-block': 'Sacral block',
  'si-joint-injection': 'SI injection',
  'medial-branch-block': 'Facet block',
  'transforaminal-epidural': 'TFESI',
  'interlaminar-epidural': 'ILESI',
  'caudal-epidural': 'Caudal ESI',
  'sacral-lateral-branch-rfa': 'Sacral RFA',
  'facet-rfa': 'Facet RFA',
  'trigger-point-injection': 'Trigger point, bursa',
};

/**
 * An id in words, with a capital where it starts a phrase.
 * @param {string} id
 */
export function nameOf(id) {
  const known = NAMES[/** @type {keyof NAMES} */ (id)];
  if (known) return known;
  const words = id.replace(/-/g, ' ').replace(/([a-z])([A-Z])/g, '$1 $2');
  return words.charAt(0).toUpperCase() + words.slice(1).toLowerCase();
}

/** @param {string} kind of an intervention */
export function shortNameOf(kind) {
  return SHORT[/** @type {keyof SHORT} */ (kind)] ?? nameOf(kind);
}

/** @param {{low: number, high: number} | undefined} relief in percent */
export function reliefText(relief) {
  if (!relief) return undefined;
  const { low, high } = relief;
  return low === high ? `${low} %` : `${low}–${high} %`;
}

const UNITS = { H: 'h', D: 'd', W: 'wk', M: 'mo', Y: 'y' };

/**
 * An ISO 8601 duration in short words (PT6H: 6 h); minutes are told from months by their place after T.
 * @param {string | undefined} duration
 */
export function durationText(duration) {
  const [, time, count, unit] = /^P(T?)(\d+(?:\.\d+)?)([HDWMY])$/.exec(duration ?? '') ?? [];
  if (!count || !unit) return undefined;
  return `${count} ${time && unit === 'M' ? 'min' : UNITS[/** @type {keyof UNITS} */ (unit)]}`;
}

/** @param {string | undefined} laterality */
export function sideText(laterality) {
  return laterality === 'bilateral' ? 'both sides' : (laterality ?? 'side not said');
}

/** @param {string | undefined} date FHIR date or dateTime */
export function dayOf(date) {
  return date?.slice(0, 10);
}

/** Dates and percentages, which are not to be torn apart at the end of a line. */
const UNBROKEN = /(\d{4}-\d{2}-\d{2}|\d+(?:[-–]\d+)? %)/;

/**
 * A text cut so that every second part is a date or a percentage.
 * @param {string} text
 */
export function partsOf(text) {
  return text.split(UNBROKEN);
}
