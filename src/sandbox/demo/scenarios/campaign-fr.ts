import type { Scenario } from '../scenario.ts';

export const campaignFr: Scenario = { id: 'campaign-fr', language: 'fr', title: 'x', intro: '', steps: [] };
