import { startStub } from './stub-slack.ts';

/** The stub in a process of its own. */
const { port } = await startStub();
process.send?.({ port });
