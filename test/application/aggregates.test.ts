import { expect } from 'chai';
import {
  activities,
  children,
  declarations,
  families,
  receipts,
  sessionBooks,
} from '../../src/application/aggregates.ts';
import { canteen } from '../support/activityFacts.ts';
import { thursday } from '../support/sessionFacts.ts';
import { sessionStream } from '../support/sessionStream.ts';

const aggregates = [families, children, activities, sessionBooks, receipts];

describe('the aggregates', () => {
  it('declare each type of event once, so that none is read as another', () => {
    const types = aggregates.flatMap(({ catalogue }) => Object.keys(catalogue));
    expect(new Set(types).size).to.equal(types.length);
    expect([...declarations.keys()]).to.have.members(types);
  });

  it('have streams of their own', () => {
    const categories = aggregates.map(({ category }) => category);
    expect(new Set(categories).size).to.equal(categories.length);
    for (const category of categories) expect(category).to.match(/^[a-z]+$/);
    expect(sessionStream(canteen, thursday)).to.equal('reservation-cantine-2026-11-19');
  });

  it('know how to bring every older version of an event to today’s', () => {
    for (const [type, { schemaVersion, upcasts = [] }] of declarations)
      expect(upcasts.length, type).to.equal(schemaVersion - 1);
  });
});
