import { expect } from 'chai';
import { children, families, sessionBooks } from '../../../src/application/aggregates.ts';
import { SubjectErasedError } from '../../../src/application/ports/eventCodec.ts';
import type { KeyVault } from '../../../src/application/ports/keyVault.ts';
import type { RecordedEvent } from '../../../src/application/ports/eventStore.ts';
import type { ChildEvent } from '../../../src/domain/child/child.ts';
import { fold } from '../../../src/domain/kernel/decider.ts';
import { asId } from '../../../src/domain/kernel/ids.ts';
import { SealingEventCodec } from '../../../src/infrastructure/events/eventCodec.ts';
import { findChainFault } from '../../../src/infrastructure/events/hashChain.ts';
import { canteen } from '../../support/activityFacts.ts';
import { MemoryKeyVault } from '../../support/memoryKeyVault.ts';
import { asked, refused, submitted } from '../../support/sessionFacts.ts';
import { recorded } from '../../support/storedHistory.ts';
import { childId, day, familyId } from '../../support/townFacts.ts';

const lea = childId('lea');
const identity = { firstName: 'Léa', lastName: 'Roux-Çelik', birthDate: day('2018-11-19') };
const registered: ChildEvent = {
  type: 'ChildRegistered',
  childId: lea,
  familyId: familyId('roux'),
  personal: identity,
};
const enrolled: ChildEvent = {
  type: 'ChildEnrolled',
  childId: lea,
  familyIds: [familyId('roux')],
  activityId: canteen,
  from: day('2026-09-01'),
};

function desk() {
  const vault = new MemoryKeyVault();
  return { vault, codec: new SealingEventCodec(vault) };
}
const read = async (codec: SealingEventCodec, records: readonly RecordedEvent[]) =>
  (await codec.decode(children, records)).map(({ event }) => event);
const edited = (
  record: RecordedEvent,
  part: 'data' | 'metadata',
  change: (parsed: Record<string, unknown>) => unknown,
): RecordedEvent => ({
  ...record,
  [part]: JSON.stringify(change(JSON.parse(record[part]) as Record<string, unknown>)),
});

describe('stored events', () => {
  it('come back as they were, with who did what and when', async () => {
    const { codec } = desk();
    const records = await recorded(codec, children, lea, [registered, enrolled]);
    const decoded = await codec.decode(children, records);
    expect(decoded.map(({ event }) => event)).to.deep.equal([registered, enrolled]);
    expect(decoded[0]?.metadata).to.deep.include({
      schemaVersion: 1,
      commandId: 'command-0',
      actor: { kind: 'agent', id: 'a-1' },
      occurredAt: '2026-11-16T09:00:00.000Z',
    });
  });

  it('hold no personal word in any form, in data or metadata', async () => {
    const { codec } = desk();
    const guardian = {
      guardianId: asId('guardian', 'g-1'),
      firstName: 'Anne-Sophie',
      lastName: 'Lefèvre',
      email: 'anne.lefevre@exemple.fr',
      phone: '06 12 34 56 78',
    };
    const records = [
      ...(await recorded(codec, children, lea, [registered])),
      ...(await recorded(codec, families, 'roux', [
        {
          type: 'FamilyRegistered',
          familyId: familyId('roux'),
          guardianIds: [guardian.guardianId],
          resident: true,
          personal: { guardians: [guardian], address: '12 chemin des Noyers' },
        },
      ])),
      ...(await recorded(codec, sessionBooks, 's', [
        submitted('ana'),
        refused('ana', 'awaitingValidation', 'Fratrie Lefèvre déjà inscrite'),
      ])),
    ];
    const stored = records
      .map(({ data, metadata, type, id }) => data + metadata + type + id)
      .join();
    for (const word of [
      ...['Léa', 'Roux-Çelik', '2018-11-19', 'Anne-Sophie', 'Lefèvre', 'anne.lefevre@exemple.fr'],
      ...['06 12 34 56 78', 'Noyers', 'Fratrie', 'firstName', 'birthDate', 'reason'],
    ]) {
      expect(stored, word).to.not.include(word);
      const escaped = JSON.stringify(word).slice(1, -1);
      expect(stored, word).to.not.include(escaped);
      for (const encoding of ['base64', 'base64url', 'hex'] as const)
        expect(stored, word).to.not.include(Buffer.from(word).toString(encoding).slice(0, -3));
    }
  });

  it('of an erased person read « [effacé] », and the rest goes on', async () => {
    const { vault, codec } = desk();
    const records = await recorded(codec, children, lea, [registered, enrolled]);
    await vault.forget(lea);
    const events = await read(codec, records);
    expect(events[0]).to.deep.equal({ ...registered, personal: '[effacé]' });
    expect(fold(children.decider, events)).to.deep.include({
      status: 'registered',
      identity: '[effacé]',
      enrolments: [{ activityId: canteen, from: '2026-09-01' }],
    });
    expect(findChainFault(records)).to.equal(undefined);
  });

  it('of a person whose key was never here read « [effacé] » too', async () => {
    const records = await recorded(desk().codec, children, lea, [registered]);
    expect(await read(desk().codec, records)).to.deep.equal([
      { ...registered, personal: '[effacé]' },
    ]);
  });

  it('can’t be written about an erased person, unless they hold nothing personal', async () => {
    const { vault, codec } = desk();
    await vault.forget(lea);
    const failed = await recorded(codec, children, lea, [registered]).then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(failed).to.be.instanceOf(SubjectErasedError);
    expect(String(failed)).to.not.include('Léa');
    expect(await recorded(codec, children, lea, [enrolled])).to.have.length(1);
  });

  it('whose seal was altered read « [effacé] », and the chain tells', async () => {
    const { codec } = desk();
    const records = await recorded(codec, children, lea, [registered, enrolled]);
    const flipped = (sealed: string) =>
      sealed.slice(0, -8) + (sealed.at(-8) === 'A' ? 'B' : 'A') + sealed.slice(-7);
    const alterations: ((personal: string) => unknown)[] = [
      flipped,
      (sealed) => sealed.slice(0, -10),
      (sealed) => sealed.replace('.lea.', '.ben.'),
      () => 'Léa Roux',
      () => 42,
      () => null,
      () => '',
    ];
    for (const alter of alterations) {
      const tampered = edited(records[0]!, 'data', (data) => ({
        ...data,
        personal: alter(data['personal'] as string),
      }));
      const [event] = await read(codec, [tampered]);
      expect(event).to.have.property('personal', '[effacé]');
      expect(findChainFault([tampered, records[1]!])).to.include({
        revision: 0n,
        fault: 'altered',
      });
    }
  });

  it('are not taken for erased while the vault can’t answer', async () => {
    const { vault, codec } = desk();
    const records = await recorded(codec, children, lea, [registered]);
    let down = true;
    const troubled: KeyVault = {
      peek: () => undefined,
      find: async (subject) => {
        if (down) throw new Error('the vault is down');
        return vault.find(subject);
      },
      findOrCreate: (subject) => vault.findOrCreate(subject),
      forget: (subject) => vault.forget(subject),
      close: () => vault.close(),
    };
    const other = new SealingEventCodec(troubled);
    const failed = await read(other, records).then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(String(failed)).to.include('the vault is down');
    down = false;
    expect(await read(other, records)).to.deep.equal([registered]);
  });

  it('are left sealed where no decision reads them', async () => {
    const { codec } = desk();
    const records = await recorded(codec, sessionBooks, 's', [
      { type: 'ReservationConfirmed', ...asked('ana'), personal: { note: 'Bonjour' } },
    ]);
    const [decoded] = await codec.decode(sessionBooks, records);
    const { personal } = decoded!.event as { personal?: string };
    expect(personal).to.match(/^v1\.ana\./);
    expect(await codec.open(personal!)).to.deep.equal({ note: 'Bonjour' });
  });

  it('have ids that follow from what they hold: two decisions of one command are not one event', async () => {
    const { codec } = desk();
    const [one] = await recorded(codec, children, lea, [enrolled]);
    const [same] = await recorded(codec, children, lea, [enrolled]);
    const [other] = await recorded(codec, children, lea, [
      { ...enrolled, from: day('2026-10-01') },
    ]);
    const [elsewhere] = await recorded(codec, children, 'ben', [enrolled]);
    expect(same?.id).to.equal(one?.id);
    expect(new Set([one?.id, other?.id, elsewhere?.id]).size).to.equal(3);
  });
});
