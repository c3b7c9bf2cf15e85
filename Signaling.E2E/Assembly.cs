using Signaling.E2E.Browsers;
using Xunit.Sdk;
using Xunit.v3;

// Two browsers at a time are enough work for one machine.
[assembly: Parallelization(Mode = ParallelMode.None)]
[assembly: AssemblyFixture(typeof(BrowserProcesses))]
