import { createHmac, createSecretKey, timingSafeEqual, type KeyObject } from 'node:crypto';
import type { SignedTokens } from '../../application/ports/signedTokens.ts';
import type { Principal } from '../../application/principal.ts';
import { actorKinds, type ActorKind } from '../../domain/kernel/actor.ts';
import { isId, type FamilyId } from '../../domain/kernel/ids.ts';
import { asInstant, type Instant } from '../../domain/kernel/parisTime.ts';

const minSecretBytes = 32;
/** No token of ours is longer: what is, is not even hashed. */
const maxTokenLength = 1_000;

/**
 * Tokens `payload.proof`: who, as base64url JSON, then an HMAC-SHA256 over it. Nothing is kept: a token is good until
 * it expires. The secret has 32 bytes at least (RangeError); form proofs and digests use it in contexts of their own.
 */
export class HmacTokens implements SignedTokens {
  private readonly secret: KeyObject;

  constructor(secret: Uint8Array) {
    if (secret.length < minSecretBytes)
      throw new RangeError(`a token secret has ${minSecretBytes} bytes at least`);
    this.secret = createSecretKey(secret);
  }

  issue({ actor, familyId }: Principal, expiresAt: Instant): string {
    const { kind, id } = actor;
    const content = { actor: { kind, id }, familyId, exp: asInstant(expiresAt) };
    const payload = Buffer.from(JSON.stringify(content)).toString('base64url');
    return `${payload}.${this.proof('token', payload)}`;
  }

  verify(token: string, now: Instant): Principal | undefined {
    if (token.length > maxTokenLength) return undefined;
    const [payload, proof, ...more] = token.split('.');
    if (!payload || !proof || more.length > 0) return undefined;
    if (!same(proof, this.proof('token', payload))) return undefined;
    const { principal, exp } = read(payload) ?? {};
    return exp !== undefined && now < exp ? principal : undefined;
  }

  formProof(token: string): string {
    return this.proof('form', token);
  }

  checkFormProof(token: string, proof: string): boolean {
    return same(proof, this.formProof(token));
  }

  digest(text: string): string {
    return this.proof('digest', text);
  }

  private proof(context: 'token' | 'form' | 'digest', text: string): string {
    return createHmac('sha256', this.secret).update(`${context}\n${text}`).digest('base64url');
  }
}

/** Takes the same time wherever the two texts differ. */
function same(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** What a payload says; undefined when another version of the portal wrote something else. */
function read(payload: string): { principal: Principal; exp: string } | undefined {
  let content: unknown;
  try {
    content = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
  if (typeof content !== 'object' || content === null) return undefined;
  const { actor, familyId, exp } = content as Readonly<Record<string, unknown>>;
  if (typeof actor !== 'object' || actor === null || typeof exp !== 'string') return undefined;
  const { kind, id } = actor as Readonly<Record<string, unknown>>;
  if (!isActorKind(kind) || typeof id !== 'string') return undefined;
  if (familyId === undefined) return { principal: { actor: { kind, id } }, exp };
  if (typeof familyId !== 'string' || !isId(familyId)) return undefined;
  return { principal: { actor: { kind, id }, familyId: familyId as FamilyId }, exp };
}

const isActorKind = (kind: unknown): kind is ActorKind =>
  typeof kind === 'string' && (actorKinds as readonly string[]).includes(kind);
