import { createServer } from "node:net";

/** A TCP port that nobody listens on: the wanted one where it is free, else any. */
export async function freePort(wanted = 0): Promise<number> {
	return new Promise((resolve, reject) => {
		const server = createServer();
		server.once("error", (fault: NodeJS.ErrnoException) =>
			fault.code === "EADDRINUSE" && wanted !== 0 ? resolve(freePort()) : reject(fault),
		);
		server.listen(wanted, "127.0.0.1", () => {
			const address = server.address();
			server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
		});
	});
}
