// Profiles: where the time of a program goes.

import { guarded, guardedAsync, refusal } from './errors.js';
import { platform } from './platform.js';
import type { ProfileReport, SessionProfile } from './session.js';

/** What `profile` makes: it begins with that call and ends with `stop`. */
export class Profile {
  readonly #profile: SessionProfile;
  #stopping: Promise<this> | undefined;
  #report: ProfileReport | undefined;

  /** @internal */
  constructor(profile: SessionProfile) {
    this.#profile = profile;
  }

  /** Ends the profile at this place in the queue. Resolves with the profile itself when all that was called before is done. */
  stop(): Promise<this> {
    this.#stopping ??= guardedAsync(this.stop, async () => {
      this.#report = await this.#profile.stop();
      return this;
    });
    return this.#stopping;
  }

  /** What it was, how often, and how long it took, in lines for people. */
  get table(): string {
    return guarded(Profile, () => this.#done().table);
  }

  /** The text of a file for Perfetto or `chrome://tracing`. */
  toTrace(): string {
    return guarded(this.toTrace, () => this.#done().trace);
  }

  /** The same, written to a file. */
  async save(path: string | URL): Promise<void> {
    await platform().saveFile(path, new TextEncoder().encode(this.toTrace()));
  }

  #done(): ProfileReport {
    if (!this.#report) {
      throw refusal(new Error('the profile is still being made: await profile.stop() first'));
    }
    return this.#report;
  }
}
