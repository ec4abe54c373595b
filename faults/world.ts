/** Where scenarios are played: an empty database with its indexes, connected to; and what their choices hang on. */
export type World = { uri: string; random: () => number };
