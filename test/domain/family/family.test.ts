import { family, registerFamily, type Household } from '../../../src/domain/family/family.ts';
import { fold } from '../../../src/domain/kernel/decider.ts';
import { asId } from '../../../src/domain/kernel/ids.ts';
import { ERASED } from '../../../src/domain/kernel/personal.ts';
import { expect } from 'chai';
import { given } from '../../support/givenWhenThen.ts';
import { familyId } from '../../support/townFacts.ts';

const guardian = {
  guardianId: asId('guardian', 'g1'),
  firstName: 'Anne',
  lastName: 'Roux',
  email: 'anne@exemple.fr',
};
const household: Household = { guardians: [guardian], address: '1 rue du Pont' };
const registering = { familyId: familyId('roux'), resident: true, household };
const registered = {
  type: 'FamilyRegistered',
  familyId: familyId('roux'),
  guardianIds: [guardian.guardianId],
  resident: true,
  personal: household,
} as const;

describe('a family', () => {
  it('is registered once', () => {
    given(family)
      .when((state) => registerFamily(state, registering))
      .then(registered);
    given(family, [registered])
      .when((state) => registerFamily(state, registering))
      .thenRejected('FAMILY.ALREADY_REGISTERED');
  });

  it('has a guardian', () => {
    given(family)
      .when((state) =>
        registerFamily(state, { ...registering, household: { ...household, guardians: [] } }),
      )
      .thenRejected('FAMILY.NO_GUARDIAN');
  });

  it('still says who may act for it when its personal data are erased', () => {
    expect(fold(family, [{ ...registered, personal: ERASED }])).to.deep.include({
      status: 'registered',
      guardianIds: ['g1'],
      household: '[effacé]',
    });
  });
});
