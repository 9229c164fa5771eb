import type { Level } from './levels.ts';
import type { Language } from './locale.ts';

export type Crisis = {
  id: string;
  workspaceId: string;
  /** Null for one that was declared as a closed team. */
  number: number | null;
  title: string;
  /** Of a closed team: said in place of number and title. Null for one that an earlier version closed. */
  codeName: string | null;
  summary: string;
  level: Level;
  playbook: string;
  isPrivate: boolean;
  isClosed: boolean;
  excludedIds: string[];
  /** The victims, who are told first. */
  targetedIds: string[];
  lawyerId: string | null;
  language: Language;
  timeZone: string;
  status: 'open' | 'closed';
  declaredBy: string;
  declaredAt: Date;
  leadId: string;
  channelId: string | null;
  channelName: string | null;
  roomNumber: number;
  closedBy: string | null;
  closedAt: Date | null;
  closeNote: string | null;
  digestMinutes: number | null;
  digestNumber: number;
  nextDigestAt: Date | null;
  firstWordsLateAt: Date | null;
  /** After a restoration: numbers go on above this. */
  numbersFrom?: number;
  taskNumber: number;
  statementNumber: number;
  timelineSeq: number;
  timelineHash: string;
};
