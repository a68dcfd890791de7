import type { Instant } from '../../domain/kernel/parisTime.ts';
import type { Principal } from '../principal.ts';

/** Proof of who is signed in, of forms that this portal made, and of requests that come again. */
export interface SignedTokens {
  issue(principal: Principal, expiresAt: Instant): string;
  /** The principal, or undefined for a token that is not ours, was altered or has expired. */
  verify(token: string, now: Instant): Principal | undefined;
  /** A proof bound to a token: forms carry it, other sites can't make it (CSRF). */
  formProof(token: string): string;
  checkFormProof(token: string, proof: string): boolean;
  /** Always the same for a text, and nobody can tell or guess the text from it. */
  digest(text: string): string;
}
