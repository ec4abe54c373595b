const MB = 1024 * 1024;

/** `12 KB`, `3.4 MB` */
export const fileSizeInWords = (bytes: number): string =>
  bytes < MB
    ? `${Math.max(1, Math.round(bytes / 1024)).toLocaleString('en-GB')} KB`
    : `${(bytes / MB).toLocaleString('en-GB', { maximumFractionDigits: 1 })} MB`;
