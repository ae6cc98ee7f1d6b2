export interface Later {
  (): void;
  /** Drops what waits and what is under way. */
  stop(): void;
}

/** Runs `work` once typing has paused for `ms`, and drops the answer of an older run that is still under way. */
export function later(ms: number, work: (signal: AbortSignal) => Promise<void>): Later {
  let timer = 0;
  let running: AbortController | null = null;
  const stop = (): void => {
    window.clearTimeout(timer);
    running?.abort();
  };
  const ask = (): void => {
    window.clearTimeout(timer);
    timer = window.setTimeout(() => {
      running?.abort();
      const mine = (running = new AbortController());
      work(mine.signal).catch((thrown: unknown) => {
        // What is only a convenience fails silently: the page works without it.
        if (!(thrown instanceof DOMException || thrown instanceof TypeError)) throw thrown;
      });
    }, ms);
  };
  return Object.assign(ask, { stop });
}
