import { join } from 'node:path';
import { projections } from '../../src/application/projections/all.ts';
import { monthOf } from '../../src/domain/kernel/localDate.ts';
import { asInstant, localDateAt } from '../../src/domain/kernel/parisTime.ts';
import type { WorkReport } from '../figures.ts';
import { median, quantile } from '../rounds.ts';
import { inTemporaryDirectory } from '../temporaryDirectory.ts';
import type { BenchFamily } from '../town/benchTown.ts';
import { chances } from '../town/chance.ts';
import { openTown } from '../town/openTown.ts';
import { rebuildReadModels } from '../town/rebuildReadModels.ts';
import { writeHistory } from '../town/writeHistory.ts';
import { AgendaPages } from './agendaPages.ts';

const full = { rounds: 7, pages: 1_000, children: 10_000, events: 450_000 };
const small = { rounds: 2, pages: 100, children: 400, events: 12_000 };
/** In the second month of the school year: one half behind, the other to be booked. */
const now = asInstant('2026-10-14T16:30:00.000Z');
const month = monthOf(localDateAt(now));

/** The agenda's page of one family after another, from the read models to the last byte of HTML, in this process. */
export const agenda = (short: boolean): Promise<WorkReport> =>
  inTemporaryDirectory(async (folder) => {
    const { rounds, pages: count, ...sizes } = short ? small : full;
    const directory = join(folder, 'data');
    const { families } = await writeHistory(directory, sizes);
    await rebuildReadModels(directory, projections);
    const open = openTown(directory);
    const pages = new AgendaPages(open.services, open.calendar, now);
    const chance = chances(20_261_014);
    const anyFamily = (): BenchFamily => {
      const family = families[Math.floor(chance() * families.length)];
      if (!family) throw new RangeError('no family');
      return family;
    };
    const measured = { page: [] as number[], rendering: [] as number[], median: [] as number[] };
    let bytes = 0;
    try {
      for (let round = -1; round < rounds; round += 1) {
        const ms = { page: [] as number[], rendering: [] as number[] };
        for (let page = 0; page < count; page += 1) {
          const family = anyFamily();
          const start = performance.now();
          const { html, render } = await pages.month(family, month);
          const made = performance.now();
          const again = render();
          ms.page.push(made - start);
          ms.rendering.push(performance.now() - made);
          if (again !== html) throw new Error('the same page came out otherwise');
          bytes = Math.max(bytes, html.length);
        }
        // The first round only warms up.
        if (round < 0) continue;
        measured.page.push(quantile(ms.page, 0.99));
        measured.rendering.push(quantile(ms.rendering, 0.99));
        measured.median.push(median(ms.page));
      }
    } finally {
      await open.close();
    }
    const floor = { name: 'rendering the same page from memory', rounds: measured.rendering };
    return {
      work: 'agenda',
      figures: [
        {
          name: 'the slowest month page in a hundred (p99)',
          unit: 'ms',
          rounds: measured.page,
          floor,
          goals: [{ kind: 'itself', atMost: 10, accepted: 1.75 }],
        },
        { name: 'a month page (median)', unit: 'ms', rounds: measured.median, goals: [] },
      ],
      notes: [
        `${sizes.children} children, ${sizes.events} events of their bookings; ${count} pages a round, of any family.`,
        `A page shows two children's month; the largest has ${Math.round(bytes / 1_000)} kB of HTML.`,
      ],
    };
  });
