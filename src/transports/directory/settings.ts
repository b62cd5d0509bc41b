import Type, { type Static } from 'typebox';

const path = (title: string, description: string, example: string) =>
  Type.String({ title, description, examples: [example], minLength: 1 });

export const directoryInSettings = Type.Object(
  {
    path: path(
      'Folder to watch',
      'Every complete file in it is taken. Hidden files, names ending in .tmp, .part, .filepart, ' +
        '.writing or ~, folders and links are left alone. A relative path is below the ' +
        'installation and is made when missing; an absolute one must be there.',
      'data/acme/in',
    ),
    done: Type.Optional(
      path('Folder for taken files', 'By default `done` in the watched folder.', 'data/acme/done'),
    ),
    error: Type.Optional(
      path(
        'Folder for refused files',
        'A file that can never be taken goes here, with a .txt beside it that says why. By ' +
          'default `error` in the watched folder.',
        'data/acme/error',
      ),
    ),
    pattern: Type.Optional(
      Type.String({
        title: 'Names to take',
        description: 'With * and ? as in a shell. By default every name.',
        examples: ['*.edi'],
        minLength: 1,
      }),
    ),
    pollSeconds: Type.Optional(
      Type.Number({
        title: 'Seconds between looks',
        description: 'Changes are seen at once where the system tells of them; this is the rest.',
        examples: [1],
        default: 1,
        minimum: 0.1,
        maximum: 3600,
      }),
    ),
    settleSeconds: Type.Optional(
      Type.Number({
        title: 'Seconds a file must rest',
        description:
          'A file is complete when its size and time have not changed between two looks so far ' +
          'apart, or when it was seen to be renamed from a temporary name.',
        examples: [2],
        default: 2,
        minimum: 0,
        maximum: 3600,
      }),
    ),
  },
  { additionalProperties: false },
);
export type DirectoryInSettings = Static<typeof directoryInSettings>;

export const directoryOutSettings = Type.Object(
  {
    path: path(
      'Folder to drop into',
      'A file appears whole: it is written under a hidden name, synced and renamed. A relative ' +
        'path is below the installation and is made when missing; an absolute one must be there.',
      'data/acme/out',
    ),
    extension: Type.Optional(
      Type.String({
        title: 'File name extension',
        description: "Instead of the format's own.",
        examples: ['.edi'],
        pattern: '^\\.[A-Za-z0-9]{1,12}$',
      }),
    ),
  },
  { additionalProperties: false },
);
export type DirectoryOutSettings = Static<typeof directoryOutSettings>;
