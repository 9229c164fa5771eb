import { assessment } from './assessment/listeners.ts';
import { closing } from './closing/listeners.ts';
import { crises } from './crises/listeners.ts';
import { digests } from './digests/listeners.ts';
import { facts } from './facts/listeners.ts';
import { firstHour } from './first-hour/listeners.ts';
import { createHome } from './home/listeners.ts';
import { log } from './log/listeners.ts';
import { people } from './people/listeners.ts';
import { playbooks } from './playbooks/listeners.ts';
import { preparedness } from './preparedness/listeners.ts';
import { responders } from './responders/listeners.ts';
import { settings } from './settings/listeners.ts';
import type { Feature } from './slack/feature.ts';
import { stakeholders } from './stakeholders/listeners.ts';
import { statements } from './statements/listeners.ts';
import { tasks } from './tasks/listeners.ts';
import { waiting } from './waiting/listeners.ts';
import { warRoom } from './war-room/listeners.ts';
import { workspaces } from './workspaces/listeners.ts';

/** Home shows what every slice registers, itself included; `panel` is what `/crisis` alone does. */
const { feature: home, panel } = createHome(() => features);

export { panel };

/**
 * Every slice, in the order in which help and hints list it: lower ones first, what peacetime needs at the end. What is not
 * here does not exist for Slack.
 */
export const features: readonly Feature[] = [
  workspaces,
  people,
  crises,
  log,
  responders,
  tasks,
  statements,
  facts,
  assessment,
  stakeholders,
  firstHour,
  digests,
  closing,
  waiting,
  warRoom,
  playbooks,
  settings,
  preparedness,
  home,
];
