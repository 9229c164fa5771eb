import { parseArgs } from 'node:util';
import { openEmbedded } from '../../../db/client.ts';
import { MINUTE } from '../../core/time.ts';
import { createLog } from '../../logger.ts';
import { verifyExport } from '../../timeline/verify.ts';
import { exceeded, listen, type Post, tallyOf } from './budget.ts';
import { exportOf } from './export.ts';
import { createPaper } from './paper.ts';
import { playAct, roomOf } from './player.ts';
import type { Scenario } from './scenario.ts';
import { scenarios } from './scenarios/all.ts';
import { betweenActs, betweenBriefActs, openStage, type Stage } from './stage.ts';
import { witness } from './witness.ts';

const usage = `npm run demo [-- --scenario product|campaign|team-of-five] [--lang en|fr] [--fast]

  --scenario  ${scenarios.map((s) => `${s.id}: ${s.title}`).join('\n              ')}
  --lang      en, the product story, or fr, the campaign story, when no scenario is named
  --fast      tells what each person does, without pauses and without what appears on their screens`;

/** Plays a whole crisis in memory and prints it as people live it. Answers the exit code. */
async function main(): Promise<number> {
  const wish = readWish(process.argv.slice(2));
  if (typeof wish === 'string') {
    process.stderr.write(`${wish}\n\n${usage}\n`);
    return 2;
  }
  if (wish.help) {
    process.stdout.write(`${usage}\n`);
    return 0;
  }
  const { scenario, brief } = wish;
  const paper = createPaper(process.stdout, scenario);
  paper.opening();
  const started = performance.now();
  const database = await openEmbedded('memory');
  const stage = await openStage(database, scenario, createLog('error'));
  paper.ready((performance.now() - started) / 1000);
  const interruption = new Promise<number>((resolve) => {
    process.once('SIGINT', () => {
      paper.interrupted();
      resolve(130);
    });
  });
  try {
    const code = await Promise.race([interruption, tell(stage, scenario, paper, brief)]);
    if (code === 0) paper.over((performance.now() - started) / 1000);
    return code;
  } finally {
    await stage.stop();
    await database.close();
  }
}

async function tell(
  stage: Stage,
  scenario: Scenario,
  paper: ReturnType<typeof createPaper>,
  brief: boolean,
): Promise<number> {
  const { posts, stop } = listen(stage.sandbox);
  await play(stage, scenario, paper, brief);
  stop();
  return (await ending(stage, scenario, paper, posts)) ? 0 : 1;
}

async function play(stage: Stage, scenario: Scenario, paper: ReturnType<typeof createPaper>, brief: boolean) {
  const seen = witness(stage.sandbox);
  const reader = stage.sandbox.person(readerOf(scenario));
  seen.news(reader.id);
  for (const [i, act] of scenario.acts.entries()) {
    if (i > 0) await stage.advance(brief ? betweenBriefActs : betweenActs);
    paper.act(act, i + 1, scenario.acts.length, stage);
    await playAct(stage, scenario, act, MINUTE);
    const news = seen.news(reader.id);
    if (!brief) paper.scenes(news, stage, roomOf(stage, scenario));
  }
  // The last edits of the live brief are at most five seconds apart.
  await stage.advance(betweenBriefActs);
  seen.stop();
}

/** Whoever decides reads the room's language and lives where the company is. */
const readerOf = (scenario: Scenario): string => (scenario.language === 'fr' ? 'Claire' : 'Anne');

/**
 * The whole room, the proof that its timeline is what was written, and how loud it was: answers whether the budget
 * holds. Throws when something else did not.
 */
async function ending(
  stage: Stage,
  scenario: Scenario,
  paper: ReturnType<typeof createPaper>,
  posts: readonly Post[],
): Promise<boolean> {
  const { sandbox } = stage;
  const reader = sandbox.person(readerOf(scenario));
  const room = roomOf(stage, scenario);
  if (!room) throw new Error('The story ended without a war room.');
  paper.transcript(room.name, sandbox.transcript(room.id, { as: reader.id }));
  const { markdown, json } = exportOf(sandbox, room, reader);
  paper.exported(markdown);
  const verdict = verifyExport(JSON.parse(json));
  paper.verified(verdict);
  if (!verdict.ok) throw new Error('The exported timeline does not verify.');
  const [problem] = sandbox.problems;
  if (problem)
    throw new Error(`Slack would have refused ${problem.where}: ${problem.error} ${problem.messages.join('; ')}`);
  const tally = await tallyOf(stage, room, posts, JSON.parse(json));
  paper.counted(tally);
  return exceeded(tally).length === 0;
}

function readWish(args: string[]): { scenario: Scenario; brief: boolean; help: boolean } | string {
  try {
    const { values } = parseArgs({
      args,
      options: {
        scenario: { type: 'string' },
        lang: { type: 'string' },
        fast: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    const wanted = values.scenario?.toLowerCase();
    const scenario = scenarios.find(
      (s) =>
        (!wanted || s.id === wanted || s.id === `${wanted}-${s.language}`) &&
        (!values.lang || s.language === values.lang.toLowerCase()),
    );
    if (!scenario)
      return `There is no scenario ${[values.scenario, values.lang].filter(Boolean).join(' in ')}. There is: ${scenarios.map((s) => `${s.id} (${s.language})`).join(', ')}.`;
    return { scenario, brief: values.fast, help: values.help };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`\nThe demo failed. ${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  },
);
