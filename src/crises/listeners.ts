import { z } from 'zod';
import { newId } from '../core/ids.ts';
import { type Level, levels } from '../core/levels.ts';
import { inBoth } from '../core/locale.ts';
import { isOutsider } from '../people/rules.ts';
import { findPerson, namer } from '../people/store.ts';
import { meetStrangers } from '../people/who.ts';
import { otherKey } from '../playbooks/rules.ts';
import { keptOf, playbooksOf } from '../playbooks/store.ts';
import {
  type Call,
  type Feature,
  type FormAnswer,
  onPress,
  onSubmit,
  type Press,
  type Reply,
  type SourceMessage,
} from '../slack/feature.ts';
import { clip, limits } from '../slack/limits.ts';
import { escapeMrkdwn, messageUrl } from '../slack/mrkdwn.ts';
import { folded } from '../slack/subcommands.ts';
import { chosenPeople } from '../slack/view-state.ts';
import { workspaceOf } from '../workspaces/store.ts';
import { changeCrisis, declareCrisis, handOver, leaveOut } from './change.ts';
import { kinds } from './entry-kinds.ts';
import { changeLevel, mayAct } from './rules.ts';
import { crisesOfPerson, findCrisisOfChannel, findMember } from './store.ts';
import { levelName, words } from './text.ts';
import { crisisList, declareForm, noticeForm, openingForm, refusedForm, similarForm, teamForm } from './views.ts';

async function openDeclareForm(call: Call, draft: { title?: string; summary?: string } = {}): Promise<void> {
  const { workspaceId } = call.who;
  const [workspace, playbooks] = await Promise.all([
    workspaceOf(call.db, workspaceId),
    playbooksOf(call.db, workspaceId),
  ]);
  await call.openModal(declareForm({ ...draft, isPrivate: workspace.privateByDefault }, playbooks, call.who.language));
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
  playbook: z.string(),
  // Not asked where the kind of crisis decides.
  privacy: z.enum(['private', 'public', 'closed']).catch('private'),
  concerned: chosenPeople,
  team: chosenPeople,
});

const fromAssessment = z.object({ matterId: z.uuid().nullish() });

type Privacy = z.infer<typeof wishSchema>['privacy'];

const closedBy = (kept: Awaited<ReturnType<typeof keptOf>>, privacy: Privacy): 'playbook' | 'chosen' | null =>
  kept?.playbook.isClosed ? 'playbook' : privacy === 'closed' ? 'chosen' : null;

/** Redraws the declaration around a choice that asks for more, with everything that was entered. */
async function redraw(call: Call, { form }: Press): Promise<Reply | void> {
  const { workspaceId, language } = call.who;
  if (!form) return { text: words(language).refused.not_in_room };
  if (!form.callbackId.startsWith('crises.declare')) return;
  const { privacy, concerned, team, ...entered } = wishSchema.parse(form.values);
  const closed = closedBy(await keptOf(call.db, workspaceId, entered.playbook), privacy);
  const { matterId } = fromAssessment.parse(form.metadata ?? {});
  const chosen = { isPrivate: privacy !== 'public', closed, excludedIds: concerned, teamIds: team };
  const draft = { ...entered, ...chosen, matterId: matterId ?? null };
  await call.updateModal(form.viewId, declareForm(draft, await playbooksOf(call.db, workspaceId), language));
}

async function submitDeclaration(
  call: Call,
  values: Record<string, unknown>,
  { matterId = null }: z.infer<typeof fromAssessment>,
  viewId: string,
  despiteSimilar: boolean,
): Promise<FormAnswer> {
  const { language } = call.who;
  const { privacy, playbook: chosen, concerned: excludedIds, team: teamIds, ...entered } = wishSchema.parse(values);
  const kept = await keptOf(call.db, call.who.workspaceId, chosen);
  const wish = { ...entered, playbook: kept?.key ?? otherKey, playbookVersion: kept?.version ?? 0 };
  const closed = closedBy(kept, privacy);
  const isClosed = closed !== null;
  const isPrivate = privacy !== 'public' || isClosed;
  // A guest must never be taken for a colleague.
  await meetStrangers(call, call.who.workspaceId, teamIds);
  const decision = await declareCrisis(call, {
    ...wish,
    id: newId(),
    isPrivate,
    isClosed,
    excludedIds,
    teamIds,
    despiteSimilar,
    viewId,
    matterId,
  });
  if (decision.ok) return { update: openingForm(decision.value.title, language) };
  const { refusal } = decision;
  if (refusal.code === 'similar_open') {
    const by = await findPerson(call.db, call.who.workspaceId, refusal.declaredBy);
    const age = call.now().getTime() - refusal.declaredAt.getTime();
    return {
      update: similarForm(
        { ...refusal, by: by?.name ?? refusal.declaredBy, age },
        { ...wish, isPrivate, matterId, closed, excludedIds, teamIds },
        await playbooksOf(call.db, call.who.workspaceId),
        language,
      ),
    };
  }
  if (refusal.code === 'declarer_concerned' && 'concerned' in values)
    return { errors: { concerned: words(language).refused.declarer_concerned } };
  if (refusal.code === 'team_concerned' || refusal.code === 'team_outsider')
    return { errors: { team: words(language).refused[refusal.code] } };
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

async function openTeamForm(call: Call): Promise<Reply | void> {
  const { language, userId, workspaceId } = call.who;
  const w = words(language);
  const crisis = call.channelId ? await findCrisisOfChannel(call.db, workspaceId, call.channelId, userId) : undefined;
  if (!crisis) return { text: w.refused.not_in_room };
  const member = await findMember(call.db, crisis, userId, call.channelId);
  const no = mayAct(crisis, member);
  if (no) return { text: w.refused[no.code] };
  if (!member.isLead) return { text: w.team.only };
  await call.openModal(teamForm(crisis, call.channelId, language));
}

async function submitTeam(
  call: Call,
  values: Record<string, unknown>,
  data: { crisisId: string; channelId: string | null },
): Promise<FormAnswer> {
  const { language, workspaceId } = call.who;
  const w = words(language);
  const { concerned } = z.object({ concerned: chosenPeople }).parse(values);
  // The form was opened in that room, which proved who may act there.
  const decision = await leaveOut({ ...call, channelId: data.channelId }, data.crisisId, concerned);
  if (!decision.ok) return { update: refusedForm(w.refused[decision.refusal.code], language) };
  const { before, after, inRoomIds } = decision.value;
  if (before === after) return;
  const named = await namer(call.db, workspaceId, inRoomIds);
  const names = inRoomIds.map((id) => escapeMrkdwn(named(id))).join(', ');
  return { update: noticeForm(w.team.title, [w.team.saved, ...(names ? [w.team.inRoom(names)] : [])], language) };
}

export const crises: Feature = {
  name: 'crises',
  title: inBoth((l) => words(l).feature),
  entryKinds: kinds,
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
          ? await findCrisisOfChannel(call.db, call.who.workspaceId, call.channelId, call.who.userId)
          : undefined;
        if (!crisis) return { text: w.refused.not_in_room };
        const asked = readLevel(text);
        if (!asked || !asked.reason.trim()) return { text: w.level.usage };
        const decision = await changeCrisis(call, crisis.id, (found, by) =>
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
      name: 'team',
      aliases: ['équipe', 'equipe'],
      usage: inBoth(() => ''),
      summary: inBoth((l) => words(l).help.team),
      readsOnly: true,
      run: openTeamForm,
    },
    {
      name: 'lead',
      aliases: ['directeur', 'handover', 'passation'],
      usage: inBoth((l) => words(l).help.leadUsage),
      summary: inBoth((l) => words(l).help.lead),
      run: async (call, text) => {
        const w = words(call.who.language);
        const crisis = call.channelId
          ? await findCrisisOfChannel(call.db, call.who.workspaceId, call.channelId, call.who.userId)
          : undefined;
        if (!crisis) return { text: w.refused.not_in_room };
        const [, named, note = ''] = /^(?:<@([UW][A-Z0-9]+)>)?\s*([\s\S]*)$/.exec(text.trim()) ?? [];
        if (text.trim() && !named) return { text: w.lead.usage };
        const next = await findPerson(call.db, call.who.workspaceId, named ?? call.who.userId);
        if (!next) return { text: w.lead.usage };
        const to = { userId: next.id, isOutsider: isOutsider(next) };
        const decision = await handOver(call, crisis.id, to, note);
        return { text: decision.ok ? w.lead.changed(next.name) : w.refused[decision.refusal.code] };
      },
    },
  ],
  actions: [
    onPress('crises.open_declare', z.unknown(), (call) => openDeclareForm(call)),
    onPress('playbook', z.unknown(), (call, _none, press) => redraw(call, press)),
    onPress('privacy', z.unknown(), (call, _none, press) => redraw(call, press)),
  ],
  forms: [
    onSubmit('crises.declare', fromAssessment, (call, values, from, viewId) =>
      submitDeclaration(call, values, from, viewId, false),
    ),
    onSubmit('crises.declare_anyway', fromAssessment, (call, values, from, viewId) =>
      submitDeclaration(call, values, from, viewId, true),
    ),
    onSubmit('crises.team', z.object({ crisisId: z.uuid(), channelId: z.string().nullable() }), submitTeam),
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
