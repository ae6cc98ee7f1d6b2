/** Runs `work` once typing has paused for `ms`, and drops the answer of an older run that is still under way. */
export function later(ms: number, work: (signal: AbortSignal) => Promise<void>): () => void {
  let timer = 0;
  let running: AbortController | null = null;
  return () => {
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
}
