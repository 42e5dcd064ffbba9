import type { Condition, DecisionRule } from '../evaluation/policy.js';
import { isQuantity, quantityText } from '../evaluation/sentences.js';

/** `minimumRelief: 75 %; targets: lateral-branch-block, si-joint-injection`. */
export function parameters(params: object): string {
  return Object.entries(params)
    .map(([name, value]: [string, unknown]) => `${name}: ${parameter(value)}`)
    .join('; ');
}

function parameter(value: unknown): string {
  if (Array.isArray(value)) return value.map(parameter).join(', ') || 'none';
  if (isQuantity(value)) return quantityText(value);
  if (typeof value === 'object' && value !== null) return `(${parameters(value)})`;
  return String(value);
}

/** `any of red-flags is met; none of neurectomy is met`; `otherwise` for the rule without a condition. */
export function whenText({ all = [], any = [], none = [] }: DecisionRule): string {
  const when = [
    ...(all.length > 0 ? [`all of ${all.map(conditionText).join(', ')}`] : []),
    ...(any.length > 0 ? [`any of ${any.map(conditionText).join(', ')}`] : []),
    ...(none.length > 0 ? [`none of ${none.map(conditionText).join(', ')}`] : []),
  ];
  return when.join('; ') || 'otherwise';
}

function conditionText({ criterion, is }: Condition): string {
  return `${criterion} is ${is}`;
}
