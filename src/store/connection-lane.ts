// One connection does one thing at a time: work for it lines up here, whoever brings it.

export class ConnectionLane {
  #last: Promise<unknown> = Promise.resolve();

  /** Runs the work when all that came before is over, whether it failed or not. */
  run<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = this.#last.then(work);
    this.#last = result.catch(() => undefined);
    return result;
  }
}
