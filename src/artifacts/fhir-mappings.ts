import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { ValidateFunction } from 'ajv';
import type { CodeSystem, ConceptMap, NamingSystem, ValueSet } from 'fhir/r4.js';
import { StartupError } from '../errors.js';
import { CANONICAL_BASE } from './canonical.js';
import { checkOf } from './checks.js';
import { readJson } from './read-checked.js';
import { codeSystemSchema } from './schemas/code-system.schema.js';
import { conceptMapSchema } from './schemas/concept-map.schema.js';
import { namingSystemSchema } from './schemas/naming-system.schema.js';
import { valueSetSchema } from './schemas/value-set.schema.js';

/** The resources of fhir-mappings/ and of a site's own folder, by id in file order, each checked against its schema. */
export interface FhirMappings {
  readonly valueSets: readonly ValueSet[];
  readonly conceptMaps: readonly ConceptMap[];
  readonly namingSystems: readonly NamingSystem[];
  readonly codeSystems: readonly CodeSystem[];
}

const checks = {
  valueSets: checkOf<ValueSet>(valueSetSchema),
  conceptMaps: checkOf<ConceptMap>(conceptMapSchema),
  namingSystems: checkOf<NamingSystem>(namingSystemSchema),
  codeSystems: checkOf<CodeSystem>(codeSystemSchema),
};

const FILE_NAME = /^(ValueSet|ConceptMap|NamingSystem|CodeSystem)-([A-Za-z0-9.-]{1,64})\.json$/;

/**
 * Loads fhir-mappings/. A site's folder may add ConceptMaps (its order codes, its words) and NamingSystems (its names
 * of code systems), and replaces the product's of the same id; the value sets stay the product's.
 *
 * @throws StartupError with path and JSON Pointer when a file is unreadable, misnamed, or not as its schema asks
 */
export function loadFhirMappings(folder: string, siteFolder?: string): FhirMappings {
  const own = filesIn(folder);
  const site = siteFolder === undefined ? [] : filesIn(siteFolder);
  for (const { path, type } of site) {
    if (type === 'ValueSet' || type === 'CodeSystem')
      throw new StartupError(path, 'a site adds ConceptMaps and NamingSystems only');
  }
  const replaced = new Set(site.map(({ name }) => name));
  const files = [...own.filter(({ name }) => !replaced.has(name)), ...site];
  return {
    valueSets: readAll(files, 'ValueSet', checks.valueSets),
    conceptMaps: readAll(files, 'ConceptMap', checks.conceptMaps),
    namingSystems: readAll(files, 'NamingSystem', checks.namingSystems),
    codeSystems: readAll(files, 'CodeSystem', checks.codeSystems),
  };
}

interface MappingFile {
  readonly path: string;
  readonly name: string;
  readonly type: string;
  readonly id: string;
}

function filesIn(folder: string): readonly MappingFile[] {
  return namesIn(folder).map((name) => {
    const path = join(folder, name);
    const [, type, id] = FILE_NAME.exec(name) ?? [];
    if (type === undefined || id === undefined)
      throw new StartupError(path, 'has to be named <ResourceType>-<id>.json, of a type that is read here');
    return { path, name, type, id };
  });
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith('.json'))
      .sort();
  } catch {
    throw new StartupError(folder, 'is not a folder that can be read');
  }
}

interface Identified {
  readonly resourceType: string;
  readonly id?: string | undefined;
  readonly url?: string | undefined;
}

function readAll<T extends Identified>(
  files: readonly MappingFile[],
  type: string,
  check: ValidateFunction<T>,
): readonly T[] {
  return files.filter((file) => file.type === type).map((file) => readOne(file, check));
}

function readOne<T extends Identified>({ path, type, id }: MappingFile, check: ValidateFunction<T>): T {
  const resource = readJson(path);
  if (!check(resource)) {
    const [error] = check.errors ?? [];
    throw new StartupError(
      `${path}#${error?.instancePath ?? ''}`,
      error?.message ?? 'is not as its schema asks',
    );
  }
  if (resource.id !== id) throw new StartupError(`${path}#/id`, 'has to be the id in the file name');
  if (type === 'ValueSet' && resource.url !== `${CANONICAL_BASE}/${type}/${id}`)
    throw new StartupError(`${path}#/url`, `has to be ${CANONICAL_BASE}/${type}/ and the id`);
  return resource;
}
