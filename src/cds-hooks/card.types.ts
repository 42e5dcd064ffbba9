import type { JsonObject } from './hook-request.types.js';

/** CDS Hooks 2.0 response (RS-, CARD-, SUG-, ACT-, LINK-, COD-, EXT-rules). */

export interface Coding {
  readonly system: string;
  readonly code: string;
  readonly display?: string;
}

export interface OverrideReason extends Coding {
  readonly display: string;
}

export interface Source {
  readonly label: string;
  readonly url?: string;
  readonly icon?: string;
  readonly topic?: Coding;
}

export type Action =
  | {
      readonly type: 'create';
      readonly description: string;
      readonly resource: JsonObject;
      /** A JSON object (EXT-1). */
      readonly extension?: Readonly<Record<string, unknown>>;
    }
  | { readonly type: 'update'; readonly description: string; readonly resource: JsonObject }
  | { readonly type: 'delete'; readonly description: string; readonly resourceId: string };

export interface Suggestion {
  readonly label: string;
  readonly uuid?: string;
  readonly isRecommended?: boolean;
  readonly actions?: readonly Action[];
}

export interface Link {
  readonly label: string;
  readonly url: string;
  readonly type: 'absolute' | 'smart';
  readonly appContext?: string;
}

export interface Card {
  readonly uuid?: string;
  /** One sentence, at most 139 characters in UTF-16 units and in code points (CARD-2). */
  readonly summary: string;
  /** GitHub Flavored Markdown; text from the chart is escaped by whoever put it there. */
  readonly detail?: string;
  readonly indicator: 'info' | 'warning' | 'critical';
  readonly source: Source;
  readonly suggestions?: readonly Suggestion[];
  readonly selectionBehavior?: 'at-most-one' | 'any';
  readonly overrideReasons?: readonly OverrideReason[];
  readonly links?: readonly Link[];
  /** A JSON object (EXT-1). */
  readonly extension?: Readonly<Record<string, unknown>>;
}

export interface CdsResponse {
  readonly cards: readonly Card[];
  readonly systemActions?: readonly Action[];
  /** A JSON object (EXT-1), never an array; here `stepwise-cds.evaluation`. */
  readonly extension?: Readonly<Record<string, unknown>>;
}
