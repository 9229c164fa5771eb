/** What a slice has to say of itself in one line, in the brief for example: mrkdwn that calls nobody. */
export type Line = {
  label: string;
  text: string;
};
