import type { Instant } from '../../../kernel/parisTime.ts';
import type { Infer, Path, Report } from '../schema/schema.ts';
import { list, object, record } from '../schema/structures.ts';
import { literal, moment, oneOf, periodCode } from '../schema/values.ts';
import { boundary, instantAt, limitAt } from './dated.ts';
import { audiences, type ActWindow, type Audience, type DeadlineShape } from './deadlineRule.ts';
import { fromMoment, untilMoment } from './limitLines.ts';
import { pastItsPeriod, periodWords, unknownPeriod } from './periods.ts';

const period = object({
  /** From when on, for whom; `all` with another row: for all the others. */
  opens: list(object({ audience: oneOf(...audiences), at: moment }), 1),
  closes: moment,
});
type Period = Infer<typeof period>;
const schema = object({
  type: literal('window'),
  periods: record(periodCode, period),
  boundary,
});
/** For each period of the activity, from when to when; residents may come first. */
export interface Window extends Infer<typeof schema> {}

export const window: DeadlineShape<Window> = {
  schema,
  faults({ periods }, at, context, report) {
    const place = [...at, 'periods'];
    for (const [code, period] of Object.entries(periods)) {
      const unknown = unknownPeriod(code, context);
      if (unknown) report([...place, code], unknown);
      const late = pastItsPeriod(code, period.closes, context);
      if (late) report([...place, code, 'closes'], late);
      openingFaults(period, [...place, code], report);
    }
    for (const code of Object.keys(context.periods))
      if (!Object.hasOwn(periods, code))
        report([...place, code], 'Cette période n’a ni ouverture ni fermeture.');
  },
  lines: ({ periods, boundary }, context) =>
    Object.entries(periods).map(
      ([code, period]) =>
        `pour ${periodWords(code, context)}, ${opensWords(period)} et ${untilMoment(period.closes, boundary)}`,
    ),
  compile({ periods, boundary: side }) {
    const windows = new Map(
      Object.entries(periods).map(([code, period]) => {
        const closes = limitAt(period.closes, side);
        const opensAt = (audience: Audience): ActWindow => {
          const opensAt = openingFor(audience, period);
          return opensAt === undefined ? { closes } : { opensAt, closes };
        };
        return [
          code,
          { all: opensAt('all'), resident: opensAt('resident'), outside: opensAt('outside') },
        ];
      }),
    );
    return ({ period }, _, audience) =>
      (period === undefined ? undefined : windows.get(period)?.[audience]) ?? 'never';
  },
};

const rowFor = (audience: Audience, { opens }: Period) =>
  opens.find((row) => row.audience === audience);

/** A family of which nothing is known waits for the last opening. */
function openingFor(audience: Audience, period: Period): Instant | undefined {
  if (audience === 'all') return openingFor('outside', period);
  const row = rowFor(audience, period) ?? rowFor('all', period);
  return row && instantAt(row.at);
}

const missing = {
  resident: 'Aucune ouverture n’est dite pour les habitants.',
  outside: 'Aucune ouverture n’est dite pour les familles extérieures.',
} as const;

function openingFaults(period: Period, at: Path, report: Report): void {
  const { opens } = period;
  const closes = instantAt(period.closes);
  opens.forEach((row, index) => {
    const place = [...at, 'opens', index];
    if (opens.findIndex(({ audience }) => audience === row.audience) < index)
      report([...place, 'audience'], 'Cette ouverture est déjà dite plus haut.');
    if (instantAt(row.at) >= closes)
      report([...place, 'at'], 'L’ouverture ne précède pas la fermeture.');
  });
  const [resident, outside] = [openingFor('resident', period), openingFor('outside', period)];
  if (resident === undefined) report([...at, 'opens'], missing.resident);
  if (outside === undefined) report([...at, 'opens'], missing.outside);
  if (resident !== undefined && outside !== undefined && resident > outside)
    report([...at, 'opens'], 'Les habitants ouvriraient après les familles extérieures.');
  if (audiences.every((audience) => rowFor(audience, period)))
    report([...at, 'opens'], 'Habitants et familles extérieures sont dits : « all » est de trop.');
}

const audienceWords = { resident: 'les habitants', outside: 'les familles extérieures' } as const;

/** « à partir du lundi 24 août 2026 pour les habitants, du lundi 31 août 2026 pour les autres familles » */
function opensWords({ opens }: Period): string {
  const sorted = [...opens].sort((one, other) => (one.at < other.at ? -1 : 1));
  const rows = sorted.map(({ audience, at }) => {
    if (opens.length === 1) return fromMoment(at);
    return `${fromMoment(at)} pour ${audience === 'all' ? 'les autres familles' : audienceWords[audience]}`;
  });
  return `à partir ${rows.join(', ')}${rows.length === 1 ? '' : ','}`;
}
