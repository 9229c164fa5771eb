export type Mutation = {
  /** What the product does wrong once it is mutated. */
  what: string;
  file: string;
  /** Stands in the file once, and is replaced. */
  text: string;
  becomes: string;
  /** Each of these must fail. */
  tests: readonly [string, ...string[]];
};

/** Guarantees, each taken away once. Where one of these texts is changed, its mutation moves along. */
export const mutations: readonly Mutation[] = [
  {
    what: 'a press is acknowledged before it is committed',
    file: 'src/slack/router.ts',
    text: `ack: once(async () => ack()),
      inForm: view !== null,`,
    becomes: `ack: await (async (early: Once) => (await early.run(), early))(once(async () => ack())),
      inForm: view !== null,`,
    tests: ['test/journeys/acknowledged.test.ts'],
  },
  {
    what: 'a command is acknowledged before it is committed',
    file: 'src/slack/router.ts',
    text: 'if (entry?.readsOnly) {',
    becomes: 'if (entry) {',
    tests: ['test/journeys/acknowledged.test.ts'],
  },
  {
    what: 'an event is acknowledged before its listeners have committed',
    file: 'src/slack/receivers.ts',
    text: '...event, ack: async () => {}, customProperties',
    becomes: '...event, customProperties',
    tests: ['test/journeys/acknowledged.test.ts'],
  },
  {
    what: 'an event whose listener failed is acknowledged',
    file: 'src/slack/receivers.ts',
    text: 'if (!outcome.failed) await event.ack();',
    becomes: 'await event.ack();',
    tests: ['test/journeys/acknowledged.test.ts'],
  },
  {
    what: 'a post whose answer was lost is looked for from a second before it was sent',
    file: 'src/slack/deliver.ts',
    text: 'after(since, -MINUTE)',
    becomes: 'after(since, -SECOND)',
    tests: ['test/slack/deliver.test.ts'],
  },
  {
    what: 'a job about somebody whom a closed team leaves out is done',
    file: 'src/crises/jobs.ts',
    text: 'if (named.success && crisis && isExcluded(crisis, named.data.userId)) return;',
    becomes: '',
    tests: ['test/security/closed-team-beginning.test.ts'],
  },
  {
    what: 'nobody is told that a task came due',
    file: 'src/tasks/overview.ts',
    text: "news: isLate ? 'due' : task.assignedBy ? 'given' : 'open',",
    becomes: "news: task.assignedBy ? 'given' : 'open',",
    tests: ['test/journeys/kill.test.ts'],
  },
  {
    what: 'what waited on somebody can still be pressed once it was told anew',
    file: 'src/waiting/jobs.ts',
    text: "if (state === 'done' && (hasButtons || key === keyOf(told.generation - 1))) await replace(key);",
    becomes: 'void [hasButtons, replace];',
    tests: ['test/journeys/kill.test.ts'],
  },
  {
    what: 'nobody is told that a department does not answer',
    file: 'src/responders/orders.ts',
    text: 'callouts.length === 0',
    becomes: 'true',
    tests: ['test/journeys/kill.test.ts'],
  },
  {
    what: 'a press moves a task without a word in the timeline',
    file: 'src/tasks/rules.ts',
    text: 'timeline: [entry(task, moved.entry.kind, now, by.userId, moved.entry.say, moved.entry.data)],',
    becomes: 'timeline: [],',
    tests: ['test/journeys/kill.test.ts'],
  },
  {
    what: 'what Slack delivers twice is done twice',
    file: 'src/jobs/commit.ts',
    text: 'deliveryKey === null ? null : claimDelivery(tx, deliveryKey, now),',
    becomes: 'null,',
    tests: ['test/journeys/duplicates.test.ts'],
  },
  {
    what: 'a verdict is taken for a wording that its giver has not seen',
    file: 'src/statements/statement.ts',
    text: 'if (seen.version === current.number && seen.hash === current.hash) return null;',
    becomes: 'if (seen.version === current.number) return null;',
    tests: ['test/statements/rules.test.ts'],
  },
  {
    what: 'an approval of an earlier wording counts',
    file: 'src/statements/statement.ts',
    text: 'v.versionHash === statement.current.hash &&',
    becomes: '',
    tests: ['test/statements/rules.test.ts'],
  },
  {
    what: 'somebody approves their own words',
    file: 'src/statements/approval.ts',
    text: `if (by.userId === current.authorId) return refuse({ code: 'own_words', as: 'author' });`,
    becomes: '',
    tests: ['test/statements/rules.test.ts'],
  },
  {
    what: 'a timeline is not held against its hashes',
    file: 'src/timeline/chain.ts',
    text: `const isWhole = hashOf(link) === link.hash;
    if`,
    becomes: `const isWhole = true;
    if`,
    tests: ['test/timeline/verify.test.ts'],
  },
  {
    what: 'what people write is not escaped',
    file: 'src/slack/mrkdwn.ts',
    text: `  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');`,
    becomes: '  text;',
    tests: ['test/slack/mrkdwn.test.ts', 'test/security/hostile-text.test.ts'],
  },
];
