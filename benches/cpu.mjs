/** Runs it five times (the first few let the machine compile it well) and prints a line as race.rs does. */
export function race(name, run, workload, requests) {
  let least = Infinity, outcome;
  for (let turn = 0; turn < 5; turn++) {
    const before = process.cpuUsage();
    outcome = run(workload, requests);
    const { user, system } = process.cpuUsage(before); // of the whole process, its compiler's threads too
    least = Math.min(least, ((user + system) * 1e3) / requests);
  }
  console.log(name, least.toFixed(1), ...outcome);
}
