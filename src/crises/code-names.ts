import { sha256 } from '../core/ids.ts';

/** Spelt the same in English and in French, so that everybody of a crisis says one name; none says anything of a crisis. */
const first =
  'agate alto bonsai cactus canyon cobalt cosmos delta fjord horizon indigo iris jade kayak kiwi lotus magenta magnolia melon mimosa moka nova oasis olive onyx orange origami panorama piano polka quartz radar safari samba solo tango tennis tuba turquoise ukulele violet zigzag'.split(
    ' ',
  );
const second =
  'alligator bengali bison bonobo caracal cardinal caribou castor chinchilla cobra colibri condor coyote crocodile dingo gazelle gecko gibbon ibis impala koala lama lion lynx merlin mustang ocelot okapi opossum panda pangolin pigeon puma serval tapir tarsier toucan wallaby wombat'.split(
    ' ',
  );
const all = first.length * second.length;

/** Two plain words, by chance and not by what it is about. `taken`: those of the workspace's other crises. */
export function codeNameFor(crisisId: string, taken: ReadonlySet<string>): string {
  const start = Number.parseInt(sha256(crisisId).slice(0, 12), 16);
  const nameAt = (i: number): string => `${first[Math.floor((i % all) / second.length)]}-${second[i % second.length]}`;
  for (let i = 0; i < all; i += 1) if (!taken.has(nameAt(start + i))) return nameAt(start + i);
  return `${nameAt(start)}-${taken.size}`;
}
