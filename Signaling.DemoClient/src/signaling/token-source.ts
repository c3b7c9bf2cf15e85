/** The token of the next attempt: given, or asked for. */
export class TokenSource {
  readonly #ask: (() => string | Promise<string>) | undefined;
  #token: string | undefined;
  #isDoubtful = false;

  constructor(token: string | undefined, ask: (() => string | Promise<string>) | undefined) {
    this.#token = token;
    this.#ask = ask;
  }

  get canRenew(): boolean {
    return this.#ask !== undefined;
  }

  /** It may be the reason why the last attempt failed. */
  doubt(): void {
    this.#isDoubtful = true;
  }

  renew(token: string): void {
    this.#token = token;
    this.#isDoubtful = false;
  }

  current(): string | undefined | Promise<string> {
    if (!this.#ask || (this.#token !== undefined && !this.#isDoubtful)) return this.#token;
    return Promise.resolve(this.#ask()).then(token => {
      this.renew(token);
      return token;
    });
  }
}
