import { makeTestClient, readTestClient, signToken } from '../check/test-client.js';
import { check } from '../cli/check.js';
import { named, optionOf } from '../cli/options.js';
import { composeCommand, type Terminal } from '../compose/command.js';
import { FhirBase } from '../fhir/fhir-base.js';

/** A command's exit status; undefined: not understood. */
type Status = Promise<number | undefined>;

/** `stepwise-cds check <base URL>`: 0 when nothing is wrong. */
export async function checkCommand(words: readonly string[], terminal: Terminal): Status {
  const base = FhirBase.parse(named(words)[0] ?? '')?.href;
  if (base === undefined) return undefined;
  const { ambient, environment, print } = terminal;
  const folder = optionOf(words, 'client');
  const [patientId, fhirServer] = [optionOf(words, 'patient'), optionOf(words, 'fhir-server')];
  const token = environment['FHIR_TOKEN'];
  const { service, retriever, config, rehearse, close } = composeCommand(words, terminal, [base]);
  try {
    // What is measured is the EHR, not the first call of a process.
    await rehearse();
    const well = await check({
      ...{ base, service, retriever, print, deadlineMs: config.deadlineMs },
      ...{ now: ambient.now, newUuid: ambient.newUuid, seconds: () => secondsOf(terminal) },
      ...(patientId !== undefined && { patientId }),
      ...(fhirServer !== undefined && { fhirServer }),
      ...(folder !== undefined && { client: readTestClient(folder) }),
      ...(token !== undefined && token !== '' && { token }),
    });
    return well ? 0 : 1;
  } finally {
    await close();
  }
}

/** `stepwise-cds test-client <folder>`: prints the path of the file for STEPWISE_CLIENTS. */
export async function testClientCommand(words: readonly string[], { ambient, print }: Terminal): Status {
  const [folder] = named(words);
  const [issuer, fhirServer] = [optionOf(words, 'issuer'), optionOf(words, 'fhir-server')];
  if (folder === undefined || issuer === undefined || fhirServer === undefined) return undefined;
  print(`${await makeTestClient(folder, { issuer, fhirServer, keyId: ambient.newUuid() })}\n`);
  return 0;
}

/** `stepwise-cds token <folder>`: prints a token, for `Authorization: Bearer`. */
export async function tokenCommand(words: readonly string[], terminal: Terminal): Status {
  const [folder] = named(words);
  const audience = optionOf(words, 'audience');
  if (folder === undefined || audience === undefined) return undefined;
  const made = { audience, now: secondsOf(terminal), tokenId: terminal.ambient.newUuid() };
  terminal.print(`${await signToken(readTestClient(folder), made)}\n`);
  return 0;
}

function secondsOf({ ambient }: Terminal): number {
  return Math.floor(ambient.date().getTime() / 1000);
}
