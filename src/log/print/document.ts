import { dateFormat, type Language } from '../../core/locale.ts';
import { levelName } from '../../crises/text.ts';
import { signIn, type TimelineExport, told } from '../../timeline/export.ts';
import { words as timelineWords } from '../../timeline/text.ts';
import { drawn } from './drawable.ts';
import { levelsIn, levelsPicture } from './levels.ts';
import { words } from './text.ts';

/** A text that the whole company agreed to. `body`: null where what is kept is not what the timeline names by its hash. */
export type Wording = {
  number: number;
  version: number;
  title: string;
  body: string | null;
  hash: string;
  /** The entry that names the hash, and what became of the text. */
  seq: number;
  states: { is: 'approved' | 'published' | 'withdrawn'; at: Date; place: string }[];
};

/** A document as pdfmake takes it, but that its page numbers are still to be filled into `footer`. */
export type PdfDocument = { footer: string; [part: string]: unknown };

/** The timeline for a judge: one story with the file for reading, the statements whole, the level as a picture. */
export function documentOf(timeline: TimelineExport, wordings: readonly Wording[], language: Language): PdfDocument {
  const { crisis, head, people, entries, exportedAt } = timeline;
  const w = words(language);
  const p = (text: string) => drawn(text, language);
  const title = p(timelineWords(language).file.title(signIn(timeline, language), crisis.title));
  const { facts, days } = told(timeline, language);
  const moment = dateFormat(language, { timeZone: crisis.timeZone, dateStyle: 'medium', timeStyle: 'short' });
  const time = (at: Date) => `${moment.format(at)} (${crisis.timeZone})`;
  const declarer = entries.find(({ kind }) => kind === 'crisis_declared');
  const by = declarer?.actorId ? (declarer.actorName ?? people[declarer.actorId] ?? declarer.actorId) : null;
  const steps = levelsIn(entries);
  const until = entries.at(-1)?.occurredAt ?? exportedAt;
  const content = [
    { text: title, style: 'title' },
    { ul: [...(by ? [w.declaredBy(by)] : []), ...facts].map((fact) => p(fact.replaceAll('`', ''))), style: 'facts' },
    ...(steps.length > 0
      ? [
          { text: w.levels, style: 'heading' },
          { svg: levelsPicture(steps, until, crisis.timeZone, language), margin: [0, 4, 0, 4] },
          {
            text: p(
              steps.map(({ at, level }) => w.levelFrom(moment.format(at), levelName(level, language))).join('\n'),
            ),
            style: 'note',
          },
        ]
      : []),
    ...(wordings.length > 0 ? [{ text: w.statements, style: 'heading' }] : []),
    ...wordings.flatMap((one) => [
      { text: p(w.statement(one.number, one.title, one.version)), style: 'subheading' },
      {
        text: [
          ...one.states.map(({ is, at, place }) => p(w.state[is](time(at), place))),
          w.hash(one.hash, one.seq),
        ].join('\n'),
        style: 'note',
      },
      one.body === null ? { text: w.lost, bold: true } : { text: p(one.body), style: 'quoted' },
    ]),
    { text: w.entries, style: 'heading' },
    ...days.flatMap(({ day, entries: ofDay }) => [
      { text: p(day), style: 'subheading' },
      ...ofDay.flatMap(({ seq, time: at, who, notes, text }) => [
        { text: p([`${seq}. ${at}`, who, ...notes].join(' · ')), style: 'entry' },
        { text: p(text), style: 'told' },
      ]),
    ]),
    {
      unbreakable: true,
      stack: [
        { text: w.end, style: 'heading' },
        { text: head.hash, bold: true },
        { text: w.endText, style: 'note' },
      ],
    },
  ];
  return {
    content,
    footer: w.page(title.length > 80 ? `${title.slice(0, 79)}…` : title),
    // Of the crisis, not of the machine: however often it is printed, it is the same to the byte.
    info: { title, creator: 'Crisis War Room', producer: 'Crisis War Room', creationDate: exportedAt },
    lang: language,
    pageSize: 'A4',
    pageMargins: [40, 45, 40, 45],
    defaultStyle: { font: 'Roboto', fontSize: 10, lineHeight: 1.15 },
    styles: {
      title: { fontSize: 17, bold: true, margin: [0, 0, 0, 8] },
      facts: { fontSize: 9, margin: [0, 0, 0, 4] },
      heading: { fontSize: 13, bold: true, margin: [0, 14, 0, 4] },
      subheading: { fontSize: 11, bold: true, margin: [0, 8, 0, 2] },
      note: { fontSize: 8.5, color: '#555555', margin: [0, 0, 0, 4] },
      quoted: { margin: [12, 2, 0, 6] },
      entry: { fontSize: 8.5, color: '#555555', margin: [0, 5, 0, 0] },
      told: {},
    },
  };
}
