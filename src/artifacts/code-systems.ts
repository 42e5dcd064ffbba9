import type { NamingSystem } from 'fhir/r4.js';

export const ICD_10_CM = 'http://hl7.org/fhir/sid/icd-10-cm';
export const ATC = 'http://www.whocc.no/atc';
export const CPT = 'http://www.ama-assn.org/go/cpt';

/** Systems whose codes continue their parent's: M54.16 is a M54.1 is a M54. */
export const HIERARCHICAL: ReadonlySet<string> = new Set([ICD_10_CM, ATC]);

/** From any name of a code system to the one that ValueSets use. */
export class SystemNames {
  readonly #canonical = new Map<string, string>();

  constructor(namingSystems: readonly NamingSystem[]) {
    for (const { uniqueId } of namingSystems) {
      const preferred = uniqueId.find((id) => id.preferred === true) ?? uniqueId[0];
      if (!preferred) continue;
      for (const { value } of uniqueId) this.#canonical.set(plainName(value), preferred.value.trim());
    }
  }

  /**
   * The name that ValueSets use for a system, by its URL in any letter case, http or https, with or without a
   * trailing slash, or by its OID with or without `urn:oid:`. A system nobody named stands for itself.
   */
  canonical(system: string): string {
    return this.#canonical.get(plainName(system)) ?? plainName(system);
  }
}

function plainName(system: string): string {
  const name = system
    .trim()
    .toLowerCase()
    .replace(/^https:/, 'http:')
    .replace(/\/+$/, '');
  return /^\d+(?:\.\d+)+$/.test(name) ? `urn:oid:${name}` : name;
}

/** A code without white space and in upper case; ICD-10-CM also without its dot, as claims write it. */
export function plainCode(system: string, code: string): string {
  const plain = code.replace(/\s+/g, '').toUpperCase();
  return system === ICD_10_CM ? plain.replace('.', '') : plain;
}

/** CPT codes as charge masters write them, with a modifier: `64625-50` is 64625 and 50. Others stand alone. */
export function partsOfCode(system: string, plain: string): readonly string[] {
  const parts = system === CPT ? /^([0-9A-Z]{5})-?([0-9A-Z]{2})$/.exec(plain) : null;
  return parts ? [parts[1] ?? plain, parts[2] ?? plain] : [plain];
}
