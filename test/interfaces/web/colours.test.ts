import { expect } from 'chai';
import {
  bodyTextPairs,
  edgePairs,
  palette,
  smallTextPairs,
  toneStylesheet,
  type PaletteName,
} from '../../../src/interfaces/web/palette.ts';
import { contrast, toHex, toOklch } from '../../../src/interfaces/web/townContrast.ts';
import { checkTownColours, townColours } from '../../../src/interfaces/web/townColours.ts';
import { defaultTown } from '../../../src/interfaces/web/townIdentity.ts';

const modes = ['light', 'dark'] as const;

const weak = (pairs: readonly (readonly [PaletteName, PaletteName])[], minimum: number): string[] =>
  pairs.flatMap(([text, ground]) =>
    modes
      .filter((mode) => contrast(palette[text][mode], palette[ground][mode]) < minimum)
      .map((mode) => `${text} on ${ground} (${mode})`),
  );

describe('Contrast', () => {
  it('computes the ratios of WCAG', () => {
    expect(contrast('#000000', '#ffffff')).to.equal(21);
    expect(contrast('#ffffff', '#ffffff')).to.equal(1);
    expect(contrast('#767676', '#ffffff')).to.be.closeTo(4.54, 0.01);
    expect(contrast('#ffffff', '#767676')).to.equal(contrast('#767676', '#ffffff'));
  });

  it('goes to OKLCH and back', () => {
    for (const hex of ['#0d5845', '#932f4d', '#ffffff', '#000000', '#7f7f7f'] as const)
      expect(toHex(toOklch(hex))).to.equal(hex);
  });
});

describe('The palette', () => {
  it('gives text at least 7:1 by day and by night', () => {
    expect(weak(bodyTextPairs, 7)).to.deep.equal([]);
  });

  it('gives small words at least 4.5:1', () => {
    expect(weak(smallTextPairs, 4.5)).to.deep.equal([]);
  });

  it('gives borders and marks that carry meaning at least 3:1', () => {
    expect(weak(edgePairs, 3)).to.deep.equal([]);
  });

  it('reaches browsers that do not know light-dark()', () => {
    const css = toneStylesheet({ paper: palette.paper });
    expect(css).to.contain('--paper:light-dark(#f6f2ea,#111716)');
    expect(css).to.contain('@supports not (color:light-dark(#000,#fff)){:root{--paper:#f6f2ea}');
    expect(css).to.contain('@media (prefers-color-scheme:dark){:root{--paper:#111716}}');
  });
});

describe("A town's colours", () => {
  it('of the default town read everywhere', () => {
    expect(checkTownColours(defaultTown)).to.deep.equal([]);
  });

  it('are lightened by night until they read', () => {
    const { brand, 'on-brand': onBrand } = townColours(defaultTown);
    expect(contrast(brand.dark, palette.card.dark)).to.be.at.least(7);
    expect(contrast(brand.dark, onBrand.dark)).to.be.at.least(7);
  });

  it('are refused below AA, with the nearest colour that passes', () => {
    const yellow = { brandColour: '#f5c400', accentColour: '#932f4d' } as const;
    const [fault, ...others] = checkTownColours(yellow);
    expect(others).to.deep.equal([]);
    expect(fault).to.match(/^La couleur de la ville #f5c400 ne se lit pas assez bien/);
    const nearest = /La plus proche qui convient est (#[0-9a-f]{6})\./.exec(fault!)?.[1];
    expect(checkTownColours({ ...yellow, brandColour: nearest as `#${string}` })).to.deep.equal([]);
  });

  it('that read on paper but just not on their tint are refused too', () => {
    const passing = townColours({ brandColour: '#0d5845', accentColour: '#932f4d' });
    expect(contrast(passing.brand.light, passing['brand-ground'].light)).to.be.at.least(4.5);
  });

  it('both at fault are both named', () => {
    const faults = checkTownColours({ brandColour: '#ffee88', accentColour: '#ffaaaa' });
    expect(faults).to.have.length(2);
    expect(faults[1]).to.contain('La couleur d’accent');
  });

  it('must be written #rrggbb', () => {
    const [fault] = checkTownColours({
      brandColour: 'vert' as `#${string}`,
      accentColour: '#932f4d',
    });
    expect(fault).to.contain('s’écrit #rrggbb');
  });

  it('pass, whatever the hue, once replaced by the colour proposed', () => {
    const proposed = Array.from({ length: 24 }, (_, index) =>
      toHex({ lightness: 0.8, chroma: 0.15, hue: (index * Math.PI) / 12 }),
    ).map((brandColour) => {
      const [fault] = checkTownColours({ brandColour, accentColour: '#932f4d' });
      return /est (#[0-9a-f]{6})\./.exec(fault ?? '')?.[1] as `#${string}`;
    });
    const faults = proposed.flatMap((brandColour) =>
      checkTownColours({ brandColour, accentColour: '#932f4d' }),
    );
    expect(faults).to.deep.equal([]);
  });
});
