import { createRequire } from 'node:module';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { drawn, isDrawable } from '../../src/log/print/drawable.ts';
import { levelsIn, levelsPicture } from '../../src/log/print/levels.ts';
import { pdfFile } from '../../src/log/print/print.ts';
import { approveStatement, publishStatement } from '../../src/statements/change.ts';
import { entriesOf, loadExport } from '../../src/timeline/store.ts';
import { stored, write } from '../statements/support.ts';
import { actOf, fillClosing } from '../support/acts.ts';
import { type Company, startCompany } from '../support/company.ts';
import { textOf } from '../support/pdf.ts';

const words = 'Trois clients signalent du plastique.\n\nNous retirons le lot P4471 : l’œuf, le cœur, 12 000 bocaux.';
const strange = 'Feu 🔥🔥🔥🔥🔥🔥 ⚠️, hébreu שלום עולם, chinois 汉字, flèche →, mur ';

describe('the timeline as a PDF', () => {
  let company: Company;
  let room: string;
  beforeAll(async () => {
    company = await startCompany({ language: 'fr' });
    const { claire, helen, tom, app } = company;
    room = await company.declare('Soupe au plastique 🍲', { level: 'incident' });
    await claire.command(`/crise noter ${strange}${'W'.repeat(400)}`, room);
    await write(company, tom, room, { title: 'Première prise de parole', text: words, language: 'fr' });
    const { last } = await stored(company, room);
    if (!last) throw new Error('no statement');
    const act = (userId: string) => actOf(app.deps, { workspaceId: app.workspaceId, userId, channelId: room });
    const { number: version, hash } = last.current;
    for (const { id } of [helen, claire]) await approveStatement(act(id), last.id, { version, hash });
    const out = { url: 'https://aurore.example/soupe', where: '', at: company.now() };
    const decision = await publishStatement(act(claire.id), last.id, {
      ...out,
      told: [],
      next: { at: null, isNone: true },
    });
    expect(decision).toMatchObject({ ok: true });
    await company.settled();
    await claire.command('/crise niveau majeure un enfant est blessé', room);
    await claire.command('/crise clore', room);
    await claire.waitForModal({ callbackId: 'closing.close' });
    fillClosing(claire, 'Lot retiré');
    await claire.submit();
    await company.settled();
  });
  afterAll(() => company.close());

  const posted = () => {
    const ids = (company.claire.sees(room) as { files?: string[] }[]).flatMap((m) => m.files ?? []);
    const pdf = ids
      .map((id) => company.claire.downloadFile(id))
      .find((file) => file.subarray(0, 5).toString() === '%PDF-');
    if (!pdf) throw new Error('no PDF in the room');
    return pdf;
  };
  /** As it was closed. */
  const closed = async () => {
    const { crisis } = await stored(company, room);
    const all = await entriesOf(company.app.deps.db, crisis.id);
    return loadExport(company.app.deps.db, crisis, all.find(({ kind }) => kind === 'crisis_closed')?.seq);
  };
  const oneLine = (text: string) => text.replace(/\s+/gu, ' ');

  test('says of what, of when, by whom, in whose hours, and names the fingerprint on its last page', async () => {
    const { head } = await closed();
    const pages = textOf(posted()).split('\f');
    expect(pages[0]).toMatch(/^Main courante de la crise n° 1 : Soupe au plastique :stew:/);
    const first = oneLine(pages[0] ?? '');
    expect(first).toContain('Déclenchée par : Claire Fontaine');
    expect(first).toContain('dans le fuseau Europe/ Paris');
    expect(first).toContain('Close : ');
    expect(oneLine(pages.at(-1) ?? '')).toContain(head.hash);
    for (const [i, page] of pages.entries()) expect(oneLine(page)).toContain(`page ${i + 1} sur ${pages.length}`);
  });

  test('draws the level over time, with every level by its name', async () => {
    const { crisis, entries } = await closed();
    const steps = levelsIn(entries);
    expect(steps.map(({ level }) => level)).toEqual(['incident', 'major']);
    const picture = levelsPicture(steps, company.now(), crisis.timeZone, 'fr');
    for (const level of ['Routine', 'Veille', 'Incident', 'Crise', 'Crise majeure'])
      expect(picture).toContain(`>${level}<`);
    expect(oneLine(textOf(posted()))).toMatch(/: Incident .*: Crise majeure/);
  });

  test('has each text that was approved and published, whole, with the hash that the timeline binds', async () => {
    const { all, versions } = await stored(company, room);
    const [version] = await versions(all[0]?.id ?? '');
    const pdf = oneLine(textOf(posted()));
    expect(pdf).toContain(oneLine(words));
    expect(pdf).toContain(`Empreinte de ce texte : ${version?.hash} (entrée `);
    expect(pdf).toMatch(/Validé : .*Publié : .*aurore/);
  });

  test('tells every entry in order, and marks what its letters cannot draw', async () => {
    const { entries } = await closed();
    const pdf = textOf(posted());
    const numbers = [...pdf.matchAll(/(?:^|\f)(\d+)\. \d\d:\d\d:\d\d/gm)].map((m) => Number(m[1]));
    expect(numbers.toSorted((a, b) => a - b)).toEqual(entries.map(({ seq }) => seq));
    const said = oneLine(pdf);
    expect(said).toContain('Feu :fire: ×6 :warning:, hébreu [');
    expect(said).toContain('caractères que cette page ne peut afficher]');
    expect(said).not.toContain('\uFFFD');
  });

  test('is the same to the byte whenever it is made, and can be read in the other language', async () => {
    const { db } = company.app.deps;
    const again = await pdfFile(db, await closed(), 'fr', 'x');
    expect(again.content.equals(posted())).toBe(true);
    const english = await pdfFile(db, await closed(), 'en', 'x');
    expect(textOf(english.content)).toContain('Timeline of crisis #1: Soupe au plastique :stew:');
    expect(english.name).toMatch(/^crisis-1-timeline-\d+-[0-9a-f]{8}\.pdf$/);
    expect(company.sandbox.problems).toEqual([]);
  }, 30_000);
});

describe('what can be printed', () => {
  test('is what the font that comes with the printer has', () => {
    const from = createRequire(import.meta.url).resolve('pdfmake');
    const fontkit = createRequire(createRequire(from).resolve('pdfkit'))('fontkit') as {
      openSync(path: string): { hasGlyphForCodePoint(code: number): boolean };
    };
    const { Roboto } = createRequire(from)('pdfmake/fonts/Roboto.js') as { Roboto: Record<string, string> };
    for (const style of ['normal', 'bold']) {
      const font = fontkit.openSync(Roboto[style] ?? '');
      const missing = [];
      for (let code = 0x20; code < 0x2700; code += 1)
        if (isDrawable.test(String.fromCodePoint(code)) && !font.hasGlyphForCodePoint(code))
          missing.push(code.toString(16));
      expect(missing, style).toEqual([]);
    }
  });

  test.each([
    ['12\u202f000\u00a0€', '12\u00a0000\u00a0€'],
    ['👩‍🚒 et 🇫🇷', ':woman_firefighter: et :fr:'],
    ['e\u0301te\u0301', 'été'],
    ['مرحبا بالعالم!', '[13 characters this page cannot show]!'],
    ['zero\u200bwidth \u202eturned\u202c', 'zerowidth turned'],
  ])('“%s” is printed as “%s”', (typed, printed) => {
    expect(drawn(typed, 'en')).toBe(printed);
    expect(isDrawable.test(drawn(typed, 'en'))).toBe(true);
  });
});
