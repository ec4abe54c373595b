/** Every named time zone this runtime knows, for the lists people choose from. */
export const timeZones: readonly string[] = ['UTC', ...Intl.supportedValuesOf('timeZone')];
