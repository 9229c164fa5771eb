import { createRoot } from 'react-dom/client';
import { Welcome } from './shell/Welcome.tsx';
import { Workspace } from './shell/Workspace.tsx';
import { placeFromAddress } from './state/acts.ts';
import { connect } from './state/live.ts';
import { set, useStore } from './state/store.ts';
import { startTheme } from './state/theme.ts';
import { wordsFor } from './text/words.ts';
import './styles/base.css';
import './styles/shell.css';
import './styles/message.css';
import './styles/controls.css';
import './styles/panels.css';

function Page() {
  const hello = useStore((s) => s.hello);
  if (!hello) return <p className="curtain">{wordsFor(navigator.language).connecting}</p>;
  return <Workspace />;
}

startTheme();
const as = new URLSearchParams(location.search).get('as');
const root = document.getElementById('root');
if (!root) throw new Error('The page has no root.');
if (as) {
  set(placeFromAddress());
  connect(as);
  createRoot(root).render(<Page />);
} else {
  createRoot(root).render(<Welcome />);
}
