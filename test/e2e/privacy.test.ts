import { expect } from 'chai';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { asLocalDate } from '../../src/domain/kernel/localDate.ts';
import { addHours } from '../../src/domain/kernel/parisTime.ts';
import { MasterKey } from '../../src/infrastructure/crypto/masterKey.ts';
import { SqliteKeyVault } from '../../src/infrastructure/sqlite/sqliteKeyVault.ts';
import type { Principal } from '../../src/application/principal.ts';
import type { SettledFamily } from '../support/browser/settledFamily.ts';
import { SmallTown, smallTownKey } from '../support/browser/smallTown.ts';
import { agent, request } from '../support/commandSide.ts';
import { capturedLog, type LogLine } from '../support/testPortal.ts';
import { activityId, childId } from '../support/townFacts.ts';

/** Texts that occur nowhere else. */
const secrets = {
  lastName: 'Brûlefer-Montségur',
  guardian: 'Théodrade',
  secondGuardian: 'Wandrille',
  child: 'Philomène',
  brother: 'Aubertin',
  schoolClass: 'CE1 des Pâquerettes',
  birthDate: '2019-02-27',
  brotherBirthDate: '2021-08-19',
  address: '17, impasse des Coquelicots égarés',
  email: 'brulefer-1@exemple.fr',
  note: 'Cette semaine, elle dort chez sa marraine Cunégonde',
  reason: 'Le poney Fougère occupe déjà la moitié du car',
} as const;

/** As JSON may write it: letters beyond ASCII as `\\u00e9`. */
const escaped = (text: string, upper: boolean): string =>
  text.replace(/[^\x20-\x7e]/g, (letter) => {
    const digits = letter.charCodeAt(0).toString(16).padStart(4, '0');
    return `\\u${upper ? digits.toUpperCase() : digits}`;
  });

/** Inside a longer base64 text the same bytes read in three ways; only letters that they alone decide are kept. */
const inBase64 = (bytes: Buffer): string[] =>
  [0, 1, 2].map((shift) =>
    Buffer.concat([Buffer.alloc(shift), bytes])
      .toString('base64')
      .slice(Math.ceil((shift * 8) / 6), Math.floor(((shift + bytes.length) * 8) / 6)),
  );

/** Every way in which a text may lie in a file. */
function spellings(text: string): Buffer[] {
  const utf8 = Buffer.from(text, 'utf8');
  return [
    utf8,
    Buffer.from(text, 'utf16le'),
    Buffer.from(text, 'utf16le').swap16(),
    Buffer.from(text, 'latin1'),
    Buffer.from(escaped(text, false)),
    Buffer.from(escaped(text, true)),
    Buffer.from(encodeURIComponent(text)),
    Buffer.from(utf8.toString('hex')),
    ...inBase64(utf8).map((letters) => Buffer.from(letters)),
  ];
}

const filesUnder = (directory: string): string[] =>
  readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

/** Files in which a secret lies open, with the secret. */
function leaks(directory: string): string[] {
  return filesUnder(directory).flatMap((file) => {
    const content = readFileSync(file);
    return Object.values(secrets)
      .filter((text) => spellings(text).some((spelling) => content.includes(spelling)))
      .map((text) => `${file}: ${text}`);
  });
}

describe('the privacy of what is kept', function () {
  this.timeout(60_000);
  let directory = '';
  let town: SmallTown;
  let family: SettledFamily;
  let lines: readonly LogLine[] = [];
  const child = 'brulefer-1';
  const wednesday = '2026-11-25';

  /** A page as this person gets it, over HTTP. */
  async function read(who: Principal, path: string): Promise<{ status: number; html: string }> {
    const { tokens, clock } = town.portal.services;
    const cookie = `session=${tokens.issue(who, addHours(clock.now(), 1))}`;
    const answer = await fetch(new URL(path, town.url), { headers: { cookie } });
    return { status: answer.status, html: await answer.text() };
  }

  before(async () => {
    directory = mkdtempSync(join(tmpdir(), 'portail-secret-'));
    const captured = capturedLog();
    ({ lines } = captured);
    town = await SmallTown.open({ directory, log: captured.log });
    family = await town.settle({
      family: 'brulefer',
      lastName: secrets.lastName,
      guardians: [secrets.guardian, secrets.secondGuardian],
      address: secrets.address,
      children: [
        {
          firstName: secrets.child,
          birthDate: secrets.birthDate,
          schoolClass: secrets.schoolClass,
        },
        { firstName: secrets.brother, birthDate: secrets.brotherBirthDate },
      ],
    });
    await town.book(child, 'mercredi', wednesday, { note: secrets.note });
    await town.book('brulefer-2', 'mercredi', wednesday);
    await town.book(child, 'cantine', '2026-11-24');
    const { validationQueue, reservationCommands, clock } = town.portal.services;
    const [asked] = (await validationQueue.list(clock.now(), { limit: 10 })).filter(
      ({ booking }) => booking.childId === childId('brulefer-2'),
    );
    await reservationCommands.refuse(
      { activityId: activityId('mercredi'), date: asLocalDate(wednesday) },
      asked!.booking.reservationId,
      secrets.reason,
      request(agent, 'refuse-brulefer', clock.now()),
    );
    await town.shown();
  });

  after(async () => {
    await town.close();
    rmSync(directory, { recursive: true, force: true });
  });

  it('shows to those whom they concern what the files hide', async () => {
    const [guardian] = family.guardians;
    const home = await read(guardian!, '/');
    expect(home.html).to.include(secrets.guardian).and.include(secrets.child);
    const agenda = await read(guardian!, '/reservations?mois=2026-11&enfant=brulefer-2');
    expect(agenda.html).to.include(secrets.reason);
    const queue = await read(agent, '/agents/validation');
    expect(queue.html).to.include(secrets.child).and.include(secrets.note);
  });

  it('finds no name, address, note or reason in any file while the portal runs', () => {
    const files = filesUnder(directory);
    for (const name of ['events.db', 'keys.db']) expect(files).to.include(join(directory, name));
    expect(files.length).to.be.greaterThan(3);
    expect(leaks(directory)).to.deep.equal([]);
  });

  it('would find them if they were there', () => {
    const open = mkdtempSync(join(tmpdir(), 'portail-ouvert-'));
    const { note } = secrets;
    const written = [
      JSON.stringify({ note }),
      `"${escaped(note, false)}"`,
      ...['', ' ', '  '].map((before) => Buffer.from(`${before}${note}.`).toString('base64')),
      Buffer.from(`x${note}`, 'utf16le'),
    ];
    try {
      for (const [index, content] of written.entries()) {
        const file = join(open, `${index}.db`);
        writeFileSync(file, content);
        expect(leaks(open), String(content)).to.deep.equal([`${file}: ${note}`]);
        rmSync(file);
      }
    } finally {
      rmSync(open, { recursive: true, force: true });
    }
  });

  it('finds none in the logs either', async () => {
    const [guardian] = family.guardians;
    for (const path of ['/nulle-part?nom=Philom%C3%A8ne', '/api/families/brulefer/agenda?month=x'])
      await read(guardian!, path);
    const logged = JSON.stringify(lines);
    expect(lines.length).to.be.greaterThan(0);
    for (const text of Object.values(secrets))
      for (const spelling of spellings(text)) expect(logged).not.to.include(spelling.toString());
  });

  it('finds none once the portal has stopped', async () => {
    await town.close();
    expect(leaks(directory)).to.deep.equal([]);
    town = await SmallTown.open({ directory, filled: true });
  });

  it('shows [effacé] wherever a child was named whose key is gone, and breaks nothing', async () => {
    const [forgotten, date] = ['efface-1', '2026-12-09'];
    const { guardians } = await town.settle({
      family: 'efface',
      lastName: 'Sarrazac',
      guardians: ['Odilon'],
      children: [
        { firstName: 'Mélusine', birthDate: '2019-05-05', schoolClass: 'CE1 des Genêts' },
        { firstName: 'Gontran', birthDate: '2018-05-05' },
      ],
    });
    await town.book(forgotten, 'mercredi', date, { note: 'Elle viendra à vélo.' });
    await town.book(forgotten, 'cantine', '2026-11-24');
    await town.close();
    const vault = new SqliteKeyVault(directory, MasterKey.parse(smallTownKey));
    await vault.forget(childId(forgotten));
    await vault.close();
    town = await SmallTown.open({ directory, filled: true });

    const guardian = guardians[0]!;
    const pages: readonly (readonly [Principal, string])[] = [
      [guardian, '/'],
      [guardian, `/reservations?mois=2026-12&enfant=${forgotten}`],
      [guardian, '/reservations?mois=2026-11&enfant=tous'],
      [agent, '/agents/validation'],
      [agent, '/agents/seances?jour=2026-11-24'],
      [agent, '/agents/seances/cantine/2026-11-24/fermeture'],
    ];
    for (const [who, path] of pages) {
      const { status, html } = await read(who, path);
      expect(status, path).to.equal(200);
      for (const text of ['Mélusine', 'CE1 des Genêts', 'à vélo'])
        expect(html, path).not.to.include(text);
    }
    const home = await read(guardian, '/');
    expect(home.html).to.include('[effacé]').and.include('Gontran');
    expect((await read(agent, '/agents/validation')).html).to.include('[effacé]');
  });
});
