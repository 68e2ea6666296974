/** One line a check, and at the end the line that other runs sum up. */
export class Report {
  #passed = 0;
  #failed = 0;

  /** `faults` is what is wrong; none is good. */
  check(name: string, faults: readonly string[]): void {
    if (faults.length === 0) this.#passed++;
    else this.#failed++;
    console.log(`${faults.length === 0 ? 'ok    ' : 'FAILED'} ${name}`);
    for (const fault of faults.slice(0, 12)) console.log(`         ${fault}`);
  }

  /** Prints the sum; the process's exit code. */
  end(): number {
    console.log(`\n${this.#passed} passed, ${this.#failed} failed, 0 skipped`);
    return this.#failed === 0 ? 0 : 1;
  }
}
