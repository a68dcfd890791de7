import type { Aggregate } from '../../application/aggregate.ts';
import type { Sealed } from '../../application/eventCatalogue.ts';
import {
  SubjectErasedError,
  type ChainHead,
  type DecodedEvent,
  type EventCodec,
  type EventToEncode,
} from '../../application/ports/eventCodec.ts';
import type { EventToAppend, RecordedEvent } from '../../application/ports/eventStore.ts';
import type { SealOpener } from '../../application/ports/sealOpener.ts';
import type { DataKey, KeyVault } from '../../application/ports/keyVault.ts';
import type { DomainEvent } from '../../domain/kernel/decider.ts';
import type { SubjectId } from '../../domain/kernel/ids.ts';
import { ERASED } from '../../domain/kernel/personal.ts';
import { open, seal, subjectOf } from '../crypto/sealing.ts';
import { uuidOf } from '../uuids.ts';
import { linkHash, withHash } from './hashChain.ts';
import { decodeSealed } from './sealedDecoder.ts';

interface Declaration<E> {
  readonly schemaVersion: number;
  subject?(event: E): SubjectId;
}

const declarationOf = <S, E extends DomainEvent>(
  { catalogue }: Aggregate<S, E>,
  event: E,
): Declaration<E> => catalogue[event.type as E['type']];

/** Codec on a key vault: JSON, personal data sealed per subject, hash chain per stream. */
export class SealingEventCodec implements EventCodec, SealOpener {
  constructor(private readonly vault: KeyVault) {}

  async encode<S, E extends DomainEvent>(
    aggregate: Aggregate<S, E>,
    head: ChainHead,
    events: readonly EventToEncode<E>[],
  ): Promise<{ records: EventToAppend[]; hash: string }> {
    const { stream } = head;
    let { hash, nextRevision: revision } = head;
    const records: EventToAppend[] = [];
    for (const { event, metadata, index } of events) {
      const declaration = declarationOf(aggregate, event);
      const { type, personal } = event as E & { personal?: unknown };
      let sealed: Sealed | undefined;
      if (personal !== undefined) {
        if (!declaration.subject) throw new Error(`${type} has personal data but no subject`);
        const subject = declaration.subject(event);
        const cached = this.vault.peek(subject);
        const key = cached instanceof Uint8Array ? cached : await this.keyFor(subject);
        sealed = seal(key, subject, personal);
      }
      // The type has a place of its own: JSON leaves out what is undefined.
      const data = JSON.stringify({ ...event, type: undefined, personal: sealed });
      const body = JSON.stringify({ schemaVersion: declaration.schemaVersion, ...metadata });
      // A store takes the same ids for the same events: another decision of the same command must not look like one.
      const id = uuidOf(`${stream}/${index}/${data}/${body}`);
      hash = linkHash(hash, { stream, revision, id, type, data }, body);
      revision += 1n;
      records.push({ id, type, data, metadata: withHash(body, hash) });
    }
    return { records, hash };
  }

  async decode<S, E extends DomainEvent>(
    { opensPersonal }: Aggregate<S, E>,
    records: readonly RecordedEvent[],
  ): Promise<readonly DecodedEvent<E>[]> {
    const decoded: DecodedEvent<E>[] = [];
    for (const record of records) {
      const { event, metadata } = decodeSealed(record);
      const { personal } = event as { personal?: unknown };
      const opened =
        opensPersonal && personal !== undefined
          ? {
              ...event,
              personal: typeof personal === 'string' ? await this.open(personal) : ERASED,
            }
          : event;
      decoded.push({ event: opened as E, metadata });
    }
    return decoded;
  }

  /**
   * Personal data behind a seal, or `[effacé]` when the key is gone or the text was altered. A vault that can't answer
   * throws: nobody is taken for erased because of that.
   */
  async open(sealed: string): Promise<unknown> {
    const subject = subjectOf(sealed);
    const key = subject && (this.vault.peek(subject) ?? (await this.vault.find(subject)));
    if (!(key instanceof Uint8Array)) return ERASED;
    try {
      return open(key, sealed);
    } catch {
      return ERASED;
    }
  }

  private async keyFor(subject: SubjectId): Promise<DataKey> {
    const key = await this.vault.findOrCreate(subject);
    if (key === 'forgotten') throw new SubjectErasedError('the person was erased');
    return key;
  }
}
