import { ShieldCheckIcon } from '@primer/octicons-react';
import { useEffect, useState } from 'react';
import type { Who } from '../../page/wire.ts';
import { wordsFor } from '../text/words.ts';

/** The first page: who do you want to be? It speaks the browser's language, as nobody has been picked yet. */
export function Welcome() {
  const words = wordsFor(navigator.language);
  const [who, setWho] = useState<Who | null>(null);
  useEffect(() => {
    document.documentElement.lang = words.language;
    void fetch('/who.json')
      .then((answer) => answer.json())
      .then((found: Who) => setWho(found));
  }, [words.language]);
  if (!who) return <p className="curtain">{words.connecting}</p>;
  return (
    <main className="welcome">
      <span className="welcome-sign" style={{ background: who.app.color }}>
        <ShieldCheckIcon size={32} />
      </span>
      <h1>{words.pickTitle}</h1>
      <p>{words.pickIntro(who.app.name, who.team)}</p>
      <ul className="welcome-people">
        {who.people.map((one) => (
          <li key={one.id}>
            <a href={`/?as=${one.id}`}>
              <strong>{one.real_name}</strong>
              <span>{one.title}</span>
              <span className="quiet">
                {new Intl.DisplayNames(words.language, { type: 'language' }).of(one.locale)}
              </span>
            </a>
          </li>
        ))}
      </ul>
      <p className="quiet">{words.pickLocal}</p>
    </main>
  );
}
