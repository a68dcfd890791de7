import type { ComponentChildren, JSX } from 'preact';
import { renderToString } from 'preact-render-to-string';
import type { PageContext } from '../components/pageContext.ts';
import { Footer } from './footer.tsx';
import { Header } from './header.tsx';
import { documentTitle, type PageFrame } from './pageFrame.ts';

interface PageProps {
  readonly frame: PageFrame;
  readonly children: ComponentChildren;
}

/** The shell of every page. Nothing inline: everything comes from /assets, under a strict CSP. */
export function Page({ frame, children }: PageProps) {
  const { assets, side } = frame;
  return (
    <html lang="fr">
      <head>
        <meta charset="utf-8" />
        <title>{documentTitle(frame)}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <link
          rel="preload"
          href={assets.font}
          as="font"
          type="font/woff2"
          crossorigin="anonymous"
        />
        <link rel="stylesheet" href={assets.styles} />
        <link rel="stylesheet" href={assets.town} />
        <link rel="icon" href={assets.logo} />
        <script type="module" src={assets.script} />
      </head>
      <body class={`side-${side}`}>
        <a class="skip" href="#contenu">
          Aller au contenu
        </a>
        <Header frame={frame} />
        <main class="main" id="contenu" tabindex={-1}>
          {children}
        </main>
        <Footer frame={frame} />
      </body>
    </html>
  );
}

/** The whole document, doctype included. Text is escaped by the renderer. */
export const renderPage = (frame: PageFrame, content: JSX.Element): string =>
  '<!doctype html>' +
  renderToString(<Page frame={frame}>{content}</Page>, {
    sprite: frame.assets.sprite,
    drawn: new Map(),
  } satisfies PageContext);
