import { broken, checkExtension, checkItems, checkMembers, checkString, isObject } from './response-rules.js';

/** ACT-1 to ACT-5, for the actions of a suggestion and for system actions. @throws CdsError ERR_INTERNAL */
export function checkActions(actions: unknown, place: string): void {
  checkItems(actions, 'ACT-1', place, checkAction);
}

function checkAction(action: unknown, place: string): void {
  checkMembers(action, ['type', 'description', 'resource', 'resourceId'], 'ACT-1', place);
  checkExtension(action['extension'], `${place}.extension`);
  checkString(action['description'], 'ACT-1, ACT-5', `${place}.description`);
  const { type, resource, resourceId } = action;
  if (type === 'delete') checkDelete(resource, resourceId, place);
  else if (type === 'create' || type === 'update') checkWrite(type, resource, resourceId, place);
  else throw broken('ACT-1: type is create, update or delete', `${place}.type`);
}

const RELATIVE_REFERENCE = /^[A-Z][A-Za-z]*\/[^\s/]+$/;

function checkDelete(resource: unknown, resourceId: unknown, place: string): void {
  if (resource !== undefined) throw broken('ACT-4: delete has no resource', `${place}.resource`);
  if (typeof resourceId !== 'string' || !RELATIVE_REFERENCE.test(resourceId))
    throw broken('ACT-4: resourceId is Type/id', `${place}.resourceId`);
}

function checkWrite(type: 'create' | 'update', resource: unknown, resourceId: unknown, place: string): void {
  const rule = type === 'create' ? 'ACT-2' : 'ACT-3';
  if (resourceId !== undefined) throw broken(`${rule}: no resourceId`, `${place}.resourceId`);
  if (!isObject(resource) || typeof resource['resourceType'] !== 'string')
    throw broken(`${rule}: a whole FHIR resource, as an object`, `${place}.resource`);
  if (type === 'update' && (typeof resource['id'] !== 'string' || resource['id'] === ''))
    throw broken('ACT-3: the resource has its id', `${place}.resource.id`);
}
