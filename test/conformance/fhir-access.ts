import { FakeFhirServer, healthy } from '../fhir/fhir-server.js';

export const AUTHORIZATION = {
  ...{ access_token: 'SECRET-T', token_type: 'Bearer', expires_in: 300 },
  ...{ scope: 'user/*.read', subject: 'stepwise' },
};

export type Members = Readonly<Record<string, unknown>>;

export const without = (object: Members, name: string): Members =>
  Object.fromEntries(Object.entries(object).filter(([key]) => key !== name));

/** A FHIR server that remembers what it was asked, and the members of a call that lead to it. */
export async function startFhir() {
  const fhir = await FakeFhirServer.start(healthy);
  const access = (fhirAuthorization: object = AUTHORIZATION) => ({
    fhirServer: fhir.base,
    fhirAuthorization,
  });
  return { fhir, access };
}
