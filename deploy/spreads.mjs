/**
 * The engine of Node 20 makes a shape of its own for every object that is written `{ ...one, more }`: ten times the
 * time, garbage that only a full collection finds, and each later look at such an object is one it has not seen
 * before. It does not where something stands before the spread. Later engines share the shape.
 */
import ts from 'typescript';

/** Whether the engine that builds, and with the code it keeps runs, is one of those. */
export const sharesNoShapes = Number(process.versions.v8.split('.')[0]) < 12;

/**
 * The script with an empty spread in front of each spread that begins an object and is followed by more.
 *
 * @param {string} script
 * @returns {string}
 */
export function withSharedShapes(script) {
  const parts = [];
  let end = 0;
  for (const place of leadingSpreads(script)) {
    parts.push(script.slice(end, place), ' ...null,');
    end = place;
  }
  return parts.join('') + script.slice(end);
}

/**
 * Where they stand, in order.
 *
 * @param {string} script
 * @returns {readonly number[]}
 */
function leadingSpreads(script) {
  const places = [];
  const visit = (node) => {
    if (ts.isObjectLiteralExpression(node)) {
      const [first, ...more] = node.properties;
      if (more.length > 0 && ts.isSpreadAssignment(first)) places.push(first.pos);
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('script.js', script, ts.ScriptTarget.Latest, false, ts.ScriptKind.JS));
  return places;
}
