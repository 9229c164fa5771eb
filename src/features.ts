import { closing } from './closing/listeners.ts';
import { crises } from './crises/listeners.ts';
import { digests } from './digests/listeners.ts';
import { createHome } from './home/listeners.ts';
import { log } from './log/listeners.ts';
import { people } from './people/listeners.ts';
import { responders } from './responders/listeners.ts';
import { settings } from './settings/listeners.ts';
import type { Feature } from './slack/feature.ts';
import { statements } from './statements/listeners.ts';
import { tasks } from './tasks/listeners.ts';
import { warRoom } from './war-room/listeners.ts';
import { workspaces } from './workspaces/listeners.ts';

/** Home shows what every slice registers, itself included; `panel` is what `/crisis` alone does. */
const { feature: home, panel } = createHome(() => features);

export { panel };

/** Every slice, lower ones first. What is not here does not exist for Slack. */
export const features: readonly Feature[] = [
  workspaces,
  people,
  crises,
  log,
  responders,
  tasks,
  statements,
  digests,
  closing,
  warRoom,
  settings,
  home,
];
