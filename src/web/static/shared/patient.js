import { html } from './lit.js';

/**
 * Who it is: name, gender, and the age on the day of the order.
 * @param {import('./types.js').AnyResource} patient
 * @param {string | undefined} asOf FHIR date or dateTime
 */
export function patientLine({ name: names, gender, birthDate }, asOf = '') {
  const name = names?.[0];
  const words = name?.text ?? [...(name?.given ?? []), name?.family].filter(Boolean).join(' ');
  const age = ageOn(asOf, birthDate ?? '');
  const sex = gender && !['male', 'female'].includes(gender) ? `gender ${gender}` : gender;
  const rest = [sex, age === undefined ? undefined : `${age} years`].filter(Boolean).join(', ');
  return html`<strong>${words || 'No name on record'}</strong> <span class="quiet">${rest}</span>`;
}

/** Whole years; undefined when the day of birth is not known. @param {string} day @param {string} birthDate */
function ageOn(day, birthDate) {
  const years = Number.parseInt(day.slice(0, 4), 10) - Number.parseInt(birthDate.slice(0, 4), 10);
  if (Number.isNaN(years)) return undefined;
  return day.slice(5, 10) < birthDate.slice(5, 10) ? years - 1 : years;
}
