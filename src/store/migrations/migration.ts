/** A step of the schema: forward only, never changed once released. */
export interface Migration {
  readonly number: number;
  readonly name: string;
  readonly statements: (words: Words) => readonly string[];
}

/** Where the databases' dialects differ. */
export interface Words {
  /** Type of a column of bytes. */
  readonly bytes: string;
  /** A growing row number that is the table's key. */
  readonly seq: string;
  /** After a table whose primary key is how it is read: kept in that order, where the database can. */
  readonly plain: string;
  /** Keeps `tally` right for a table with a `state`. */
  readonly tally: (table: string) => readonly string[];
}
