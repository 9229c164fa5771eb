import type { Scenario } from '../scenario.ts';
import { campaignFr } from './campaign-fr.ts';
import { productEn } from './product-en.ts';
import { teamOfFiveFr } from './team-of-five-fr.ts';

/** Every story that the demo and the page's guide can tell. */
export const scenarios: readonly Scenario[] = [productEn, campaignFr, teamOfFiveFr];
