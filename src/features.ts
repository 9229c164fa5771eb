import { crises } from './crises/listeners.ts';
import { people } from './people/listeners.ts';
import type { Feature } from './slack/feature.ts';
import { warRoom } from './war-room/listeners.ts';

/** Every slice, lower ones first. What is not here does not exist for Slack. */
export const features: readonly Feature[] = [people, crises, warRoom];
