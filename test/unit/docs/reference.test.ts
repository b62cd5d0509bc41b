/** The reference pages say what the sources say, and every code that is said is in the catalogue. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { pages, referenceFolder } from '../../../docs/generate.ts';
import { commands } from '../../../src/cli/commands.ts';
import { errorCatalogue, findingCatalogue } from '../../../src/model/catalogue.ts';

const src = join(import.meta.dirname, '..', '..', '..', 'src');
const docs = join(referenceFolder, '..');

const sources = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts') && !path.startsWith('model/catalogue'))
  .map((path) => ({ path, text: readFileSync(join(src, path), 'utf8') }));

describe('reference pages', () => {
  for (const [name, page] of Object.entries(pages)) {
    it(`${name} is what its source says; else: npm run docs`, () => {
      expect(readFileSync(join(referenceFolder, name), 'utf8')).to.equal(page());
    });
  }

  it('are only those that are made', () => {
    expect(readdirSync(referenceFolder).sort()).to.deep.equal(Object.keys(pages).sort());
  });

  it('link only to headings and files that are there', () => {
    const broken = readdirSync(docs, { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.md'))
      .flatMap(brokenLinks);
    expect(broken).to.deep.equal([]);
  });

  it('commands.md shows every option of every command', () => {
    const untold = commands.flatMap(({ name, usage, options }) =>
      Object.keys(options)
        .filter((option) => !usage.includes(`--${option}`))
        .map((option) => `${name} --${option}`),
    );
    expect(untold).to.deep.equal([]);
  });
});

describe('codes', () => {
  const known = new Set<string>([...Object.keys(findingCatalogue), ...Object.keys(errorCatalogue)]);

  it('of the catalogue are all used somewhere', () => {
    const unused = [...known].filter(
      (code) => !sources.some(({ text }) => text.includes(`'${code}'`)),
    );
    expect(unused).to.deep.equal([]);
  });

  it('in the source are all in the catalogue', () => {
    const said = /(?:\bcode: |\bHubError\(\s*|\bfinding\(\s*)'([a-z][a-z-]*)'/g;
    const strange = sources.flatMap(({ path, text }) =>
      [...text.matchAll(said)]
        .map(([, code = '']) => code)
        .filter((code) => !known.has(code) && !code.startsWith('map-'))
        .map((code) => `${path}: ${code}`),
    );
    expect(strange).to.deep.equal([]);
  });

  it('of faulty mapping files are all told in docs/mappings.md', () => {
    const type = readFileSync(join(src, 'mappings', 'fault.ts'), 'utf8');
    const page = readFileSync(join(docs, 'mappings.md'), 'utf8');
    const codes = [...type.matchAll(/\| '(map-[a-z-]+)'/g)].map(([, code = '']) => code);
    expect(codes).to.not.be.empty;
    expect(codes.filter((code) => !page.includes(`\`${code}\``))).to.deep.equal([]);
  });

  it('are told in whole sentences', () => {
    const all = Object.entries({ ...findingCatalogue, ...errorCatalogue });
    const short = all.filter(([, { meaning }]) => !/^[A-Z].*[.]$/.test(meaning));
    expect(short).to.deep.equal([]);
  });
});

function brokenLinks(path: string): readonly string[] {
  const text = readFileSync(join(docs, path), 'utf8');
  return [...text.matchAll(/\]\(([^)\s:]+)\)/g)]
    .map(([, link = '']) => link)
    .filter((link) => !isThere(path, link))
    .map((link) => `${path}: ${link}`);
}

function isThere(from: string, link: string): boolean {
  const [file = '', heading] = link.split('#');
  const target = file === '' ? join(docs, from) : join(docs, from, '..', file);
  try {
    if (heading === undefined) return existsSync(target);
    return headings(readFileSync(target, 'utf8')).includes(heading);
  } catch {
    return false;
  }
}

const headings = (text: string): readonly string[] =>
  [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\w\- ]/g, '')
      .replaceAll(' ', '-'),
  );
