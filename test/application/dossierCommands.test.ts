import { expect } from 'chai';
import { isEnrolledOn } from '../../src/domain/child/child.ts';
import { asId } from '../../src/domain/kernel/ids.ts';
import { activities, children } from '../../src/application/aggregates.ts';
import { canteen, defined, terms } from '../support/activityFacts.ts';
import {
  agent,
  commandSide,
  guardianOf,
  request,
  settle,
  supervisor,
  town,
} from '../support/commandSide.ts';
import { everythingIn } from '../support/storeDoubles.ts';
import { activityId, childId, day, euros, familyId, paris } from '../support/townFacts.ts';

const roux = familyId('roux');
const eve = childId('eve');
const identity = { firstName: 'Eve', lastName: 'Roux', birthDate: day('2019-01-01') };
const enrolment = { activityId: canteen, from: day('2026-09-01') };
const kindOf = (answer: { kind: string; code?: string }): string => answer.code ?? answer.kind;

describe('the family desk', () => {
  it('alone opens dossiers and enrols children', async () => {
    const side = await town();
    const guardian = request(guardianOf('roux'), 'g');
    const household = {
      guardians: [
        { guardianId: asId('guardian', 'g'), firstName: 'A', lastName: 'B', email: 'a@b.fr' },
      ],
      address: 'ici',
    };
    const dossier = { familyId: familyId('new'), resident: true, household };
    for (const answer of [
      await side.families.register(dossier, guardian),
      await side.children.register({ childId: eve, familyId: roux, identity }, guardian),
      await side.children.linkToFamily(childId('ana'), roux, guardian),
      await side.children.enrol(childId('ana'), enrolment, guardian),
    ])
      expect(kindOf(answer)).to.equal('ACCESS.DENIED');
  });

  it('opens a child’s dossier in a family that has one', async () => {
    const side = await town();
    const nobody = { childId: eve, familyId: familyId('nobody'), identity };
    const desk = request(agent, 'r');
    expect(kindOf(await side.children.register(nobody, desk))).to.equal('FAMILY.UNKNOWN');
    const linked = await side.children.linkToFamily(childId('ana'), nobody.familyId, desk);
    expect(kindOf(linked)).to.equal('FAMILY.UNKNOWN');
  });

  it('enrols a child that it knows in an activity that exists', async () => {
    const side = await town();
    const desk = request(agent, 'r');
    const elsewhere = { ...enrolment, activityId: activityId('inconnue') };
    expect(kindOf(await side.children.enrol(childId('ana'), elsewhere, desk))).to.equal(
      'ACTIVITY.UNKNOWN',
    );
    expect(kindOf(await side.children.enrol(eve, enrolment, desk))).to.equal('CHILD.UNKNOWN');
  });

  it('that sends a request again gets the same answer and no second effect', async () => {
    const side = await town();
    const desk = request(agent, 'again');
    const child = { childId: eve, familyId: roux, identity };
    const first = await side.children.register(child, desk);
    const stored = (await everythingIn(side.store)).length;
    expect(await side.children.register(child, desk)).to.deep.equal({ ...first, repeated: true });
    await settle(side, roux, [childId('ana'), childId('ben')]);
    expect((await everythingIn(side.store)).length).to.equal(stored);
    expect(kindOf(await side.children.register(child, request(agent, 'other')))).to.equal(
      'CHILD.ALREADY_REGISTERED',
    );
  });

  it('may do several things to one child under one request, and two agents may use the same request id', async () => {
    const side = await town();
    await side.activities.define(
      { ...defined(), activityId: activityId('garderie') },
      request(supervisor, 'define'),
    );
    const first = request(agent, '1');
    const second = request({ actor: { kind: 'agent', id: 'a-2' } }, '1');
    await side.children.register({ childId: eve, familyId: roux, identity }, first);
    await side.children.enrol(eve, enrolment, first);
    await side.children.enrol(eve, { ...enrolment, activityId: activityId('garderie') }, second);
    const { state } = await side.handler.load(children, eve);
    if (state.status === 'unregistered') expect.fail('not registered');
    for (const activity of [canteen, activityId('garderie')])
      expect(isEnrolledOn(state, activity, day('2026-11-19'))).to.equal(true);
  });
});

describe('a supervisor', () => {
  it('alone defines activities and changes their terms', async () => {
    const side = commandSide();
    const change = { effectiveFrom: day('2026-12-01'), terms: terms() };
    for (const who of [agent, guardianOf('roux')]) {
      const denied = request(who, 'r');
      expect(kindOf(await side.activities.define(defined(), denied))).to.equal('ACCESS.DENIED');
      expect(kindOf(await side.activities.changeTerms(canteen, change, denied))).to.equal(
        'ACCESS.DENIED',
      );
    }
    const allowed = request(supervisor, 'r');
    expect(kindOf(await side.activities.define(defined(), allowed))).to.equal('done');
    expect(kindOf(await side.activities.changeTerms(canteen, change, allowed))).to.equal('done');
    const { state } = await side.handler.load(activities, canteen);
    expect(state).to.have.property('versions').with.length(2);
  });

  it('can’t change the terms of a day that has begun in France', async () => {
    const side = await town();
    const change = { effectiveFrom: day('2026-11-17'), terms: terms({ priceCents: euros(4) }) };
    const at = async (instant: ReturnType<typeof paris>, id: string) =>
      kindOf(await side.activities.changeTerms(canteen, change, request(supervisor, id, instant)));
    expect(await at(paris('2026-11-17 00:00'), 'late')).to.equal('ACTIVITY.TERMS_IN_THE_PAST');
    expect(await at(paris('2026-11-16 23:59'), 'in-time')).to.equal('done');
  });
});

describe('the terms of a session, as kept in memory', () => {
  it('follow new terms at once, and limits from day to day', async () => {
    const side = await town();
    const now = paris('2026-11-16 10:00');
    const price = async (date: string, at = now): Promise<unknown> => {
      const found = await side.sessions.find(canteen, day(date), at);
      return 'priceCents' in found && [found.priceCents, found.limitsVersion];
    };
    expect(await price('2026-12-03')).to.deep.equal([350, 1]);
    const change = { effectiveFrom: day('2026-12-01'), terms: terms({ priceCents: euros(4) }) };
    await side.activities.changeTerms(canteen, change, request(supervisor, 'r'));
    expect(await price('2026-12-03')).to.deep.equal([400, 1]);
    expect(await price('2026-12-03', paris('2026-11-30 23:59'))).to.deep.equal([400, 1]);
    expect(await price('2026-12-03', paris('2026-12-01 00:00'))).to.deep.equal([400, 2]);
    expect(await price('2026-11-30')).to.deep.equal([350, 1]);
  });
});
