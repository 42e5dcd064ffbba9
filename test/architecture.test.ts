/** Rules of structure. A failure lists the offenders; each rule is also shown a planted one, so that it can fail. */
import {
  ambientUses,
  anyTypes,
  consoleUses,
  crowdedFunctions,
  functionLength,
  longFiles,
  longFunctions,
} from './architecture/code-rules.js';
import { importCircles } from './architecture/circles.js';
import { strayPackages, upwardImports, wrongDirections } from './architecture/import-rules.js';
import { filesBelow, parseSource, readSource, type SourceFile } from './architecture/source-file.js';

type Rule = (sources: readonly SourceFile[]) => readonly string[];

const sources = filesBelow('src', '.ts').map(readSource);
const tests = filesBelow('test', '.ts').map(readSource);

const maxFileLines: Rule = (files) => longFiles(files, 250);
const maxFunctionLines: Rule = (files) => longFunctions(files, 50);
const maxParameters: Rule = (files) => crowdedFunctions(files, 4);

describe('the code of src/', () => {
  test.each<[string, Rule]>([
    ['imports only in the direction of the rooms', wrongDirections],
    ['imports a foreign package only where it is owned', strayPackages],
    ['imports nothing in a circle', importCircles],
    ['reads reports floor by floor', upwardImports],
    ['has no file over 250 lines', maxFileLines],
    ['has no function over 50 lines', maxFunctionLines],
    ['has no function with more than 4 parameters', maxParameters],
    ['never writes the type any', anyTypes],
    ['prints only from main.ts and cli.ts', consoleUses],
    ['reads clock, randomness, environment and process only in its outermost files', ambientUses],
  ])('%s', (_rule, offenders) => {
    expect(offenders(sources)).toEqual([]);
  });

  test('keeps half of its functions within 10 lines and nine in ten within 30', () => {
    expect(functionLength(sources, 0.5)).toBeGreaterThan(0);
    expect(functionLength(sources, 0.5)).toBeLessThanOrEqual(10);
    expect(functionLength(sources, 0.9)).toBeLessThanOrEqual(30);
  });
});

test('no test file has more than 250 lines', () => {
  expect(maxFileLines(tests)).toEqual([]);
});

describe('each rule names its offender', () => {
  const lines = (count: number) => '\n'.repeat(count - 2);

  test.each<[string, Rule, string, string]>([
    [
      'a package where none is allowed',
      wrongDirections,
      'src/evaluation/a.ts',
      `import express from 'express'`,
    ],
    ['a module of Node', wrongDirections, 'src/evaluation/a.ts', `import { readFileSync } from 'node:fs'`],
    ['another room', wrongDirections, 'src/evaluation/a.ts', `import { b } from '../mapping/b.js'`],
    ['another room, lazily', wrongDirections, 'src/cds-hooks/a.ts', `const b = await import('../fhir/b.js')`],
    ['another room, re-exported', wrongDirections, 'src/cds-hooks/a.ts', `export * from '../fhir/b.js'`],
    ['a type of another room', wrongDirections, 'src/evaluation/a.ts', `let b: import('fhir/r4.js').Patient`],
    [
      'a value where types are allowed',
      wrongDirections,
      'src/mapping/a.ts',
      `import { b } from '../evaluation/b.js'`,
    ],
    ['express in the call', wrongDirections, 'src/call-service.ts', `import express from 'express'`],
    ['a room nobody named', wrongDirections, 'src/helpers/a.ts', `import { b } from '../mapping/b.js'`],
    ['the FHIR client elsewhere', strayPackages, 'src/fhir/a.ts', `import { Client } from 'fhir-kit-client'`],
    ['a floor above', upwardImports, 'src/report-text/words/a.ts', `import { b } from '../clinic/b.js'`],
    ['the decoder', upwardImports, 'src/report-text/clinic/a.ts', `import { b } from '../decode/b.js'`],
    ['a reader', upwardImports, 'src/report-text/decode/a.ts', `import { b } from '../words/b.js'`],
    ['the logger elsewhere', strayPackages, 'src/app.ts', `import winston from 'winston'`],
    ['tokens outside trust', strayPackages, 'src/http/health.ts', `import { jwtVerify } from 'jose'`],
    ['a file of 251 lines', maxFileLines, 'src/a.ts', `a${'\n'.repeat(250)}b`],
    ['a function of 51 lines', maxFunctionLines, 'src/a.ts', `function a() {${lines(52)}}`],
    ['an arrow of 51 lines', maxFunctionLines, 'src/a.ts', `const a = () => {${lines(52)}};`],
    ['5 parameters', maxParameters, 'src/a.ts', `class A { b(c, d, e, f, g) {} }`],
    ['any', anyTypes, 'src/a.ts', `let a: any[]`],
    ['printing', consoleUses, 'src/a.ts', `console.log('a')`],
    ['the clock, called', ambientUses, 'src/a.ts', `Date.now()`],
    ['the clock, handed on', ambientUses, 'src/a.ts', `f(performance.now)`],
    ['the clock, as a date', ambientUses, 'src/a.ts', `new Date()`],
    ['randomness', ambientUses, 'src/a.ts', `Math.random()`],
    ['random ids', ambientUses, 'src/a.ts', `import { randomUUID as id } from 'node:crypto'`],
    ['the environment', ambientUses, 'src/a.ts', `process.env`],
  ])('%s', (_offence, rule, path, text) => {
    expect(rule([parseSource(path, text)])).toEqual([expect.stringContaining(path)]);
  });

  test.each<[string, Rule, string, string]>([
    ['the room itself', wrongDirections, 'src/evaluation/a.ts', `import { b } from './criteria/b.js'`],
    ['the errors', wrongDirections, 'src/evaluation/a.ts', `import { CdsError } from '../errors.js'`],
    [
      'types where they are allowed',
      wrongDirections,
      'src/mapping/a.ts',
      `import type { B } from '../evaluation/b.js'`,
    ],
    [
      'the FHIR client at its owner',
      strayPackages,
      'src/fhir/ehr-client.ts',
      `import { Client } from 'fhir-kit-client'`,
    ],
    ['a floor below', upwardImports, 'src/report-text/clinic/a.ts', `import { b } from '../words/b.js'`],
    ['a file of 250 lines', maxFileLines, 'src/a.ts', `a${'\n'.repeat(249)}b\n`],
    ['a function of 50 lines', maxFunctionLines, 'src/a.ts', `function a() {${lines(51)}}`],
    ['4 parameters', maxParameters, 'src/a.ts', `class A { b(c, d, e, f) {} }`],
    ['a date from a text', ambientUses, 'src/a.ts', `new Date(text)`],
    ['the clock in an outermost file', ambientUses, 'src/app.ts', `Date.now()`],
    ['printing in the command line', consoleUses, 'src/cli.ts', `console.log('a')`],
  ])('and lets pass %s', (_allowed, rule, path, text) => {
    expect(rule([parseSource(path, text)])).toEqual([]);
  });

  test('a circle of imports, types too, each once', () => {
    const files = [
      parseSource('src/a.ts', `import { b } from './b.js'`),
      parseSource('src/b.ts', `import type { c } from './c.js'`),
      parseSource('src/c.ts', `export * from './a.js'`),
      parseSource('src/d.ts', `import { a } from './a.js'`),
    ];
    expect(importCircles(files)).toEqual(['src/a.ts, src/b.ts, src/c.ts']);
    expect(importCircles(files.slice(1))).toEqual([]);
  });

  test.each([
    [0.5, 2],
    [0.9, 5],
  ])('of functions of 1, 2 and 5 lines, %d are within %d', (share, expected) => {
    const text = `function a() {}\nfunction b() {\n}\nfunction c() {\n\n\n\n}`;
    expect(functionLength([parseSource('src/a.ts', text)], share)).toBe(expected);
  });
});
