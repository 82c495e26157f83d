import { StandIn } from '../../stand-in/stand-in.js';
import { answering } from '../measuring/side.js';

/** The server, in a process of its own. */
const standIn = await StandIn.start();

answering({ url: (): string => standIn.url });
