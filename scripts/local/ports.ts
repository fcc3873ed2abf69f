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

/** The port that `PORT` asks for. Throws an Error that says what to do where it cannot be had. */
export async function portOf(asked: string | undefined, usual: number): Promise<number> {
	const port = Number(asked || usual);
	if (!Number.isInteger(port) || port < 1 || port > 65_535)
		throw new Error(`PORT is ${asked}; give a number from 1 to 65535.`);
	if ((await freePort(port)) !== port)
		throw new Error(`Port ${port} is taken. End what listens there, or give another: PORT=8788`);
	return port;
}
