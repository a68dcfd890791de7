import type { FamilyId } from '../../domain/kernel/ids.ts';
import type { Position } from '../../application/ports/eventStore.ts';
import type { ReadSide } from '../../application/ports/readSide.ts';

/** Families whose last sending is remembered: those of an evening. */
const maxRemembered = 10_000;

/** What families sent last through this process, so that their pages wait for it instead of showing less. */
export class RecentWrites {
  private readonly last = new Map<FamilyId, Position>();

  constructor(private readonly readSide: ReadSide) {}

  /** Remembers a sending, and waits until the read models show it; false when they have not within the time. */
  async noted(familyId: FamilyId, position: Position, timeoutMs: number): Promise<boolean> {
    this.last.delete(familyId);
    this.last.set(familyId, position);
    const [oldest] = this.last.keys();
    if (oldest !== undefined && this.last.size > maxRemembered) this.last.delete(oldest);
    return this.shown(familyId, timeoutMs);
  }

  /** True when the family's pages show all that it sent. */
  async shown(familyId: FamilyId, timeoutMs: number): Promise<boolean> {
    const position = this.last.get(familyId);
    if (position === undefined) return true;
    const seen = await this.readSide.waitFor(position, timeoutMs);
    if (seen && this.last.get(familyId) === position) this.last.delete(familyId);
    return seen;
  }
}
