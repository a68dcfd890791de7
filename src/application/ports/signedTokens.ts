import type { Instant } from '../../domain/kernel/parisTime.ts';
import type { Principal } from '../principal.ts';

export interface TokenLifetime {
  readonly expiresAt: Instant;
  /** When the person signed in. */
  readonly since?: Instant;
}

/** Proof of who is signed in, of forms that this portal made, and of requests that come again. */
export interface SignedTokens {
  /** `since`: when the person signed in. Tokens that go on from one to the next keep it. */
  issue(principal: Principal, expiresAt: Instant, since?: Instant): string;
  /** The principal, or undefined for a token that is not ours, was altered or has expired. */
  verify(token: string, now: Instant): Principal | undefined;
  /** How long a token of ours lasts; undefined for any other text. */
  lifetime(token: string): TokenLifetime | undefined;
  /**
   * A proof that forms carry, and that other sites can't make (CSRF): bound to the sign-in where the token names it, so
   * that a form outlives the token of its page; to the token itself otherwise.
   */
  formProof(token: string): string;
  checkFormProof(token: string, proof: string): boolean;
  /** Always the same for a text, and nobody can tell or guess the text from it. */
  digest(text: string): string;
}
