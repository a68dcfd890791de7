import type { SubjectId } from '../../domain/kernel/ids.ts';

/** A subject's data key: 32 bytes, held in memory only. */
export type DataKey = Uint8Array;

/** `forgotten`: the person was erased, and no key will ever be made again. */
export type KeyAnswer = DataKey | 'forgotten' | undefined;

/** Data keys of families and children, each wrapped by the master key at rest. */
export interface KeyVault {
  /** The key if this process has met it; synchronous, for the hot path. */
  peek(subject: SubjectId): KeyAnswer;
  find(subject: SubjectId): Promise<KeyAnswer>;
  /** The subject's key, made and durable before this resolves if there was none. */
  findOrCreate(subject: SubjectId): Promise<DataKey | 'forgotten'>;
  /** Erases the person: the key is gone for good (RGPD art. 17). */
  forget(subject: SubjectId): Promise<void>;
  close(): Promise<void>;
}
