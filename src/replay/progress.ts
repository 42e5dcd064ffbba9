import type { Progress } from './replay.js';

export interface ProgressParts {
  readonly write: (text: string) => void;
  /** A terminal: one line that is drawn again and again; else a line now and then. */
  readonly terminal: boolean;
  /** Milliseconds, monotonic. */
  readonly now: () => number;
}

const BAR = 30;
/** Milliseconds between two drawings on a terminal, and between two lines elsewhere. */
const [DRAW_MS, LINE_MS] = [100, 10_000];

/** How far a replay is, and how long it will take at the pace so far. Counts only. */
export function showProgress({ write, terminal, now }: ProgressParts): Progress {
  let state = { phase: '', total: 0, done: 0, already: 0, began: 0, shown: -Infinity };
  const show = (): void => {
    state.shown = now();
    const line = toLine(state, now() - state.began);
    write(terminal ? `\r\u001b[K${line}` : `${line}\n`);
  };
  return {
    begin: (phase, total, already) => {
      state = { phase, total, already, done: already, began: now(), shown: -Infinity };
      show();
    },
    done: (units) => {
      state.done += units;
      if (now() - state.shown >= (terminal ? DRAW_MS : LINE_MS)) show();
    },
    end: () => {
      show();
      if (terminal) write('\n');
    },
  };
}

interface State {
  readonly phase: string;
  readonly total: number;
  readonly done: number;
  readonly already: number;
}

function toLine({ phase, total, done, already }: State, elapsedMs: number): string {
  const share = total === 0 ? 1 : Math.min(1, done / total);
  const bar = '#'.repeat(Math.round(share * BAR)).padEnd(BAR, '.');
  const fresh = done - already;
  const left = fresh > 0 && done < total ? `, ${duration((elapsedMs * (total - done)) / fresh)} left` : '';
  return `${phase.padEnd(10)} [${bar}] ${String(Math.floor(share * 100)).padStart(3)} %${left}`;
}

function duration(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  if (seconds < 100) return `${seconds} s`;
  return seconds < 6000 ? `${Math.ceil(seconds / 60)} min` : `${Math.ceil(seconds / 3600)} h`;
}
