import type { Feature } from '../slack/feature.ts';
import { jobs } from './jobs.ts';

export const warRoom: Feature = { name: 'war-room', jobs };
