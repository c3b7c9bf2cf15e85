using Signaling.Bench.Report;
using Signaling.Bench.Servers;

namespace Signaling.Bench.Scenarios;

/// <summary>Something that every server has to do.</summary>
internal interface IScenario
{
    /// <summary>As on the command line.</summary>
    string Name { get; }

    /// <summary>In a few words, for the table.</summary>
    string Title { get; }

    /// <summary>Whether it takes a process that has done nothing yet, and one round of it is enough.</summary>
    bool NeedsFreshServer { get; }

    /// <summary>What a server needs to take part.</summary>
    Abilities Needs { get; }

    SortedDictionary<string, double> Measure(ServerProcess server, Pace pace, CancellationToken stop);
}
