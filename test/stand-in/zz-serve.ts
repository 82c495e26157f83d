import { StandIn } from './stand-in.js';
import { spawn } from 'node:child_process';
const s = await StandIn.start();
console.log(s.url);
const child = spawn(process.execPath, ['test/kurrentdb/observed/ask.mjs', s.url, '--against', 'test/kurrentdb/observed/answers-24.6.0.json'], { stdio: 'inherit' });
child.on('exit', () => s.stop());
