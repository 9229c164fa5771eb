import { z } from 'zod';
import { newId } from '../core/ids.ts';
import { inBoth } from '../core/locale.ts';
import { findPerson } from '../people/store.ts';
import { type Call, type Feature, type FormAnswer, onPress, onSubmit, type SourceMessage } from '../slack/feature.ts';
import { clip, limits } from '../slack/limits.ts';
import { messageUrl } from '../slack/mrkdwn.ts';
import { folded } from '../slack/subcommands.ts';
import { workspaceOf } from '../workspaces/store.ts';
import { type Actor, changeCrisis, declareCrisis, handOver } from './change.ts';
import { playbooks } from './playbooks.ts';
import { changeLevel, type Level, levels } from './rules.ts';
import { crisesOfPerson, findCrisisOfChannel } from './store.ts';
import { levelName, words } from './text.ts';
import { crisisList, declareForm, openingForm, refusedForm, similarForm } from './views.ts';

export const actorOf = (call: Call): Actor => ({
  workspaceId: call.who.workspaceId,
  userId: call.who.userId,
  isOutsider: call.who.isOutsider,
  channelId: call.channelId,
  deliveryKey: call.deliveryKey,
});

async function openDeclareForm(call: Call, draft: { title?: string; summary?: string } = {}): Promise<void> {
  const workspace = await workspaceOf(call.db, call.who.workspaceId);
  await call.openModal(declareForm({ ...draft, isPrivate: workspace.privateByDefault }, call.who.language));
}

/** A message becomes what happened, with where it was read. */
async function declareFromMessage(call: Call, source: SourceMessage): Promise<void> {
  const { domain } = await workspaceOf(call.db, call.who.workspaceId);
  const where = `\n\n${messageUrl(domain, source)}`;
  // The form holds 3,000 characters; the whole message stays one click away.
  await openDeclareForm(call, { summary: `${clip(source.text, limits.textInput - where.length)}${where}` });
}

const wishSchema = z.object({
  title: z
    .string()
    .nullable()
    .transform((t) => t?.trim() ?? ''),
  summary: z
    .string()
    .nullable()
    .transform((t) => t?.trim() ?? ''),
  level: z.enum(levels),
  playbook: z.enum(playbooks),
  privacy: z.enum(['private', 'public']),
});

async function submitDeclaration(
  call: Call,
  values: Record<string, unknown>,
  viewId: string,
  despiteSimilar: boolean,
): Promise<FormAnswer> {
  const { language } = call.who;
  const { privacy, ...wish } = wishSchema.parse(values);
  const isPrivate = privacy === 'private';
  const decision = await declareCrisis(call, actorOf(call), {
    ...wish,
    id: newId(),
    isPrivate,
    despiteSimilar,
    viewId,
  });
  if (decision.ok) return { update: openingForm(decision.value.title, language) };
  const { refusal } = decision;
  if (refusal.code === 'similar_open') {
    const by = await findPerson(call.db, call.who.workspaceId, refusal.declaredBy);
    const age = call.now().getTime() - refusal.declaredAt.getTime();
    return {
      update: similarForm({ ...refusal, by: by?.name ?? refusal.declaredBy, age }, { ...wish, isPrivate }, language),
    };
  }
  if (refusal.code !== 'title_missing') return { update: refusedForm(words(language).refused[refusal.code], language) };
  return {
    errors: { title: words(language).declare.titleMissing },
  };
}

/** `majeure` and `major` are one level; a reason may follow. */
function readLevel(text: string): { level: Level; reason: string } | null {
  const [, word = '', reason = ''] = /^(\S+)\s*([\s\S]*)$/.exec(text.trim()) ?? [];
  const level = levels.find((l) =>
    [l, levelName(l, 'en'), levelName(l, 'fr')].some((name) => folded(name.split(' ').at(-1) ?? name) === folded(word)),
  );
  return level ? { level, reason } : null;
}

export const crises: Feature = {
  name: 'crises',
  subcommands: [
    {
      name: 'declare',
      aliases: ['déclencher', 'declencher', 'new', 'open'],
      usage: inBoth((l) => words(l).help.declareUsage),
      summary: inBoth((l) => words(l).help.declare),
      readsOnly: true,
      run: (call, text) => openDeclareForm(call, text ? { title: clip(text, 150) } : {}),
    },
    {
      name: 'list',
      aliases: ['liste', 'crises'],
      usage: inBoth(() => ''),
      summary: inBoth((l) => words(l).help.list),
      readsOnly: true,
      run: async (call, text) => {
        const mine = await crisesOfPerson(call.db, call.who.workspaceId, call.who.userId, 1_000);
        const open = mine.filter((crisis) => crisis.status === 'open');
        return crisisList(open, Number(text) || 1, call.who.language, call.now());
      },
    },
    {
      name: 'level',
      aliases: ['niveau'],
      usage: inBoth((l) => words(l).help.levelUsage),
      summary: inBoth((l) => words(l).help.level),
      run: async (call, text) => {
        const w = words(call.who.language);
        const crisis = call.channelId
          ? await findCrisisOfChannel(call.db, call.who.workspaceId, call.channelId)
          : undefined;
        if (!crisis) return { text: w.refused.not_in_room };
        const asked = readLevel(text);
        if (!asked || !asked.reason.trim()) return { text: w.level.usage };
        const decision = await changeCrisis(call, actorOf(call), crisis.id, (found, by) =>
          changeLevel(found, asked.level, asked.reason, by, call.now()),
        );
        return {
          text: decision.ok
            ? w.level.changed(levelName(asked.level, call.who.language))
            : w.refused[decision.refusal.code],
        };
      },
    },
    {
      name: 'lead',
      aliases: ['directeur', 'handover', 'passation'],
      usage: inBoth((l) => words(l).help.leadUsage),
      summary: inBoth((l) => words(l).help.lead),
      run: async (call, text) => {
        const w = words(call.who.language);
        const crisis = call.channelId
          ? await findCrisisOfChannel(call.db, call.who.workspaceId, call.channelId)
          : undefined;
        if (!crisis) return { text: w.refused.not_in_room };
        const [, named, note = ''] = /^(?:<@([UW][A-Z0-9]+)>)?\s*([\s\S]*)$/.exec(text.trim()) ?? [];
        if (text.trim() && !named) return { text: w.lead.usage };
        const next = await findPerson(call.db, call.who.workspaceId, named ?? call.who.userId);
        if (!next) return { text: w.lead.usage };
        const isOutsider = next.isBot || next.isDeactivated || next.isGuest || next.isExternal;
        const decision = await handOver(call, actorOf(call), crisis.id, { userId: next.id, isOutsider }, note);
        return { text: decision.ok ? w.lead.changed(next.name) : w.refused[decision.refusal.code] };
      },
    },
  ],
  actions: [onPress('crises.open_declare', z.unknown(), (call) => openDeclareForm(call))],
  forms: [
    onSubmit('crises.declare', z.unknown(), (call, values, _none, viewId) =>
      submitDeclaration(call, values, viewId, false),
    ),
    onSubmit('crises.declare_anyway', z.unknown(), (call, values, _none, viewId) =>
      submitDeclaration(call, values, viewId, true),
    ),
  ],
  shortcuts: [
    {
      id: 'crises.declare_globally',
      type: 'global',
      name: 'Declare a crisis',
      description: 'Open a war room and call the crisis cell',
      run: (call) => openDeclareForm(call),
    },
    {
      id: 'crises.declare_from_message',
      type: 'message',
      name: 'Declare a crisis',
      description: 'Open a war room about this message',
      run: async (call, source) => {
        if (source) await declareFromMessage(call, source);
      },
    },
  ],
};
