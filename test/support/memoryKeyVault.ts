import { randomBytes } from 'node:crypto';
import type { DataKey, KeyAnswer, KeyVault } from '../../src/application/ports/keyVault.ts';
import type { SubjectId } from '../../src/domain/kernel/ids.ts';

/** A key vault in this process's memory. */
export class MemoryKeyVault implements KeyVault {
  private readonly keys = new Map<SubjectId, DataKey | 'forgotten'>();

  peek(subject: SubjectId): KeyAnswer {
    return this.keys.get(subject);
  }

  async find(subject: SubjectId): Promise<KeyAnswer> {
    return this.keys.get(subject);
  }

  async findOrCreate(subject: SubjectId): Promise<DataKey | 'forgotten'> {
    const known = this.keys.get(subject);
    if (known) return known;
    const made = randomBytes(32);
    this.keys.set(subject, made);
    return made;
  }

  async forget(subject: SubjectId): Promise<void> {
    this.keys.set(subject, 'forgotten');
  }

  async close(): Promise<void> {
    // Nothing is held open.
  }
}
