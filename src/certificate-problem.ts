const problems = new Map([
  ['CERT_HAS_EXPIRED', 'it has expired'],
  ['CERT_NOT_YET_VALID', 'it is not valid yet'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'it was issued for another name'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'it is self-made'],
  ['SELF_SIGNED_CERT_IN_CHAIN', 'its authority is not a known one'],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'its authority is not a known one'],
  ['UNABLE_TO_GET_ISSUER_CERT', 'its authority is not a known one'],
  ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'its authority is not a known one'],
]);

/** What is the matter with a server's certificate, by the code of Node's error; undefined for any other error. */
export const certificateProblem = (code: string): string | undefined => problems.get(code);
