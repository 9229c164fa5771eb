import { idOf } from '../../src/core/ids.ts';
import type { Reader } from '../../src/core/reader.ts';
import type { Crisis } from '../../src/crises/rules.ts';
import { departmentName } from '../../src/people/text.ts';

/** An open crisis with a room, declared and led by `ULEAD` at `now`. */
export const aCrisis = (now: Date, but: Partial<Crisis> = {}): Crisis => ({
  id: idOf('crisis'),
  workspaceId: 'T1',
  number: 1,
  title: 'Soup recall',
  codeName: null,
  summary: '',
  level: 'crisis',
  playbook: 'product',
  isPrivate: true,
  isClosed: false,
  excludedIds: [],
  targetedIds: [],
  lawyerId: null,
  language: 'en',
  timeZone: 'Europe/Paris',
  status: 'open',
  declaredBy: 'ULEAD',
  declaredAt: now,
  leadId: 'ULEAD',
  channelId: 'C1',
  channelName: 'crisis-1',
  roomNumber: 1,
  closedBy: null,
  closedAt: null,
  closeNote: null,
  digestMinutes: null,
  digestNumber: 0,
  nextDigestAt: null,
  firstWordsLateAt: null,
  taskNumber: 0,
  statementNumber: 0,
  timelineSeq: 0,
  timelineHash: '',
  ...but,
});

/** Somebody in Paris, to whom everybody is named by their id. */
export const aReader = (now: Date, but: Partial<Reader> = {}): Reader => {
  const { language = 'en' } = but;
  const department = (key: string) => departmentName(key, null, language);
  return { language, timeZone: 'Europe/Paris', now, named: (userId) => userId, department, ...but };
};
