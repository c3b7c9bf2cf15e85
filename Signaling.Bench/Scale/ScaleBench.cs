using System.Diagnostics;
using System.Globalization;
using Signaling.Bench.Load;
using Signaling.Bench.Report;
using Signaling.Bench.Scenarios;
using Signaling.Bench.Servers;

namespace Signaling.Bench.Scale;

/// <summary>One run of <c>--scale</c>: relays that act as one, in every setup, under every load.</summary>
internal sealed class ScaleBench(BenchOptions options, CancellationToken stop)
{
    // A relay hears of another's rooms when Redis has told it of its subscription.
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(0.5);

    private readonly Workshop _workshop = new();
    private readonly Pace _pace = options.Quick ? Pace.Quick : Pace.Full;

    /// <summary>0: nothing was lost, doubled or misplaced.</summary>
    public async Task<int> RunAsync()
    {
        var watch = Stopwatch.StartNew();
        var relay = options.Relay is { } folder ? new Relay(Path.GetFullPath(folder)) : await Relay.PublishAsync(_workshop, stop);
        var results = Results.Open(Path.Combine(options.Out ?? _workshop.Artifacts, "scale.json"), keep: false);
        var cores = new Cores(options.Pin);
        foreach (var setup in Setup.All)
        {
            Console.WriteLine($"\n{setup.Name}");
            using var cluster = Cluster.Start(relay, setup, cores, stop);
            using (var poller = new Poller(stop)) WarmUp(cluster, setup, poller);
            foreach (var conversation in Chosen())
            {
                using var poller = new Poller(stop);
                Add(results, conversation.Name, setup.Name, Measure(cluster, setup, conversation, poller));
            }

            foreach (var joining in Joining.All)
            {
                using var poller = new Poller(stop);
                Add(results, joining.Name, setup.Name, joining.Measure(cluster, setup, poller, Settling));
            }

            results.Save(options.Pin);
        }

        Add(results, Storm.Name, Storm.Setup, Storm.Measure(relay, cores, stop));
        results.Save(options.Pin);
        Console.WriteLine($"\n{ScaleTable.Text(results)}\n{new Model(results).Text}\n{watch.Elapsed:m\\:ss} min; {results.Path}");
        return Faults.Tell(results, results.Scenarios) ? 1 : 0;
    }

    private IEnumerable<Conversation> Chosen()
    {
        if (options.Scenarios.Except(Conversation.All.Select(one => one.Name)).FirstOrDefault() is { } unknown) throw new ArgumentException($"There is no scenario {unknown} of --scale.");
        return Conversation.All.Where(one => options.Scenarios.Count == 0 || options.Scenarios.Contains(one.Name));
    }

    // Each relay needs its time: what is hot has to be compiled, and all of them share the machine.
    private void WarmUp(Cluster cluster, Setup setup, Poller poller)
    {
        foreach (var conversation in Conversation.AsFastAsItGoes)
        {
            var crowd = Crowd(cluster, setup, poller, conversation.Rooms, conversation.RoomSize);
            var talk = conversation.Talk(crowd, poller);
            talk.Begin();
            poller.Run(_pace.FirstWarmUp / 2 * cluster.Relays.Count);
            talk.End();
            crowd.Settle();
            crowd.Leave();
        }
    }

    private SortedDictionary<string, double> Measure(Cluster cluster, Setup setup, Conversation conversation, Poller poller)
    {
        var crowd = Crowd(cluster, setup, poller, conversation.Rooms, conversation.RoomSize);
        var talk = conversation.Talk(crowd, poller);
        talk.Begin();
        poller.Run(_pace.WarmUp);

        var before = cluster.Redis?.Count();
        var (said, redisCpu, begun) = (crowd.Sent, cluster.Redis?.Cpu ?? 0, Stopwatch.GetTimestamp());
        var figures = Window.Measure(() => cluster.Cpu, crowd, poller, options.Seconds is { } seconds ? TimeSpan.FromSeconds(seconds) : _pace.Time);
        (said, redisCpu) = (crowd.Sent - said, (cluster.Redis?.Cpu ?? 0) - redisCpu);
        var share = redisCpu / Stopwatch.GetElapsedTime(begun).TotalNanoseconds;
        talk.End();
        if (before is not null) Note(figures, cluster.Redis!.Count() - before, said, redisCpu, share);
        Window.Close(figures, crowd);
        crowd.Leave();
        return figures;
    }

    private static void Note(SortedDictionary<string, double> figures, RedisCounters counted, long said, long redisCpu, double share)
    {
        figures[ScaleMetric.RedisCpuPerMessage] = redisCpu / 1e3 / said;
        figures[ScaleMetric.RedisCpu] = share;
        figures[ScaleMetric.PublishesPerMessage] = counted.Publishes / said;
        if (counted.Publishes > 0) figures[ScaleMetric.MessagesPerPublish] = said / counted.Publishes;
        figures[ScaleMetric.CommandsPerRead] = counted.Commands / counted.Reads;
    }

    private static Crowd Crowd(Cluster cluster, Setup setup, Poller poller, int rooms, int roomSize)
    {
        var crowd = new Crowd(poller, place => cluster.Relays[setup.RelayOf(place, roomSize)].Port, rooms, roomSize);
        crowd.Connect();
        poller.Run(Settling);
        return crowd;
    }

    private static void Add(Results results, string scenario, string setup, SortedDictionary<string, double> figures)
    {
        results.Add(new Measurement(scenario, setup, 1, figures));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {scenario,-14} {string.Join("  ", figures.Where(figure => figure.Value != 0).Select(figure => $"{figure.Key} {figure.Value:0.##}"))}"));
    }
}
