/** Credentials that the providers know. */
export const PROVIDER_KEYS = {
	resend: "re_a_key_of_the_tests",
	postmark: "a-server-token-of-the-tests",
	sesId: "AKIAOFTHETESTS",
	ses: "a/secret+access-key-of-the-tests",
};
