import { createHmac, createSecretKey, timingSafeEqual, type KeyObject } from 'node:crypto';
import type { SignedTokens, TokenLifetime } from '../../application/ports/signedTokens.ts';
import type { Principal } from '../../application/principal.ts';
import { actorKinds, type ActorKind } from '../../domain/kernel/actor.ts';
import { isId, type FamilyId } from '../../domain/kernel/ids.ts';
import { asInstant, type Instant } from '../../domain/kernel/parisTime.ts';

const minSecretBytes = 32;
/** No token of ours is longer: what is, is not even hashed. */
const maxTokenLength = 1_000;

/** Tokens in use at once, about: what they say is remembered. */
const maxKnown = 4_096;

/**
 * Tokens `payload.proof`: who, as base64url JSON, then an HMAC-SHA256 over it. Nothing is stored: a token is good until
 * it expires. The secret has 32 bytes at least (RangeError); form proofs and digests use it in contexts of their own.
 */
export class HmacTokens implements SignedTokens {
  private readonly secret: KeyObject;
  /** Tokens whose proof was found right of late, and what they say: a browser sends the same one all day. */
  private readonly known = new Map<string, TokenContent>();

  constructor(secret: Uint8Array) {
    if (secret.length < minSecretBytes)
      throw new RangeError(`a token secret has ${minSecretBytes} bytes at least`);
    this.secret = createSecretKey(secret);
  }

  issue({ actor, familyId }: Principal, expiresAt: Instant, since?: Instant): string {
    const { kind, id } = actor;
    const content = { actor: { kind, id }, familyId, exp: asInstant(expiresAt), since };
    const payload = Buffer.from(JSON.stringify(content)).toString('base64url');
    return `${payload}.${this.proof('token', payload)}`;
  }

  verify(token: string, now: Instant): Principal | undefined {
    const content = this.contentOf(token);
    return content !== undefined && now < content.exp ? content.principal : undefined;
  }

  lifetime(token: string): TokenLifetime | undefined {
    const content = this.contentOf(token);
    if (!content) return undefined;
    const { exp: expiresAt, since } = content;
    return since === undefined ? { expiresAt } : { expiresAt, since };
  }

  formProof(token: string): string {
    const { principal, since } = this.contentOf(token) ?? {};
    if (!principal || since === undefined) return this.proof('form', token);
    const { actor, familyId } = principal;
    return this.proof('form', JSON.stringify([actor.kind, actor.id, familyId ?? '', since]));
  }

  checkFormProof(token: string, proof: string): boolean {
    return same(proof, this.formProof(token));
  }

  digest(text: string): string {
    return this.proof('digest', text);
  }

  /** What a token of ours says, expired or not. */
  private contentOf(token: string): TokenContent | undefined {
    const known = this.known.get(token);
    if (known) return known;
    if (token.length > maxTokenLength) return undefined;
    const [payload, proof, ...more] = token.split('.');
    if (!payload || !proof || more.length > 0) return undefined;
    const content = same(proof, this.proof('token', payload)) ? read(payload) : undefined;
    if (!content) return undefined;
    if (this.known.size >= maxKnown) this.known.clear();
    this.known.set(token, content);
    return content;
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

interface TokenContent {
  readonly principal: Principal;
  readonly exp: Instant;
  readonly since?: Instant;
}

/** What a payload says; undefined when another version of the portal wrote something else. */
function read(payload: string): TokenContent | undefined {
  let content: unknown;
  try {
    content = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
  if (typeof content !== 'object' || content === null) return undefined;
  const { actor, familyId, exp, since } = content as Readonly<Record<string, unknown>>;
  if (typeof actor !== 'object' || actor === null || typeof exp !== 'string') return undefined;
  const { kind, id } = actor as Readonly<Record<string, unknown>>;
  if (!isActorKind(kind) || typeof id !== 'string') return undefined;
  const lasts = { exp: exp as Instant, ...(isText(since) ? { since: since as Instant } : {}) };
  if (familyId === undefined) return { principal: { actor: { kind, id } }, ...lasts };
  if (!isText(familyId) || !isId(familyId)) return undefined;
  return { principal: { actor: { kind, id }, familyId: familyId as FamilyId }, ...lasts };
}

const isText = (value: unknown): value is string => typeof value === 'string';

const isActorKind = (kind: unknown): kind is ActorKind =>
  typeof kind === 'string' && (actorKinds as readonly string[]).includes(kind);
