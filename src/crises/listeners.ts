import { newId } from '../core/ids.ts';
import { atOnce, once } from '../core/jobs.ts';
import { type Level, levels } from '../core/levels.ts';
import { inBoth } from '../core/locale.ts';
import { isOutsider } from '../people/rules.ts';
import { findPerson, namer, rosterOf } from '../people/store.ts';
import { meetStrangers } from '../people/who.ts';
import { otherKey } from '../playbooks/rules.ts';
import { keptOf, playbooksOf } from '../playbooks/store.ts';
import type { Call, Feature, Press, Reply, SourceMessage } from '../slack/feature.ts';
import { clip, limits } from '../slack/limits.ts';
import { escapeMrkdwn, messageUrl } from '../slack/mrkdwn.ts';
import { folded } from '../slack/subcommands.ts';
import { workspaceOf } from '../workspaces/store.ts';
import { changeCrisis, declareCrisis, handOver, leaveOut } from './change.ts';
import { kinds } from './entry-kinds.ts';
import { crisisHere, openCrises, toAct } from './here.ts';
import { watchPeople } from './lead/change.ts';
import { jobs as leadJobs } from './lead/jobs.ts';
import { takeTheLead } from './lead/views.ts';
import { jobs as levelJobs } from './level/jobs.ts';
import { sayNo } from './own-refusals.ts';
import { sayCommonNo } from './refusals.ts';
import { changeLevel, lawyerIn } from './rules.ts';
import { findCrisisOf } from './store.ts';
import { levelName, words } from './text.ts';
import {
  crisisList,
  type Declared,
  declareForm,
  declaring,
  declaringAnyway,
  fromAssessment,
  leavingOut,
  noticeForm,
  openDeclare,
  openingForm,
  type Privacy,
  playbookChoice,
  privacyChoice,
  refusedForm,
  similarForm,
  teamForm,
} from './views.ts';

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

const closedBy = (kept: Awaited<ReturnType<typeof keptOf>>, privacy: Privacy): 'playbook' | 'chosen' | null =>
  kept?.playbook.isClosed ? 'playbook' : privacy === 'closed' ? 'chosen' : null;

/** What was entered, as the form shows it again, and the kind of crisis that was chosen. */
async function draftOf(call: Call, entered: Declared, matterId: string | null | undefined) {
  const { targeted: targetedIds, concerned: excludedIds, lawyer: lawyerId, team: teamIds, title, summary } = entered;
  const privacy = entered.privacy ?? 'private';
  const kept = entered.playbook ? await keptOf(call.db, call.who.workspaceId, entered.playbook) : undefined;
  const closed = closedBy(kept, privacy);
  const team = { isClosed: closed !== null, targetedIds, excludedIds, lawyerId: null };
  const draft = {
    title,
    summary,
    level: entered.level ?? ('crisis' as const),
    playbook: kept?.key ?? otherKey,
    isPrivate: privacy !== 'public',
    closed,
    targetedIds,
    excludedIds,
    asksLawyer: closed !== null && !lawyerIn(team, await rosterOf(call.db, call.who.workspaceId)),
    lawyerId,
    teamIds,
    matterId: matterId ?? null,
  };
  return { kept, draft };
}

/** Redraws the declaration around a choice that asks for more, with everything that was entered. */
async function redraw(call: Call, { form }: Press): Promise<Reply | void> {
  const { workspaceId, language } = call.who;
  if (!form) return { text: sayCommonNo({ code: 'not_in_room' }, language) };
  if (form.callbackId !== declaring.id && form.callbackId !== declaringAnyway.id) return;
  const { matterId } = fromAssessment.parse(form.metadata ?? {});
  const { draft } = await draftOf(call, declaring.read(form.values), matterId);
  await call.updateModal(form.viewId, declareForm(draft, await playbooksOf(call.db, workspaceId), language));
}

async function submitDeclaration(
  call: Call,
  entered: Declared,
  matterId: string | null | undefined,
  viewId: string,
  despiteSimilar: boolean,
) {
  const { language, workspaceId } = call.who;
  const { kept, draft } = await draftOf(call, entered, matterId);
  const isClosed = draft.closed !== null;
  // A guest must never be taken for a colleague.
  await meetStrangers(call, workspaceId, [...draft.teamIds, ...(draft.lawyerId ? [draft.lawyerId] : [])]);
  const decision = await declareCrisis(call, {
    ...draft,
    id: newId(),
    playbookVersion: kept?.version ?? 0,
    isPrivate: draft.isPrivate || isClosed,
    isClosed,
    despiteSimilar,
    viewId,
  });
  if (decision.ok) return { update: openingForm(decision.value.title, language) };
  const { refusal } = decision;
  const no = sayNo(refusal, language);
  if (refusal.code === 'similar_open') {
    const [by, playbooks] = await Promise.all([
      findPerson(call.db, workspaceId, refusal.declaredBy),
      playbooksOf(call.db, workspaceId),
    ]);
    const age = call.now().getTime() - refusal.declaredAt.getTime();
    const found = { ...refusal, by: by?.name ?? refusal.declaredBy, age };
    return { update: similarForm(found, draft, playbooks, language) };
  }
  if (refusal.code === 'title_missing') return declaring.error('title', no);
  if (refusal.code === 'lawyer_missing')
    return { update: declareForm(draft, await playbooksOf(call.db, workspaceId), language) };
  if (refusal.code === 'lawyer_unfit') return declaring.error('lawyer', no);
  if (refusal.code === 'targeted_left_out') return declaring.error('targeted', no);
  if (refusal.code === 'declarer_concerned') return declaring.error('concerned', no);
  if (refusal.code === 'team_concerned' || refusal.code === 'team_outsider') return declaring.error('team', no);
  return { update: refusedForm(no, language) };
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
  const { language } = call.who;
  const found = await toAct(call, crisisHere(call));
  if ('reply' in found) return found.reply;
  if (!found.member.isLead) return { text: words(language).team.only };
  await call.openModal(teamForm(found.crisis, call.channelId, language));
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
        return crisisList(await openCrises(call, 1_000), Number(text) || 1, call.who.language, call.now());
      },
    },
    {
      name: 'level',
      aliases: ['niveau'],
      usage: inBoth((l) => words(l).help.levelUsage),
      summary: inBoth((l) => words(l).help.level),
      run: async (call, text) => {
        const { language } = call.who;
        const w = words(language);
        const here = await crisisHere(call);
        if ('reply' in here) return here.reply;
        const asked = readLevel(text);
        if (!asked || !asked.reason.trim()) return { text: w.level.usage };
        const decision = await changeCrisis(call, here.crisis.id, (found, by) =>
          changeLevel(found, asked.level, asked.reason, by, call.now()),
        );
        return {
          text: decision.ok ? w.level.changed(levelName(asked.level, language)) : sayNo(decision.refusal, language),
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
      aliases: ['pilote', 'directeur', 'handover', 'passation'],
      usage: inBoth((l) => words(l).help.leadUsage),
      summary: inBoth((l) => words(l).help.lead),
      run: async (call, text) => {
        const { language } = call.who;
        const w = words(language);
        const here = await crisisHere(call);
        if ('reply' in here) return here.reply;
        const [, named, note = ''] = /^(?:<@([UW][A-Z0-9]+)>)?\s*([\s\S]*)$/.exec(text.trim()) ?? [];
        if (text.trim() && !named) return { text: w.lead.usage };
        const next = await findPerson(call.db, call.who.workspaceId, named ?? call.who.userId);
        if (!next) return { text: w.lead.usage };
        const to = { userId: next.id, isOutsider: isOutsider(next) };
        const decision = await handOver(call, here.crisis.id, to, note);
        return { text: decision.ok ? w.lead.changed(next.name) : sayNo(decision.refusal, language) };
      },
    },
  ],
  follows: {
    room_ready: (crisisId) => [once('crises.watch_people', crisisId)],
    crisis_reopened: (crisisId) => [atOnce('crises.watch_people', { crisisId })],
    lead_changed: (crisisId) => [atOnce('crises.lead_changed', { crisisId })],
  },
  start: (deps, workspaceId) => watchPeople(deps, workspaceId),
  jobs: [...leadJobs, ...levelJobs],
  actions: [
    openDeclare.on((call) => openDeclareForm(call)),
    playbookChoice.on(redraw),
    privacyChoice.on(redraw),
    takeTheLead.on(async (call, { crisisId, leadId }) => {
      const { userId, name, isOutsider: isOut, language } = call.who;
      const decision = await handOver(call, crisisId, { userId, isOutsider: isOut }, '', leadId);
      return { text: decision.ok ? words(language).lead.changed(name) : sayNo(decision.refusal, language) };
    }),
  ],
  forms: [
    declaring.on((call, entered, { matterId }, viewId) => submitDeclaration(call, entered, matterId, viewId, false)),
    declaringAnyway.on((call, entered, { matterId }, viewId) =>
      submitDeclaration(call, entered, matterId, viewId, true),
    ),
    leavingOut.on(async (call, { concerned, lawyer }, { crisisId, channelId }) => {
      const { language, workspaceId } = call.who;
      const w = words(language).team;
      // The form was opened in that room, which proved who may act there.
      if (lawyer) await meetStrangers(call, workspaceId, [lawyer]);
      const wish = { excludedIds: concerned, lawyerId: lawyer };
      const decision = await leaveOut({ ...call, channelId }, crisisId, wish);
      const crisis = decision.ok ? undefined : await findCrisisOf(call.db, workspaceId, crisisId);
      if (!decision.ok && crisis && decision.refusal.code === 'lawyer_missing')
        return { update: teamForm({ ...crisis, excludedIds: concerned }, channelId, language, true) };
      if (!decision.ok && decision.refusal.code === 'lawyer_unfit')
        return leavingOut.error('lawyer', sayNo(decision.refusal, language));
      if (!decision.ok) return { update: refusedForm(sayNo(decision.refusal, language), language) };
      const { before, after, inRoomIds } = decision.value;
      if (before === after) return;
      const named = await namer(call.db, workspaceId, inRoomIds);
      const names = inRoomIds.map((id) => escapeMrkdwn(named(id))).join(', ');
      return { update: noticeForm(w.title, [w.saved, ...(names ? [w.inRoom(names)] : [])], language) };
    }),
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
