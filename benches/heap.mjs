// The same worlds in JavaScript by hand: a binary heap of events in typed arrays. `node heap.mjs A|B REQUESTS`
import { race } from "./cpu.mjs";

const SERVERS = 15;
const ARRIVAL = 0, FINISH = 1;

/** xoshiro128**: 32 random bits at a time without BigInt, which a 64-bit generator would need. */
const state = new Int32Array(4); // in variables it would be on the heap, number by number
function bits() {
  const a = state[0], b = state[1], c = state[2] ^ a, d = state[3] ^ b;
  const x = Math.imul(b, 5);
  state[0] = a ^ d;
  state[1] = b ^ c;
  state[2] = c ^ (b << 9);
  state[3] = (d << 11) | (d >>> 21);
  return Math.imul((x << 7) | (x >>> 25), 9) >>> 0;
}

// The ziggurat of Marsaglia and Tsang with 256 layers: edges, heights.
const R = 7.69711747013104972, AREA = 0.0039496598225815571993;
const edge = new Float64Array(257), height = new Float64Array(257);
edge[0] = AREA / Math.exp(-R);
edge[1] = R;
for (let i = 2; i < 256; i++) edge[i] = -Math.log(AREA / edge[i - 1] + Math.exp(-edge[i - 1]));
for (let i = 0; i <= 256; i++) height[i] = Math.exp(-edge[i]);

/** An exponential time in whole microseconds. */
function draw(mean) {
  for (let beyond = 0; ; ) {
    const layer = bits() & 255;
    const x = (bits() + 0.5) * 2 ** -32 * edge[layer];
    if (x < edge[layer + 1]) return Math.floor((beyond + x) * mean + 0.5);
    if (layer === 0) beyond += R; // the tail is the whole again
    else if (height[layer] + (bits() * 2 ** -32) * (height[layer + 1] - height[layer]) < Math.exp(-x)) return Math.floor((beyond + x) * mean + 0.5);
  }
}

/** The events that are to come, soonest first; the first is at 1. */
class Heap {
  times = new Float64Array(SERVERS + 2);
  ids = new Int32Array(SERVERS + 2);
  size = 0;
  push(time, id) {
    const { times, ids } = this;
    let i = ++this.size;
    for (; i > 1 && times[i >> 1] > time; i >>= 1) {
      times[i] = times[i >> 1];
      ids[i] = ids[i >> 1];
    }
    times[i] = time;
    ids[i] = id;
  }
  /** Puts another in the place of the first. */
  replace(time, id) {
    const { times, ids, size } = this;
    let i = 1;
    for (let child = 2; child <= size; child = 2 * i) {
      if (child < size && times[child + 1] < times[child]) child++;
      if (times[child] >= time) break;
      times[i] = times[child];
      ids[i] = ids[child];
      i = child;
    }
    times[i] = time;
    ids[i] = id;
  }
  pop() {
    const last = this.size--;
    this.replace(this.times[last], this.ids[last]);
  }
}

/** Gives [served, timed out, microseconds waited]. */
function run(workload, requests) {
  const pause = 1e6 / (workload === "A" ? 270 : 330), work = 50e3, patience = workload === "A" ? Infinity : 2e6;
  state.set([1, 0x9e3779b9, 0x243f6a88, 0xb7e15162]);
  const heap = new Heap();
  const waits = new Uint32Array(requests);
  let came = new Float64Array(1024), first = 0, last = 0; // the line: a ring
  let left = requests, gone = 0, served = 0, waited = 0, busy = 0;

  heap.push(draw(pause), ARRIVAL);
  while (heap.size > 0) {
    const now = heap.times[1];
    if (heap.ids[1] === ARRIVAL) {
      if (--left > 0) heap.replace(now + draw(pause), ARRIVAL);
      else heap.pop();
      if (busy < SERVERS) {
        busy++;
        served++;
        waits[gone++] = 0;
        heap.push(now + draw(work), FINISH);
        continue;
      }
      if (last - first === came.length) {
        const longer = new Float64Array(2 * came.length);
        for (let i = first; i < last; i++) longer[i & (longer.length - 1)] = came[i & (came.length - 1)];
        came = longer;
      }
      came[last++ & (came.length - 1)] = now;
      continue;
    }
    // Those whose patience has ended meanwhile left then; that they did is found out here.
    while (first < last && now - came[first & (came.length - 1)] >= patience) {
      first++;
      waits[gone++] = patience;
      waited += patience;
    }
    if (first < last) {
      const wait = now - came[first++ & (came.length - 1)];
      served++;
      waits[gone++] = wait;
      waited += wait;
      heap.replace(now + draw(work), FINISH);
    } else {
      busy--;
      heap.pop();
    }
  }
  return [served, requests - served, waited];
}

const [workload, requests] = process.argv.slice(2);
race("js-heap", run, workload, Number(requests));
