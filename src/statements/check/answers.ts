import { accept, type Decision, refuse } from '../../core/decision.ts';
import type { Language } from '../../core/locale.ts';
import { mayAct } from '../../crises/rules.ts';
import { entry } from '../entries.ts';
import { showCard } from '../orders.ts';
import {
  approversNow,
  authorsOf,
  type Context,
  checkedText,
  type Seen,
  type Statement,
  type StatementRefusal,
  staleness,
} from '../statement.ts';
import {
  type Answer,
  answersTo,
  type Finding,
  findingKey,
  isDone,
  lint,
  type Material,
  type Target,
  type Term,
  termKey,
} from './lint.ts';
import { words as checkWords } from './text.ts';

/** What a person says to one finding, or, as legal, to all that are legal's to answer. */
export type Reply =
  | { say: 'person' | 'not_person' | 'contact' | 'not_said'; key: string }
  | { say: 'waived'; key: string; reason: string }
  | { say: 'deed'; key: string; targets: readonly Target[]; reason: string }
  | { say: 'legal_ok' };

/** What is to be kept: of the crisis's names and numbers, and of this wording. */
export type Kept = { terms: readonly Term[]; answers: readonly Answer[] };

type Outcome = Decision<Kept, StatementRefusal>;

/** An answer to what the check found. Whoever gives it is named in the timeline; approvers read it beside the text. */
export function reply(statement: Statement, seen: Seen, said: Reply, context: Context, material: Material): Outcome {
  const { crisis, by } = context;
  const no = mayAct(crisis, by) ?? staleness(statement, seen);
  if (no) return refuse(no);
  if (statement.status !== 'draft') return refuse({ code: 'not_submittable', status: statement.status });
  const findings = lint(checkedText(statement.current), material);
  if (said.say === 'legal_ok') return agreeAsLegal(statement, forLegal(findings), context);
  const mistaken =
    said.say === 'person' ? material.terms.find((t) => t.kind === 'person' && `term:${t.key}` === said.key) : undefined;
  if (mistaken) return keepTerm(statement, mistaken.key, 'person', context);
  const finding = findings.find((one) => findingKey(one) === said.key);
  const taken = said.say === 'deed' ? 'linked' : said.say;
  if (!finding || !answersTo(finding).includes(taken)) return refuse({ code: 'nothing_to_do' });
  switch (said.say) {
    case 'person':
    case 'not_person':
    case 'contact':
      return keepTerm(statement, finding.excerpt, said.say, context);
    case 'not_said':
      return keepAnswer(statement, finding, { answer: 'not_said', targets: [], reason: null }, context);
    case 'waived':
      if (!said.reason.trim()) return refuse({ code: 'reason_missing' });
      return keepAnswer(statement, finding, { answer: 'waived', targets: [], reason: said.reason.trim() }, context);
    case 'deed':
      return standBehind(statement, finding, said, context, material);
  }
}

/** Of the findings, those that legal can answer: people who are named, and what is about a person. */
export const forLegal = (findings: readonly Finding[]): Finding[] =>
  findings.filter((finding) => answersTo(finding).includes('legal_ok'));

/** Asks those who answer for legal to say whether these names and numbers may be said. */
export function askLegal(statement: Statement, seen: Seen, context: Context, material: Material): Outcome {
  const no = mayAct(context.crisis, context.by) ?? staleness(statement, seen);
  if (no) return refuse(no);
  if (statement.status !== 'draft') return refuse({ code: 'not_submittable', status: statement.status });
  const open = forLegal(lint(checkedText(statement.current), material));
  if (open.length === 0) return refuse({ code: 'nothing_to_do' });
  if (legalOf(statement, context).length === 0) return refuse({ code: 'no_approver', seats: ['legal'] });
  return accept(
    { terms: [], answers: [] },
    {
      timeline: [
        entry(statement, 'statement_legal_asked', context.now, context.by.userId, (w) =>
          w.legalAsked(quoted(open, w.quote)),
        ),
      ],
    },
  );
}

function keepTerm(
  statement: Statement,
  excerpt: string,
  say: 'person' | 'not_person' | 'contact',
  context: Context,
): Outcome {
  const { by, now } = context;
  const kind = say === 'contact' ? 'contact' : 'person';
  const term: Term = {
    kind,
    key: termKey(kind, excerpt),
    isSo: say !== 'not_person',
    decidedBy: by.userId,
    decidedAt: now,
  };
  return accept(
    { terms: [term], answers: [] },
    {
      timeline: [
        entry(
          statement,
          'statement_checked',
          now,
          by.userId,
          (w) => w.told[say](excerpt),
          say === 'person' ? { asks: 'legal' } : {},
        ),
      ],
      jobs: [showCard(statement, statement.current.number)],
    },
  );
}

function keepAnswer(
  statement: Statement,
  finding: Finding,
  given: Pick<Answer, 'answer' | 'targets' | 'reason'>,
  context: Context,
): Outcome {
  const { by, now } = context;
  const { current } = statement;
  return accept(
    { terms: [], answers: [answerTo(statement, finding, given, context)] },
    {
      timeline: [
        entry(
          statement,
          'statement_checked',
          now,
          by.userId,
          (w, l) =>
            given.answer === 'legal_ok'
              ? w.answered.legal_ok(finding.excerpt)
              : w.answered[given.answer](
                  finding.excerpt,
                  given.reason ?? '',
                  given.targets.map((t) => nameOf(t, l.language)).join(', '),
                ),
          { code: finding.code, ...given, excerpt: finding.excerpt },
        ),
      ],
      jobs: [showCard(statement, current.number)],
    },
  );
}

const nameOf = ({ kind, number }: Target, language: Language): string => checkWords(language).target[kind](number);

/** Only what is done stands behind an act that is told as done; or somebody says why nothing needs to. */
function standBehind(
  statement: Statement,
  finding: Finding,
  { targets, reason }: Extract<Reply, { say: 'deed' }>,
  context: Context,
  material: Material,
): Outcome {
  if (!targets.every((target) => isDone(target, material))) return refuse({ code: 'not_done' });
  const why = reason.trim();
  if (targets.length > 0)
    return keepAnswer(statement, finding, { answer: 'linked', targets, reason: why || null }, context);
  if (!why) return refuse({ code: 'nothing_chosen' });
  return keepAnswer(statement, finding, { answer: 'not_ours', targets: [], reason: why }, context);
}

/** Nobody agrees as legal to what they wrote. */
function agreeAsLegal(statement: Statement, open: readonly Finding[], context: Context): Outcome {
  const { by, now } = context;
  if (authorsOf(statement).includes(by.userId)) return refuse({ code: 'own_words', as: 'author' });
  if (!legalOf(statement, context).includes(by.userId)) return refuse({ code: 'not_legal' });
  if (open.length === 0) return refuse({ code: 'nothing_to_do' });
  const answers = open.map((finding) =>
    answerTo(statement, finding, { answer: 'legal_ok', targets: [], reason: null }, context),
  );
  return accept(
    { terms: [], answers },
    {
      timeline: [
        entry(statement, 'statement_legal_ok', now, by.userId, (w) => w.answered.legal_ok(quoted(open, w.quote)), {
          codes: open.map(({ code }) => code),
          excerpts: open.map(({ excerpt }) => excerpt),
        }),
      ],
      jobs: [showCard(statement, statement.current.number)],
    },
  );
}

const answerTo = (
  { current }: Statement,
  { code, excerpt }: Finding,
  given: Pick<Answer, 'answer' | 'targets' | 'reason'>,
  { by, now, newId }: Context,
): Answer => ({
  id: newId(),
  versionNumber: current.number,
  versionHash: current.hash,
  code,
  excerpt,
  ...given,
  userId: by.userId,
  at: now,
});

const quoted = (findings: readonly Finding[], quote: (excerpt: string) => string): string =>
  findings.map(({ excerpt }) => quote(excerpt)).join(', ');

/** Those who may agree as legal: its people and deputies, or whoever stands in for it. */
export function legalOf(statement: Statement, { crisis, roster }: Pick<Context, 'crisis' | 'roster'>): string[] {
  const { people, deputies } = approversNow(statement, 'legal', roster, crisis);
  return [...people, ...deputies];
}

/** Two statements of one crisis that say the same in both languages. Each had at most one translation before. */
export function pair(
  statement: Statement,
  other: Statement | null,
  context: Pick<Context, 'crisis' | 'by' | 'now'>,
): Decision<Statement[], StatementRefusal> {
  const { crisis, by, now } = context;
  const no = mayAct(crisis, by);
  if (no) return refuse(no);
  if (statement.twinId === (other?.id ?? null)) return refuse({ code: 'nothing_to_do' });
  const fits =
    !other ||
    (other.crisisId === statement.crisisId &&
      other.id !== statement.id &&
      other.current.language !== statement.current.language &&
      other.status !== 'withdrawn');
  if (!fits) return refuse({ code: 'not_a_twin' });
  const next: Statement[] = [
    { ...statement, twinId: other?.id ?? null },
    ...(other ? [{ ...other, twinId: statement.id }] : []),
  ];
  return accept(next, {
    timeline: [
      entry(statement, 'statement_paired', now, by.userId, (w) =>
        other ? w.paired(other.number, other.current.title) : w.unpaired,
      ),
    ],
    jobs: next.map((one) => showCard(one, one.current.number)),
  });
}
