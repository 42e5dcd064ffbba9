/**
 * Loaded into each measured process before its own code (`node --import`): tells its CPU time, memory and the delay
 * of its event loop when asked over the channel to its parent. It is in both servers, so it weighs on neither.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';

const delay = monitorEventLoopDelay({ resolution: 10 });
delay.enable();

// Nanoseconds; the histogram counts the timer's own 10 ms too.
const delayMs = (nanoseconds) => Math.max(0, nanoseconds / 1e6 - 10);

process.on('message', (message) => {
  if (message !== 'sample') return;
  const { user, system } = process.cpuUsage();
  const { rss, heapUsed } = process.memoryUsage();
  process.send({
    cpuMicros: user + system,
    rssBytes: rss,
    heapBytes: heapUsed,
    lagP99Ms: delayMs(delay.percentile(99)),
    lagMaxMs: delayMs(delay.max),
  });
  delay.reset();
});
// The channel alone must not keep a server from ending.
process.channel?.unref();
